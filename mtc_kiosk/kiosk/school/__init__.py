"""The school at this kiosk: signing in and the staff menu, over the store."""

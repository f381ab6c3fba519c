"""A desk's kiosks, what each last said, and at a kiosk the desk's receipts."""

"""The staff's pages on a kiosk: the passcode, the menu and what lies behind it."""

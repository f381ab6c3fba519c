"""The staff's pages on a kiosk: the passcode, the menu and its lists."""

"""What staff can do in a home, for the command line, the console and the staff menu of a kiosk alike."""

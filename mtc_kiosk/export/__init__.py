"""Results, reasons and slips as files that a school can open: CSV, JSON and HTML. No result is decided here."""

"""Class lists as schools have them, CSV and XLSX, read into rows of text."""

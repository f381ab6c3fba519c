"""The Multiplication Tables Check on a school's own PCs."""

"""What is known becomes files that a school can open: CSV and JSON. It decides no result."""

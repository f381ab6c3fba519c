"""Input of pupils and staff as events of the program."""

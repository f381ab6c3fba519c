"""What insight says of a class or a pupil, as one page: in a file to keep, and on the console."""

"""What pupils and staff press, in the words of the program."""

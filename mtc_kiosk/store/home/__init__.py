"""The home: the folder that holds the data of a school on this PC, its files and locks."""

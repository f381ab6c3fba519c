"""How large a class list may be, and the refusal of a file that is none."""

LARGEST_FILE = 20_000_000
"""Bytes. 700 pupils with 40 columns need less than 1 MB."""

LARGEST_UNPACKED = 60_000_000
MOST_ROWS = 10_000
MOST_COLUMNS = 300
LONGEST_CELL = 5_000


class NotAClassListFile(ValueError):
    """No rows can be read from the file; the message is one sentence or two for a person."""


def refuse_shape(rows: int, columns: int) -> None:
    """NotAClassListFile for more rows or columns than any class list has."""
    if rows > MOST_ROWS:
        raise NotAClassListFile(f"The file has more than {MOST_ROWS} rows: a class list is far shorter.")
    if columns > MOST_COLUMNS:
        raise NotAClassListFile(f"The file has a row of more than {MOST_COLUMNS} columns: a class list has far fewer.")

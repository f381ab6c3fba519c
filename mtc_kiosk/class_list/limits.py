"""How large a class list may be, and the refusal of a file that is none or that staff must choose about."""

from enum import StrEnum

from mtc_kiosk.school.next_step import NextStep

LARGEST_FILE = 20_000_000
"""Bytes. 700 pupils with 40 columns need less than 1 MB."""

LARGEST_UNPACKED = 60_000_000
MOST_TEXT = 12_000_000
"""Characters in all the cells of a workbook, or in what describes them."""

MOST_ROWS = 10_000
MOST_COLUMNS = 300
MOST_CELLS = 500_000
"""Of the rows that hold something, up to the last cell of each that does."""

MOST_LINES = 1_048_576
"""With those that hold nothing: as many as Excel has."""

LONGEST_CELL = 5_000


class NotAClassListFile(ValueError):
    """No rows can be read from the file; the message is one sentence or two for a person, then ``next_step``."""

    code = "not_a_class_list"
    """For programs."""

    def __init__(self, sentence: str, next_step: NextStep | None = None) -> None:
        super().__init__(sentence)
        self.next_step = next_step


class Hidden(StrEnum):
    """What staff say of rows and columns that are hidden in Excel."""

    TAKE = "take"
    SKIP = "skip"


class HiddenInTheFile(NotAClassListFile):
    """Rows or columns are hidden in Excel, and staff have not said whether they are meant."""

    code = "hidden"


class Shape:
    """The rows of a file as they are counted while it is read."""

    def __init__(self) -> None:
        self._rows = self._cells = self._text = 0

    def add(self, cells: int, text: int) -> None:
        """Count a row that holds something; NotAClassListFile for more than any class list has."""
        self._rows += 1
        self._cells += cells
        self._text += text
        if self._rows > MOST_ROWS:
            raise NotAClassListFile(f"The file has more than {MOST_ROWS} rows: a class list is far shorter.")
        if cells > MOST_COLUMNS:
            raise NotAClassListFile(
                f"The file has a row of more than {MOST_COLUMNS} columns: a class list has far fewer."
            )
        if self._cells > MOST_CELLS:
            raise NotAClassListFile(f"The file has more than {MOST_CELLS} cells: a class list has far fewer.")
        if self._text > MOST_TEXT:
            raise NotAClassListFile("The file holds too much text. Delete the columns that you do not need.")

"""A class list as bytes: rows of text whatever the separator, the encoding or the kind of file, or one refusal.

What is in a file decides what it is, never its name. What the rows mean is known to ``school.class_list`` alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from mtc_kiosk.class_list import csv_file
from mtc_kiosk.class_list.file_kinds import ZIP, refuse_other_kinds
from mtc_kiosk.class_list.limits import LARGEST_FILE, Hidden, NotAClassListFile
from mtc_kiosk.school.class_list import Row
from mtc_kiosk.school.next_step import Hint


class ClassListFile(Protocol):
    """A file that was read: its rows, empty ones left out, and how to write it again with its errors."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that hold something, in order; one at least."""

    @property
    def notes(self) -> tuple[Hint, ...]:
        """What staff should know of how the file was read: whole sentences."""

    @property
    def ending(self) -> str:
        """The ending of the name of such a file: ``csv`` or ``xlsx``."""

    @property
    def read_as(self) -> str:
        """How its letters were read, one of ``ENCODINGS``; "" for a workbook, which says so itself."""

    @property
    def sheet(self) -> str:
        """The sheet that was read, and ``sheets`` all that there are; "" and none for a CSV file."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """Every sheet of a workbook, hidden ones too."""

    def with_errors(self, headings: int, errors: Mapping[int, str]) -> bytes:
        """The same file with a last column Errors; ``headings`` is the line of the headings, errors are by line."""


@dataclass(frozen=True)
class Asked:
    """What a teacher may say of a file that it does not say itself: its encoding, or which of its sheets.

    ``hidden``: what becomes of what is hidden in Excel. ``maps`` name columns to be used.
    """

    encoding: str | None = None
    sheet: str | None = None
    hidden: Hidden | None = None
    maps: Sequence[str] = ()


def readings(content: bytes) -> tuple[str, ...]:
    """The encodings in which a file may be written, each another text: fewer than two where there is no doubt."""
    if content.startswith(ZIP) or content.isascii():
        return ()
    return csv_file.readings(content)


def read_class_list_file(content: bytes, asked: Asked = Asked()) -> ClassListFile:
    """The rows of a file; NotAClassListFile, whose text is a sentence, where there are none to be had."""
    if len(content) > LARGEST_FILE:
        raise NotAClassListFile(f"The file is too large: a class list has at most {LARGEST_FILE // 1_000_000} MB.")
    if content.startswith(ZIP):
        from mtc_kiosk.class_list import xlsx_file  # noqa: PLC0415 - slow to import, and only a workbook needs it

        return xlsx_file.read(content, asked.sheet, asked.hidden, asked.maps)
    refuse_other_kinds(content)
    return csv_file.read(content, asked.encoding)

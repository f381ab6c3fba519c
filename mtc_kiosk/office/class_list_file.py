"""What staff say of a class list, and its file read as they say: for an import, its undo and its preview."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from mtc_kiosk.class_list import read as files
from mtc_kiosk.class_list.csv_file import ENCODINGS
from mtc_kiosk.class_list.limits import LARGEST_FILE, Hidden, NotAClassListFile
from mtc_kiosk.class_list.read import ClassListFile, read_class_list_file
from mtc_kiosk.config.mistakes import quoted
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.plain_file import read_plain, why
from mtc_kiosk.school.class_list import ROWS_LOOKED_AT_FOR_HEADINGS, Row, headings_of
from mtc_kiosk.school.columns import TITLES, Field, Mapped, read_map
from mtc_kiosk.school.details import ReadingRules
from mtc_kiosk.school.fault import Fault
from mtc_kiosk.school.list_corrections import Corrections, corrected, mapped_by
from mtc_kiosk.school.next_step import Hint, Words, without_step
from mtc_kiosk.school.numbering import with_places_for_refs

ENCODING_NAMES = tuple(ENCODINGS)
"""What staff may say of how a CSV file is written."""

HIDDEN_CHOICES = tuple(map(str, Hidden))
"""What staff may say of rows and columns that are hidden in Excel."""

LETTERS_ARE_RIGHT = ("utf-8", "utf-16")
"""Encodings that say, where staff name them, that no letter of the list was saved wrongly before."""

_OPEN_IN_EXCEL = "~$"
"""How the name of the small file begins that Excel keeps beside an open workbook."""


@dataclass(frozen=True)
class Asked:
    """What staff say of a list: ``maps`` such as ``Surname=Last name``; with ``update`` the list is right.

    With ``number`` pupils who have neither UPN nor ref are given a ref. ``hidden`` is one of ``HIDDEN_CHOICES``: what
    becomes of rows and columns that are hidden in Excel.
    """

    maps: Sequence[str] = ()
    update: bool = False
    encoding: str | None = None
    sheet: str | None = None
    hidden: str | None = None
    number: bool = False
    words: Words = without_step
    """Adds to a sentence what staff can do, where they are."""
    corrections: Corrections = field(default_factory=Corrections)


class NotAColumn(OfficeRefused):
    """What was written of a column is not COLUMN=HEADING."""


@dataclass(frozen=True)
class Given:
    """A class list's file as it was read: ``rows`` with what staff put right in them."""

    name: str
    file: ClassListFile
    rows: tuple[Row, ...]
    mapped: tuple[Mapped, ...]
    asked: Asked

    def words(self, said: Hint | Fault) -> str:
        """A sentence, with what staff can do in the words of the place where they are."""
        return self.asked.words(said.sentence, said.next_step)

    @property
    def notes(self) -> tuple[str, ...]:
        """What staff should know of how the file was read."""
        return tuple(map(self.words, self.file.notes))

    @property
    def headings(self) -> Row:
        """The row of the headings."""
        return headings_of(self.rows, self.mapped)


@dataclass(frozen=True)
class ToRead:
    """Rows, and how they are to be read; ``to_number`` are the lines of pupils who are to be given a ref."""

    rows: Sequence[Row]
    mapped: tuple[Mapped, ...]
    rules: ReadingRules
    to_number: frozenset[int]


def content_of(path: Path) -> bytes:
    """The bytes of the file of a class list; OfficeRefused where it cannot be read."""
    if path.name.startswith(_OPEN_IN_EXCEL):
        of = path.name.removeprefix(_OPEN_IN_EXCEL)
        said = f"Excel keeps this file while {of} is open. Import that file instead. Nothing was imported."
        raise OfficeRefused(Problem(said, "not_a_class_list", str(path)))
    try:
        return read_plain(path, LARGEST_FILE + 1)
    except OSError as problem:
        said = f"The file cannot be read: {why(problem)}."
        if isinstance(problem, PermissionError):
            said = f"{said} If it is open in Excel, close it there, then import it again."
        raise OfficeRefused(Problem(f"{said} Nothing was imported.", "unreadable", str(path))) from problem


FilesRead = dict[files.Asked, ClassListFile]
"""One list as it was read, by how: a caller that keeps a list while staff look through it keeps this beside it."""


def read_given(content: bytes, name: str, asked: Asked, files_read: FilesRead | None = None) -> Given:
    """The file, with what staff put right in it; NotAClassListFile, NotAColumn. ``files_read`` is added to."""
    hidden = None if asked.hidden is None else Hidden(asked.hidden)
    how = files.Asked(asked.encoding, asked.sheet, hidden, tuple(asked.maps))
    file = files_read.get(how) if files_read is not None else None
    if file is None:
        file = read_class_list_file(content, how)
        if files_read is not None:
            files_read.clear()
            files_read[how] = file
    rows = corrected(file.rows, asked.corrections)
    if not rows:
        raise NotAClassListFile("Every row is left out.")
    cells = [cell for row in rows[:ROWS_LOOKED_AT_FOR_HEADINGS] for cell in row.cells]
    mapped = tuple(_mapped(written, cells) for written in asked.maps)
    return Given(name, file, rows, (*mapped, *mapped_by(rows, asked.corrections)), asked)


def to_read(home: OpenHome, given: Given) -> ToRead:
    """The rows, with places for refs where pupils are to be numbered; OfficeRefused where none may be."""
    asked = given.asked
    right = asked.encoding in LETTERS_ARE_RIGHT
    rules = ReadingRules(home.today, national_scheme=home.is_national, letters_are_right=right)
    if not asked.number:
        return ToRead(given.rows, given.mapped, rules, frozenset())
    if home.is_national:
        said = "Under scheme: national every pupil needs a UPN, so none can be numbered. Nothing was imported."
        raise OfficeRefused(Problem(said, "upn_needed", given.name))
    places = with_places_for_refs(given.rows, given.mapped)
    moved = (each if each.place is None else replace(each, place=each.place + places.made) for each in given.mapped)
    return ToRead(places.rows, tuple(moved), replace(rules, columns_made=places.made), places.lines)


def _mapped(written: str, cells: Sequence[str]) -> Mapped:
    mapped = read_map(written, cells)
    if mapped is None:
        columns = ", ".join(TITLES[field] for field in Field)
        raise NotAColumn(
            Problem(f"{quoted(written)} is not COLUMN=HEADING. The columns are: {columns}.", "not_a_column")
        )
    return mapped

"""A class list: rows of text read into pupils, or every mistake in any of them at once.

It knows neither the file the rows came from nor the register they are meant for (``school.comparison``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtc_kiosk.school.alphabet import folded
from mtc_kiosk.school.columns import HEADINGS_LOOKED_FOR, Columns, Field, Layout, Mapped, known, recognise
from mtc_kiosk.school.details import ReadDetails, ReadingRules, read_details
from mtc_kiosk.school.fault import Fault, RowFault
from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.pupil import PupilDetails
from mtc_kiosk.school.pupil_ref import ref_key

ROWS_LOOKED_AT_FOR_HEADINGS = 10


@dataclass(frozen=True)
class Row:
    """One row of a file that is not empty: its line, counted from 1, and its cells as text."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything that can be seen."""
        return not any(tidy(cell) for cell in self.cells)


@dataclass(frozen=True)
class Remark:
    """A fault or a note, and the line it is about."""

    line: int
    fault: Fault


@dataclass(frozen=True)
class Listed:
    """A pupil as one line of the list has them."""

    line: int
    details: PupilDetails


@dataclass(frozen=True)
class ClassList:
    """What a file says: its pupils, what its columns tell of them, and what staff should look at."""

    columns: Columns
    pupils: tuple[Listed, ...]
    notes: tuple[Remark, ...]
    to_number: frozenset[int] = frozenset()
    """Lines of pupils whose ref is a stand-in: ``school.numbering`` gives them theirs."""


class ClassListRefused(ValueError):
    """The list has mistakes: ``remarks``, in the order of the lines. ``headings`` is the line of the headings."""

    def __init__(self, remarks: Iterable[Remark], headings: int) -> None:
        self.remarks = tuple(sorted(remarks, key=lambda remark: remark.line))
        self.headings = headings
        super().__init__(" ".join(f"Line {remark.line}: {remark.fault.sentence}." for remark in self.remarks))


def headings_of(rows: Sequence[Row], mapped: Sequence[Mapped]) -> Row:
    """The row of headings: the first in which several are known, below a title perhaps; else the first row."""
    for row in rows[:ROWS_LOOKED_AT_FOR_HEADINGS]:
        if known(row.cells, mapped) >= HEADINGS_LOOKED_FOR:
            return row
    return rows[0]


def read_class_list(rows: Sequence[Row], mapped: Sequence[Mapped], rules: ReadingRules) -> ClassList:
    """The pupils that the rows say.

    Rows must not be empty, and there must be one at least. NotColumns where the headings are not understood;
    ClassListRefused with every mistake of every row. ``rules.national_form`` is decided by the headings.
    """
    headings = headings_of(rows, mapped)
    columns = recognise(headings.cells, mapped, national=rules.national_scheme)
    rules = ReadingRules(rules.today, rules.national_scheme, columns.layout is Layout.NATIONAL)
    below = [row for row in rows if row.line > headings.line]
    if not below:
        nobody = Fault(RowFault.NO_PUPILS, "There is no pupil below the headings")
        raise ClassListRefused((Remark(headings.line, nobody),), headings.line)
    read = [(row.line, _read(row, columns, rules)) for row in below]
    remarks = [Remark(line, fault) for line, each in read for fault in each.faults]
    remarks.extend(_repeated(below, columns))
    if remarks:
        raise ClassListRefused(remarks, headings.line)
    pupils = tuple(Listed(line, each.details) for line, each in read if each.details is not None)
    notes = [Remark(line, note) for line, each in read for note in each.notes]
    return ClassList(columns, pupils, (*notes, *_namesakes(pupils)))


def _read(row: Row, columns: Columns, rules: ReadingRules) -> ReadDetails:
    cells = row.cells
    if any(tidy(cell) for cell in cells[columns.width :]):
        return _miscounted(f"The row has more cells than there are headings ({columns.width})")
    if len(cells) <= columns.last_needed:
        return _miscounted(f"The row has {len(cells)} of the {columns.width} cells it should have")
    return read_details({field: cells[p] for field, p in columns.places.items() if p < len(cells)}, rules)


def _miscounted(sentence: str) -> ReadDetails:
    # The cells behind a comma too few or too many are all in the wrong columns: no more is said of them.
    return ReadDetails(None, (Fault(RowFault.CELLS, sentence),))


def _repeated(rows: Sequence[Row], columns: Columns) -> Iterable[Remark]:
    """A UPN or a ref that an earlier line has too, right or wrong: the later line is told, as in the national file."""
    for field, title, fault in (
        (Field.UPN, "UPN", RowFault.UPN_REPEATED),
        (Field.REF, "Pupil ref", RowFault.REF_REPEATED),
    ):
        place = columns.places.get(field)
        first: dict[str, int] = {}
        for row in rows:
            number = tidy(row.cells[place]) if place is not None and place < len(row.cells) else ""
            if number and first.setdefault(ref_key(number), row.line) != row.line:
                sentence = f"{title} repeated in this file: line {first[ref_key(number)]} has it too"
                yield Remark(row.line, Fault(fault, sentence))


def _namesakes(pupils: Sequence[Listed]) -> Iterable[Remark]:
    first: dict[tuple[object, ...], int] = {}
    for listed in pupils:
        key = namesake_key(listed.details)
        if key in first:
            sentence = f"Line {first[key]} has the same names and date of birth"
            yield Remark(listed.line, Fault(RowFault.NAMESAKE, sentence))
        first.setdefault(key, listed.line)


def namesake_key(details: PupilDetails) -> tuple[object, ...]:
    """What two entries for one child would have in common under two numbers."""
    return folded(details.surname), folded(details.forename), details.date_of_birth

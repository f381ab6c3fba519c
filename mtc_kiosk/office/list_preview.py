"""What a preview of a class list shows: every row with what is wrong in it, and what saving would do."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.fault import Fault
from mtc_kiosk.school.headings import Field
from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.next_step import Hint

NAMES_SHOWN = 3
"""How many names staff are asked to look at: enough to see letters that were read wrongly."""


class Outcome(StrEnum):
    """What saving would do with a row."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    RETURNS = "returns"
    WRONG = "wrong"


@dataclass(frozen=True)
class Cell:
    """One cell: what it holds, what is wrong in it, and whether staff typed it here.

    ``place`` counts from 0 in the file, None for a column that the file has not. ``field`` is None for a cell beyond
    the headings.
    """

    place: int | None
    field: Field | None
    text: str
    faults: tuple[Fault, ...] = ()
    typed: bool = False


@dataclass(frozen=True)
class Changed:
    """One detail of a pupil on the register that would change; "" for none."""

    field: Field
    now: str
    then: str


@dataclass(frozen=True)
class PreviewRow:
    """One row: ``faults`` are those of the whole row, ``notes`` are to be looked at.

    ``open``: every cell can be typed.
    """

    line: int
    cells: tuple[Cell, ...]
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    changes: tuple[Changed, ...] = ()
    numbered: bool = False
    """Saving gives the pupil a ref."""
    open: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether it must be put right."""
        return self.outcome is Outcome.WRONG

    @property
    def to_look_at(self) -> bool:
        """Whether somebody should look at it before it is saved."""
        return not self.is_wrong and bool(self.notes or self.changes or self.outcome is Outcome.RETURNS)


@dataclass(frozen=True)
class PreviewColumn:
    """One column of the file: its heading, what it holds (None: it is left out), and its first cells."""

    place: int
    heading: str
    field: Field | None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """A class list as it would be saved. Nothing is saved while it is looked at.

    ``unreadable`` says why no rows can be read. ``heading_faults`` say why the columns are not understood, with
    ``advice``; ``columns`` then have what each seems to hold. ``obstacles`` are about the register, not the list.
    """

    kind: str = ""
    unreadable: Hint | None = None
    unreadable_code: str = ""
    obstacles: tuple[Problem, ...] = ()
    read_as: str = ""
    readings: tuple[str, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    headings_at: int = 1
    columns: tuple[PreviewColumn, ...] = ()
    heading_faults: tuple[Fault, ...] = ()
    advice: tuple[Hint, ...] = ()
    rows: tuple[PreviewRow, ...] = ()
    no_pupils: bool = False

    @property
    def understood(self) -> bool:
        """Whether there are rows to look at."""
        return self.unreadable is None and not self.heading_faults

    @cached_property
    def wrong(self) -> tuple[PreviewRow, ...]:
        """The rows that must be put right."""
        return tuple(row for row in self.rows if row.is_wrong)

    @cached_property
    def to_look_at(self) -> tuple[PreviewRow, ...]:
        """The rows that somebody should look at."""
        return tuple(row for row in self.rows if row.to_look_at)

    @cached_property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows have each outcome."""
        return Counter(row.outcome for row in self.rows)

    @property
    def changes_something(self) -> bool:
        """Whether saving would change the register."""
        return any(self.counts.get(each) for each in (Outcome.NEW, Outcome.CHANGED, Outcome.RETURNS))

    @property
    def can_be_saved(self) -> bool:
        """Whether all of it is right."""
        return self.understood and bool(self.rows) and not self.wrong and not self.obstacles

    @property
    def lacks_numbers(self) -> bool:
        """Whether pupils, or all of them, have neither UPN nor ref."""
        faults = (*self.heading_faults, *(f for row in self.wrong for cell in row.cells for f in cell.faults))
        return any(fault.code == "upn_missing" or fault.next_step is not None for fault in faults)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names with the most letters beyond plain ones, for somebody to see whether they were read rightly."""
        written = [_name(row) for row in self.rows]
        order = sorted(range(len(written)), key=lambda place: (-_beyond(written[place]), place))
        return tuple(name for name in dict.fromkeys(written[place] for place in order) if name)[:NAMES_SHOWN]

    @property
    def seen(self) -> str:
        """A text that is equal for previews of the same effect: what was looked at is what is saved, or nothing is."""
        said = repr([(row.line, row.outcome, row.changes, [cell.text for cell in row.cells]) for row in self.rows])
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _name(row: PreviewRow) -> str:
    texts = {cell.field: tidy(cell.text) for cell in row.cells}
    return " ".join(filter(None, (texts.get(Field.FORENAME, ""), texts.get(Field.SURNAME, ""))))


def _beyond(name: str) -> int:
    return sum(not letter.isascii() for letter in name)

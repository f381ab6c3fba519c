"""Refs for the pupils of a class list who have neither UPN nor ref: such as KXTW-001, KXTW-002 and so on.

They are given in the order of the list. A pupil keeps the ref when the list is imported again, known by names and date
of birth, and no ref is ever given twice. The letters are drawn anew each time, so that another PC, or this one with a
new database, does not give the same ref to another child, who would then get this child's checks and arrangements.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mtc_kiosk.school.class_list import ClassList, Listed, Remark, Row, headings_of, namesake_key
from mtc_kiosk.school.columns import TITLES, Field, Mapped, number_places
from mtc_kiosk.school.fault import Fault, RowFault
from mtc_kiosk.school.names import says_nothing, tidy
from mtc_kiosk.school.next_step import NextStep, Step
from mtc_kiosk.school.pupil import Pupil

LETTERS = "BCDFGHJKLMNPQRTVWXZ"
"""No vowels, so that they are no word; and none that is read as a digit."""

_GIVEN = re.compile(f"[{LETTERS}]{{4}}-0*([0-9]{{1,9}})", re.IGNORECASE)
_TWINS = "write a ref for each of them into a column Pupil ref"


@dataclass(frozen=True)
class Numbered:
    """The pupils of a list, each with a number; ``given`` are the new refs. ``faults`` say who could not have one."""

    pupils: tuple[Listed, ...]
    given: frozenset[str]
    faults: tuple[Remark, ...]


@dataclass(frozen=True)
class WithPlaces:
    """Rows with a column Pupil ref, the ``lines`` to number, and how many columns were ``made`` in front for it."""

    rows: tuple[Row, ...]
    lines: frozenset[int]
    made: int


def with_places_for_refs(rows: Sequence[Row], mapped: Sequence[Mapped]) -> WithPlaces:
    """The rows with a column Pupil ref, and the lines of pupils without a number: there it holds a stand-in.

    A column that is made is the first, so that a row with a cell too many still has one too many.
    """
    headings = headings_of(rows, mapped)
    places = number_places(headings.cells, mapped)
    below = [row for row in rows if row.line > headings.line]
    lines = frozenset(row.line for row in below if not any(_cell(row, place) for place in places.values()))
    if Field.REF in places:
        filled = tuple(_filled(row, places[Field.REF]) if row.line in lines else row for row in rows)
        return WithPlaces(filled, lines, 0)
    first = {headings.line: TITLES[Field.REF], **{line: _stand_in(line) for line in lines}}
    return WithPlaces(tuple(Row(row.line, (first.get(row.line, ""), *row.cells)) for row in rows), lines, 1)


def draw_letters(chance: random.Random) -> str:
    """Letters for the refs of one list."""
    return "".join(chance.choice(LETTERS) for _ in range(4))


def give_refs(class_list: ClassList, register: Sequence[Pupil], taken: Iterable[str], letters: str) -> Numbered:
    """Every pupil with a number: that of the register where names and date of birth are one pupil's, else a new one.

    ``taken`` are all refs that any pupil has or had. New ones begin with ``letters``.
    """
    giving = _Giving(class_list, register, taken, letters)
    return giving.numbered()


class _Giving:
    """Refs given to one list."""

    def __init__(self, class_list: ClassList, register: Sequence[Pupil], taken: Iterable[str], letters: str) -> None:
        self._listed = class_list.pupils
        self._lines = class_list.to_number
        self._letters = letters
        self._known: dict[tuple[object, ...], list[Pupil]] = defaultdict(list)
        self._missing: dict[date, list[Pupil]] = defaultdict(list)
        """Those of the register who are not on the list, by date of birth."""
        listed = {namesake_key(each.details) for each in self._listed}
        numbers = {number for each in self._listed for number in (each.details.upn, each.details.ref) if number}
        for pupil in register:
            key = namesake_key(pupil)
            self._known[key].append(pupil)
            if key not in listed and not {pupil.upn, pupil.ref} & numbers and not pupil.has_left:
                self._missing[pupil.date_of_birth].append(pupil)
        used = [*taken, *(each.details.ref or "" for each in self._listed)]
        self._last = max((int(found[1]) for ref in used if (found := _GIVEN.fullmatch(ref))), default=0)
        self._first_line: dict[tuple[object, ...], int] = {}
        self._given: list[str] = []
        self._faults: list[Remark] = []

    def numbered(self) -> Numbered:
        """Go through the list once."""
        pupils = tuple(self._with_ref(each) if each.line in self._lines else each for each in self._listed)
        return Numbered(pupils, frozenset(self._given), tuple(self._faults))

    def _with_ref(self, one: Listed) -> Listed:
        key = namesake_key(one.details)
        known = self._known.get(key, [])
        if len(known) == 1:
            return replace(one, details=replace(one.details, upn=known[0].upn, ref=known[0].ref))
        line = self._first_line.setdefault(key, one.line)
        if known:
            self._refuse(one, f"Several pupils of the register have these names and this date of birth: {_TWINS}")
        elif line != one.line:
            self._refuse(one, f"Line {line} has the same names and date of birth: {_TWINS}")
        elif renamed := self._perhaps_renamed(one):
            said = f"This may be pupil {renamed.number} of the register under another name"
            self._refuse(one, said, NextStep(Step.CORRECT_NAME))
        return replace(one, details=replace(one.details, ref=self._next()))

    def _perhaps_renamed(self, one: Listed) -> Pupil | None:
        """A pupil who is not on the list, born on the same day, with one of the two names."""
        surname, forename, _ = namesake_key(one.details)
        for pupil in self._missing.get(one.details.date_of_birth, ()):
            other_surname, other_forename, _ = namesake_key(pupil)
            if surname == other_surname or forename == other_forename:
                return pupil
        return None

    def _next(self) -> str:
        self._last += 1
        self._given.append(f"{self._letters}-{self._last:03}")
        return self._given[-1]

    def _refuse(self, one: Listed, sentence: str, next_step: NextStep | None = None) -> None:
        fault = Fault(RowFault.NOT_NUMBERED, sentence, Field.REF, next_step)
        self._faults.append(Remark(one.line, fault))


def _cell(row: Row, place: int) -> str:
    text = tidy(row.cells[place]) if place < len(row.cells) else ""
    return "" if says_nothing(text) else text


def _filled(row: Row, place: int) -> Row:
    cells = [*row.cells, *[""] * (place + 1 - len(row.cells))]
    cells[place] = _stand_in(row.line)
    return Row(row.line, tuple(cells))


def _stand_in(line: int) -> str:
    """A ref for as long as the list is read."""
    return f"row {line}"

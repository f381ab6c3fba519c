"""What columns hold that were not recognised by their headings: UPNs, dates, M and F, and whole names.

It guesses and decides nothing by itself: a column is used only where its heading or ``--map`` says so.
"""

from collections.abc import Sequence
from datetime import date

from mtc_kiosk.school.birth import read_birth, school_year
from mtc_kiosk.school.columns import ColumnFault, Columns, NotColumns
from mtc_kiosk.school.details import SEXES_OF_OTHER_SYSTEMS
from mtc_kiosk.school.fault import Fault
from mtc_kiosk.school.headings import ERRORS, FIELD_OF, TITLES, Field, heading_key, known_key
from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.next_step import Hint, NextStep, Step
from mtc_kiosk.school.upn import read_upn

_WHOLE_NAMES = frozenset(("name", "fullname", "pupilname", "studentname", "childsname", "pupil", "student", "child"))
_YOUNGEST, _OLDEST = 4, 19
"""School years since the one they were born in."""

_OWN_UPNS = "If they are the pupils' own UPNs"
_MOST_LOOKED_AT = 200
"""Rows: enough to know a column by."""


def refuse_passed_over(headings: Sequence[str], columns: Columns, rows: Sequence[Sequence[str]], made: int) -> None:
    """NotColumns where a column has UPNs for rows that would be read without one.

    ``rows`` are the cells below the headings; the file does not have the first ``made`` columns.
    """
    own = columns.places.get(Field.UPN)
    without = [row for row in rows if own is None or not _cell(row, own)]
    for place, heading in enumerate(map(tidy, headings)):
        others = place not in columns.places.values() and heading != ERRORS
        if others and any(_is_upn(_cell(row, place)) for row in without):
            raise _passed_over(heading, place - made, None if own is None else tidy(headings[own]))


def _passed_over(heading: str, place: int, own: str | None) -> NotColumns:
    other = "no column is called UPN" if own is None else f"in those rows the column '{own}' is blank"
    if heading:
        named = f"The column '{heading}'"
        own_upns = Hint(_OWN_UPNS, NextStep(Step.USE_COLUMN, (TITLES[Field.UPN], heading)))
    else:
        named, own_upns = f"Column {place + 1} has no heading and", Hint(f"{_OWN_UPNS}, give it the heading UPN")
    sentence = f"{named} has UPNs in it but {other}"
    return NotColumns(
        (Fault(ColumnFault.PASSED_OVER, sentence),),
        (own_upns, Hint("If they are not", NextStep(Step.DROP_COLUMN))),
    )


def with_guesses(
    problem: NotColumns, headings: Sequence[str], rows: Sequence[Sequence[str]], today: date
) -> NotColumns:
    """The same refusal, with advice from what the columns hold: which may be the one that is missing."""
    unknown = [place for place, h in enumerate(headings) if heading_key(h) and known_key(h) not in FIELD_OF]
    if any(_is_content(headings[place], today) for place in unknown):
        # To name a column by its first pupil would lose that pupil.
        above = Hint("The first row looks like a pupil: put a row of headings above it")
        return NotColumns(problem.faults, (above,), problem.missing)
    maps: list[str] = []
    for field in problem.missing:
        cells = {place: [cell for row in rows[:_MOST_LOOKED_AT] if (cell := _cell(row, place))] for place in unknown}
        fitting = [place for place, some in cells.items() if some and all(_fits(field, cell, today) for cell in some)]
        if len(fitting) == 1:
            maps.extend((TITLES[field], tidy(headings[fitting[0]])))
    advice = [Hint("By what is in the columns", NextStep(Step.TRY_COLUMNS, tuple(maps)))] if maps else []
    whole = next((tidy(headings[place]) for place in unknown if heading_key(headings[place]) in _WHOLE_NAMES), None)
    if whole is not None and {Field.SURNAME, Field.FORENAME} & set(problem.missing):
        advice.append(Hint(f"If '{whole}' has whole names in it, split them in Excel first (Data, Text to Columns)"))
    return NotColumns(problem.faults, (*advice, *problem.advice), problem.missing) if advice else problem


def _is_content(heading: str, today: date) -> bool:
    return any(_fits(field, tidy(heading), today) for field in (Field.UPN, Field.DATE_OF_BIRTH))


def _fits(field: Field, cell: str, today: date) -> bool:
    """Whether a cell can only be this; names, refs and groups can be anything."""
    match field:
        case Field.UPN:
            return _is_upn(cell)
        case Field.SEX:
            return cell.casefold() in SEXES_OF_OTHER_SYSTEMS
        case Field.DATE_OF_BIRTH:
            born = read_birth(cell, today, national=False)
            return isinstance(born, date) and _YOUNGEST <= school_year(today) - school_year(born) <= _OLDEST
        case _:
            return False


def _is_upn(cell: str) -> bool:
    return not read_upn(cell).faults


def _cell(row: Sequence[str], place: int) -> str:
    return tidy(row[place]) if place < len(row) else ""

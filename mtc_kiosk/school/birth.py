"""Dates of birth: how they are written, and which are those of year 4.

The caller passes today's date. Source: docs/reference/school-side.md, "Pupils and class lists".
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mtc_kiosk.school.names import tidy

_FIRST_YEAR = 1900
_CENTURY = "20"
_NEW_SCHOOL_YEAR = 9
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_TIME_BEHIND = re.compile(r"(?<=[0-9])(?: +|T)(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?(?: ?[AP]M)?)Z?$", re.IGNORECASE)
_MIDNIGHT = re.compile(r"0?0:00(?::00(?:\.[0-9]*)?)?|12:00(?::00)? ?AM", re.IGNORECASE)
"""A fraction of a second is a remainder of reckoning."""


class BirthFault(StrEnum):
    """What can be wrong with a date of birth."""

    MISSING = "birth_missing"
    NOT_A_DATE = "birth_not_a_date"
    DAY = "birth_day"
    MONTH = "birth_month"
    YEAR = "birth_year"
    NO_SUCH_DAY = "birth_no_such_day"
    FUTURE = "birth_in_the_future"
    SWAPPED = "birth_swapped"
    AGE = "birth_age"
    TIME = "birth_time"


SAID = {
    BirthFault.MISSING: "Date of birth is missing",
    BirthFault.NOT_A_DATE: "Date of birth must be written as day/month/year such as 14/03/2017",
    BirthFault.DAY: "Date of birth: the day must have one or two digits",
    BirthFault.MONTH: "Date of birth: the month must have one or two digits",
    BirthFault.YEAR: "Date of birth: the year must have four digits and be 1900 or later",
    BirthFault.NO_SUCH_DAY: "Date of birth is not in the calendar",
    BirthFault.SWAPPED: "Date of birth: are day and month swapped? Write day/month/year such as 14/03/2017",
    BirthFault.FUTURE: "Date of birth is in the future",
    BirthFault.AGE: "Date of birth: the national check takes pupils of 7 to 9 years at the start of the school year",
    BirthFault.TIME: "Date of birth: the cell holds a time too: check the day and type it without the time",
}
"""Each fault in words, without a full stop: several may share one cell."""


@dataclass(frozen=True)
class Cohort:
    """The dates of birth from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __contains__(self, born: date) -> bool:
        return self.first <= born <= self.last


def read_birth(written: str, today: date, *, national: bool) -> date | BirthFault:
    """The date of birth that was written, or what is wrong with it: as ``read_day``, and not after today."""
    born = read_day(written, national=national)
    return BirthFault.FUTURE if isinstance(born, date) and born > today else born


def read_day(written: str, *, national: bool = False) -> date | BirthFault:
    """The date that was written, or what is wrong with it.

    The national form is day/month/year only, with four digits for the year. Others may have 14-03-2017, 14.03.2017,
    14/03/17, 2017-03-14, 14 Mar 2017 or 14-Mar-17; two digits are a year of this century. A midnight after the date is
    dropped.
    """
    text, time = _without_time(tidy(written))
    if not text:
        return BirthFault.MISSING
    if time and not _MIDNIGHT.fullmatch(time):
        return BirthFault.TIME
    parts = _national(tidy(written)) if national else _day_first(text) or _of_other_systems(text)
    if parts is None:
        return BirthFault.NOT_A_DATE
    day, month, year = parts
    for part, longest, fault in ((day, 2, BirthFault.DAY), (month, 2, BirthFault.MONTH)):
        if len(part) > longest:
            return fault
    if len(year) == 2 and not national:
        year = f"{_CENTURY}{year}"
    if len(year) != 4 or int(year) < _FIRST_YEAR:
        return BirthFault.YEAR
    found = _in_the_calendar(day, month, year)
    if found is None:
        return BirthFault.NO_SUCH_DAY if _in_the_calendar(month, day, year) is None else BirthFault.SWAPPED
    return found


def other_way_round(written: str, today: date) -> date | None:
    """The date that was written if the month came first; None where that is no date of birth."""
    parts = _day_first(_without_time(tidy(written))[0])
    if parts is None:
        return None
    read = read_birth("/".join((parts[1], parts[0], parts[2])), today, national=False)
    return read if isinstance(read, date) else None


def school_year(today: date) -> int:
    """The calendar year in which the school year began: it runs from 1 September to 31 August."""
    return today.year if today.month >= _NEW_SCHOOL_YEAR else today.year - 1


def year_four(today: date) -> Cohort:
    """The dates of birth of year 4; the national service notes a pupil outside them, but takes them."""
    began = school_year(today)
    return Cohort(date(began - 9, 9, 2), date(began - 8, 9, 1))


def nationally_allowed(today: date) -> Cohort:
    """The dates of birth that the national service takes: 7 years 0 days to 9 years 364 days on 1 September."""
    began = school_year(today)
    return Cohort(date(began - 10, 9, 2), date(began - 7, 9, 1))


def british(born: date) -> str:
    """The date in the national form: dd/mm/yyyy."""
    return f"{born.day:02}/{born.month:02}/{born.year:04}"


def not_a_day(written: str, example: date) -> str:
    """A sentence about a text that ``read_day`` cannot read, with a date that it can."""
    return f"{written!r} is not a date. Write day/month/year, such as {british(example)}."


def _without_time(text: str) -> tuple[str, str]:
    """Split a date from the time of day after it; the time is "" if there is none."""
    found = _TIME_BEHIND.search(text)
    return (text[: found.start()], found["time"]) if found else (text, "")


def _in_the_calendar(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _national(text: str) -> tuple[str, str, str] | None:
    found = re.fullmatch("([0-9]+)/([0-9]+)/([0-9]+)", text)
    return (found[1], found[2], found[3]) if found else None


def _day_first(text: str) -> tuple[str, str, str] | None:
    found = re.fullmatch("([0-9]+) ?([/.-]) ?([0-9]+) ?\\2 ?([0-9]+)", text)
    return (found[1], found[3], found[4]) if found and len(found[1]) < 4 else None


def _of_other_systems(text: str) -> tuple[str, str, str] | None:
    if found := re.fullmatch("([0-9]{4})([/.-])([0-9]{1,2})\\2([0-9]{1,2})", text):
        return found[4], found[3], found[1]
    if found := re.fullmatch("([0-9]+)(?:st|nd|rd|th)?[ -]?([A-Za-z]+)\\.?,?[ -]?([0-9]+)", text):
        month = _month(found[2].casefold())
        return (found[1], month, found[3]) if month else None
    return None


def _month(word: str) -> str | None:
    for names in (_MONTHS, _FULL_MONTHS):
        if word in names:
            return str(names.index(word) + 1)
    return "9" if word == "sept" else None

"""The school's name, scheme and dates: what the first step of a new school asks, written into ``school.yaml``.

Every note and every other line of the file stays. An earlier version of the file is kept.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic_core import PydanticCustomError

from mtc_kiosk.config.configuration import SCHOOL
from mtc_kiosk.config.reading import read_as as read_file
from mtc_kiosk.config.school_file import SchoolFile
from mtc_kiosk.config.school_shape import UNNAMED, Scheme, SchoolShape
from mtc_kiosk.config.set_values import with_values
from mtc_kiosk.config.shape import LARGEST_FILE
from mtc_kiosk.config.whole_file import keep_backup, replace_whole
from mtc_kiosk.config.written import one_line, read_as
from mtc_kiosk.config.yaml_text import parse
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.refusals import of_mistakes
from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.school.birth import BirthFault, not_a_day, read_day
from mtc_kiosk.school.words import date_in_words
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.home.whole_files import what_is_wrong

DATES: Mapping[str, str] = {
    "register_opens": "First day to enter pupils and arrangements",
    "try_it_out_opens": "First day to try it out",
    "check_opens": "First day of the check",
    "check_closes": "Last day of the check",
    "register_closes": "Last day for reasons",
}
"""The dates of the window in order, each with its label."""

LONGEST_NAME = 120

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The years that a form takes: others are mistyped."""

NOTHING_SAVED = "Nothing was saved."


@dataclass(frozen=True)
class SchoolDetails:
    """The school as typed into a form. ``dates`` are texts by the names of ``DATES``, "" for none.

    ``made_from`` is the version of the file that the form was made from.
    """

    name: str
    scheme: str
    dates: Mapping[str, str] = field(default_factory=dict)
    made_from: str = ""


class SchoolRefused(OfficeRefused):
    """Nothing was saved; ``fields`` has a sentence for each field that is wrong."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(*(Problem(sentence, "wrong_field") for sentence in fields.values()))
        self.fields = fields


class ChangedMeanwhile(OfficeRefused):
    """Somebody changed the file after the form was made; ``now`` is what it says."""

    def __init__(self, now: SchoolDetails) -> None:
        sentence = "Somebody else changed the school's settings meanwhile. Nothing was saved. Compare, then save again."
        super().__init__(Problem(sentence, "changed_meanwhile"))
        self.now = now


def details(home: OpenHome) -> SchoolDetails:
    """What the file says now; OfficeRefused if it cannot be read, with its mistakes."""
    return _details(*_read(home))


def is_named(home: OpenHome) -> bool:
    """Whether the school's name was filled in."""
    return home.configuration.school.name != UNNAMED


def save(home: OpenHome, typed: SchoolDetails) -> SchoolDetails:
    """Write what was typed, and return what the file says then.

    SchoolRefused, ChangedMeanwhile; OfficeRefused if the file cannot be read or written. Nothing is written where
    nothing was changed.
    """
    written, school = _read(home)
    before = _details(written, school)
    if typed.made_from != before.made_from:
        raise ChangedMeanwhile(before)
    values = _values(typed)
    now: dict[tuple[str, ...], str] = {("name",): school.name, ("scheme",): str(school.scheme)}
    now |= {("window", name): _shown(day) for name, day in school.window.dates.items()}
    wanted = {place: value for place, value in values.items() if now[place] != value}
    if not wanted:
        return before
    changed = with_values(written, SCHOOL, wanted)
    if changed is None:
        sentence = f"The program cannot change this file with certainty. {NOTHING_SAVED} Change it in an editor."
        raise OfficeRefused(Problem(sentence, "not_certain", SCHOOL))
    again, mistakes = read_file(SchoolFile, parse(changed, SCHOOL))
    if again is None:
        raise OfficeRefused(*of_mistakes(mistakes), Problem(NOTHING_SAVED, "not_saved"))
    _write(home, written, changed)
    with change(home.db):
        audit(home.db, home.stamp, "settings.changed", SCHOOL, after={"/".join(at): to for at, to in wanted.items()})
    return _details(changed, again)


def _read(home: OpenHome) -> tuple[bytes, SchoolShape]:
    path = home.home.config_dir / SCHOOL
    try:
        written = read_plain(path, LARGEST_FILE + 1)
    except OSError as problem:
        raise OfficeRefused(
            Problem(f"The file cannot be read: {what_is_wrong(problem)}.", "unread", SCHOOL)
        ) from problem
    school, mistakes = read_file(SchoolFile, parse(written, SCHOOL))
    if school is None:
        raise OfficeRefused(*of_mistakes(mistakes))
    return written, school


def _details(written: bytes, school: SchoolShape) -> SchoolDetails:
    dates = {name: day.isoformat() if day is not None else "" for name, day in school.window.dates.items()}
    return SchoolDetails(school.name, str(school.scheme), dates, hashlib.sha256(written).hexdigest())


def _write(home: OpenHome, was: bytes, content: bytes) -> None:
    path = home.home.config_dir / SCHOOL
    try:
        keep_backup(path, was, home.now)
        replace_whole(path, content, was=was)
    except OSError as problem:
        sentence = f"The file cannot be written: {what_is_wrong(problem)}. {NOTHING_SAVED}"
        raise OfficeRefused(Problem(sentence, "not_written", SCHOOL)) from problem


def _values(typed: SchoolDetails) -> dict[tuple[str, ...], str]:
    """What to write at which place of the file; SchoolRefused with each wrong field."""
    wrong: dict[str, str] = {}
    values: dict[tuple[str, ...], str] = {}
    try:
        values["name",] = str(read_as(one_line(LONGEST_NAME), " ".join(typed.name.split(" "))))
    except PydanticCustomError as problem:
        wrong["name"] = problem.message() if typed.name.strip() else "Write the school's name."
    if typed.scheme not in set(Scheme):
        wrong["scheme"] = "Choose one of the two."
    values["scheme",] = typed.scheme
    days = _days(typed, wrong)
    if not wrong:
        _in_order(days, wrong)
    if wrong:
        raise SchoolRefused(wrong)
    return values | {("window", name): _shown(day) for name, day in days.items()}


def _days(typed: SchoolDetails, wrong: dict[str, str]) -> dict[str, date | None]:
    """The dates that were typed; each that is none, or is missing, is noted in ``wrong``."""
    days: dict[str, date | None] = {}
    for name in DATES:
        text = typed.dates.get(name, "").strip()
        day = read_day(text) if text else None
        if isinstance(day, BirthFault):
            wrong[name] = not_a_day(text, date(2027, 6, 7))
            continue
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            wrong[name] = f"Write a year from {FIRST_YEAR} to {LAST_YEAR}."
            continue
        days[name] = day
        if day is None and typed.scheme == Scheme.NATIONAL:
            wrong[name] = "The national scheme needs this date."
    return days


def _in_order(days: Mapping[str, date | None], wrong: dict[str, str]) -> None:
    earlier: tuple[str, date] | None = None
    for name, day in days.items():
        if day is None:
            continue
        if earlier is not None and day < earlier[1]:
            before = f"{DATES[earlier[0]].lower()} ({date_in_words(earlier[1])})"
            wrong[name] = f"This is before the {before}. Put the dates in order."
        earlier = name, day


def _shown(day: date | None) -> str:
    return day.isoformat() if day is not None else "none"

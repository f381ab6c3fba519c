"""A session before it is started: who would get a PIN, who would not and why. Nothing is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import MOST_LINES, OfficeRefused, Problem, first_of
from mtc_kiosk.office.refusals import of_obstacles
from mtc_kiosk.office.scope import in_scope
from mtc_kiosk.office.sessions import SessionWanted, arrangement_lines, as_row, pupils_meant
from mtc_kiosk.school.namesakes import named_apart, told_apart
from mtc_kiosk.school.obstacle import PupilObstacle, Refused
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import groups
from mtc_kiosk.store.school import sessions
from mtc_kiosk.store.school.register import all_numbers, pupils


@dataclass(frozen=True)
class NoPin:
    """A pupil who would get no PIN, and why: ``sentence`` continues the name."""

    pupil: Pupil
    obstacle: PupilObstacle

    @property
    def sentence(self) -> str:
        """Why, as a sentence of its own without the name."""
        why = self.obstacle.obstacle.sentence
        return f"{why[:1].upper()}{why[1:]}."


@dataclass(frozen=True)
class Preview:
    """What starting this session would do now. ``why_not`` says why it would be refused; empty if it would start.

    ``to_acknowledge`` are the lines of the arrangements file that staff correct or confirm first. ``arranged`` counts
    those of ``with_pin`` with arrangements; ``apart`` tells namesakes apart, by id. The times are at the school.
    """

    opens_at: datetime | None
    closes_at: datetime | None
    with_pin: tuple[Pupil, ...]
    without_pin: tuple[NoPin, ...]
    arranged: int
    apart: Mapping[int, str]
    to_acknowledge: tuple[Problem, ...]
    why_not: tuple[Problem, ...]

    @property
    def may_start(self) -> bool:
        """Whether pressing the button would start it, once the lines are acknowledged."""
        return not self.why_not and bool(self.with_pin)


@dataclass(frozen=True)
class Choice:
    """A group that a session can be for, with its number of pupils."""

    group: str
    count: int


def choices(home: OpenHome) -> tuple[Mapping[int, str], tuple[Choice, ...]]:
    """The pupils for whom the account may start a session, and their groups.

    Each pupil's name in lists by id, in list order; namesakes are told apart.
    """
    register = pupils(home.db)
    names = named_apart(register)
    mine = in_scope(home, May.START_SESSIONS, register)
    counted = {group: sum(pupil.group_name == group for pupil in mine) for group in groups(mine)}
    return {pupil.id: names[pupil.id] for pupil in mine}, tuple(map(Choice, counted, counted.values()))


def preview(home: OpenHome, wanted: SessionWanted) -> Preview:
    """Look ahead; never refuses: what would be refused is in ``why_not``."""
    wrong, doubtful = arrangement_lines(home)
    why_not = first_of(wrong, MOST_LINES, "lines")
    try:
        chosen = pupils_meant(home, wanted.who)
        found = sessions.foreseen(home.db, home.context(), as_row(wanted, chosen))
    except OfficeRefused as refused:
        return _refused(refused.problems, why_not)
    except Refused as refused:
        return _refused(of_obstacles(refused.obstacles, home.db), why_not)
    by_id = {pupil.id: pupil for pupil in chosen}
    zone, numbers, file = home.timetable.zone, all_numbers(home.db), home.configuration.arrangements
    with_pin = tuple(by_id[each] for each in found.eligible)
    return Preview(
        opens_at=found.times.opens_at.astimezone(zone),
        closes_at=found.times.closes_at.astimezone(zone),
        with_pin=with_pin,
        without_pin=tuple(NoPin(by_id[one.pupil_id], one) for one in found.obstacles if one.pupil_id in by_id),
        arranged=sum(bool(file.named(numbers[pupil.id])) for pupil in with_pin),
        apart=told_apart(pupils(home.db)),
        to_acknowledge=first_of(doubtful, MOST_LINES, "lines"),
        why_not=why_not,
    )


def _refused(problems: tuple[Problem, ...], also: tuple[Problem, ...]) -> Preview:
    return Preview(None, None, (), (), 0, {}, (), (*also, *problems))

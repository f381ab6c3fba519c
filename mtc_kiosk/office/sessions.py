"""Start sessions, end them, list them.

``school`` decides who may have a PIN. No session starts while the arrangements file names a pupil twice, or while a
misnamed settings file is not read. Staff can acknowledge lines that may be right, such as one of an unknown pupil.
"""

import random
from dataclasses import dataclass, field
from datetime import date, time

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office.chosen import pupils_selected
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.own_desk import refuse_at_a_kiosk
from mtc_kiosk.office.pins import PupilPin, with_pupils
from mtc_kiosk.office.problem import MOST_LINES, OfficeRefused, Problem, first_of
from mtc_kiosk.office.refusals import of_obstacles
from mtc_kiosk.office.scope import in_scope, refuse_out_of_scope
from mtc_kiosk.office.settings import strays
from mtc_kiosk.office.unknown_pupils import against_register
from mtc_kiosk.school.obstacle import PupilObstacle, Refused
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import InGroup, Named, Selection, WholeRegister
from mtc_kiosk.school.session import Session, SessionState
from mtc_kiosk.store.school import sessions
from mtc_kiosk.store.school.register import pupils

NOT_STARTED = Problem("No session was started. Correct this first.", "not_started")
NOT_ACKNOWLEDGED = Problem(
    "No session was started. Correct this first, or confirm that it is right.", "not_acknowledged"
)

NO_PUPIL_OF_MINE = Problem("No pupil of the register is in your groups. Ask the head.", "scope")


@dataclass(frozen=True)
class SessionWanted:
    """A session as staff ask for it: today if ``day`` is None, to the usual hour if ``until`` is None.

    ``acknowledged``: staff confirm the lines of access_arrangements.yaml that may be wrong.
    """

    kind: Kind
    who: Selection = field(default_factory=WholeRegister)
    day: date | None = None
    until: time | None = None
    acknowledged: bool = False


@dataclass(frozen=True)
class WithoutPin:
    """A pupil who got no PIN, and why, also as a sentence."""

    obstacle: PupilObstacle
    problem: Problem


@dataclass(frozen=True)
class SessionStarted:
    """A session that was started, its PINs, and who got none.

    ``warnings`` are what staff acknowledged, on ``lines`` of the file; ``is_partial``: a pupil who was named got no
    PIN.
    """

    session: Session
    pins: tuple[PupilPin, ...]
    without_pin: tuple[WithoutPin, ...]
    warnings: tuple[Problem, ...]
    lines: tuple[int, ...]
    is_partial: bool


@dataclass(frozen=True)
class SessionListed:
    """A session, its state now, its number of PINs, and with how many of them a check began."""

    session: Session
    state: SessionState
    pins: int
    used: int


class NotStarted(Refused):
    """No session was started; ``warnings`` are what staff had acknowledged."""

    def __init__(self, refused: Refused, warnings: tuple[Problem, ...]) -> None:
        super().__init__(refused.obstacles)
        self.warnings = warnings


def start(home: OpenHome, wanted: SessionWanted, chance: random.Random | None = None) -> SessionStarted:
    """Start a session and make PINs for those who may have one; NotStarted, NotOnePupil, OfficeRefused.

    ``chance`` draws the password and the PINs; only made-up schools pass their own.
    """
    refuse_at_a_kiosk(home.home)
    chosen = pupils_meant(home, wanted.who)
    warnings, lines = _acknowledged(home, wanted.acknowledged)
    row = as_row(wanted, chosen, lines)
    try:
        started = sessions.start_session(home.db, home.context(), row, chance or random.SystemRandom())
    except Refused as refused:
        raise NotStarted(refused, warnings) from refused
    sentences = of_obstacles(started.obstacles, home.db)
    without_pin = tuple(WithoutPin(*both) for both in zip(started.obstacles, sentences, strict=True))
    return SessionStarted(
        session=started.session,
        pins=with_pupils(home.db, started.pins),
        without_pin=without_pin,
        warnings=warnings,
        lines=lines,
        is_partial=bool(without_pin) and isinstance(wanted.who, Named),
    )


def end(home: OpenHome, session_id: int | None = None) -> tuple[Session, ...]:
    """End a session early, or all that are open now; checks that have begun go on. Refused, OfficeRefused.

    A teacher ends only sessions in which all pupils are of the teacher's own groups.
    """
    meant = [
        one.id
        for one in sessions.sessions(home.db)
        if one.id == session_id or (session_id is None and one.state(home.now) is SessionState.OPEN)
    ]
    within = sessions.pupil_ids_of(home.db, meant)
    refuse_out_of_scope(home, May.START_SESSIONS, (one for one in pupils(home.db, with_left=True) if one.id in within))
    return sessions.end_sessions(home.db, home.context(), session_id)


def listed(home: OpenHome) -> tuple[SessionListed, ...]:
    """Every session, oldest first."""
    return tuple(
        SessionListed(each.session, each.session.state(home.now), each.pins, each.used)
        for each in sessions.counted_sessions(home.db)
    )


def open_now(home: OpenHome) -> tuple[Session, ...]:
    """The sessions in which pupils can sign in now, the one that ends last first."""
    found = [one for one in sessions.sessions(home.db) if one.state(home.now) is SessionState.OPEN]
    return tuple(sorted(found, key=lambda one: one.closes_at, reverse=True))


def pupils_meant(home: OpenHome, who: Selection) -> tuple[Pupil, ...]:
    """The pupils of a selection for whom the account may start a session, at least one; NotOnePupil, OfficeRefused.

    Of the whole register these are a teacher's own groups; a pupil or a group that is meant is refused otherwise.
    """
    chosen = pupils_selected(home.db, who)
    if not isinstance(who, WholeRegister):
        refuse_out_of_scope(home, May.START_SESSIONS, chosen)
        return chosen
    mine = in_scope(home, May.START_SESSIONS, chosen)
    if not mine:
        raise OfficeRefused(NO_PUPIL_OF_MINE)
    return mine


def as_row(wanted: SessionWanted, chosen: tuple[Pupil, ...], lines: tuple[int, ...] = ()) -> sessions.Wanted:
    """What the store is asked for."""
    group = chosen[0].group_name if isinstance(wanted.who, InGroup) else ""
    return sessions.Wanted(wanted.kind, tuple(pupil.id for pupil in chosen), group, wanted.day, wanted.until, lines)


def arrangement_lines(home: OpenHome) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The lines of the settings files that keep every session from starting, and those to correct or acknowledge."""
    found = against_register(home.configuration, home.db)
    return (*strays(home.home), *found.twice), found.doubtful


def _acknowledged(home: OpenHome, acknowledged: bool) -> tuple[tuple[Problem, ...], tuple[int, ...]]:
    """The acknowledged warnings about the arrangements, and their lines; OfficeRefused if staff must act first."""
    wrong, lines = arrangement_lines(home)
    if wrong:
        raise OfficeRefused(*first_of(wrong, MOST_LINES, "lines"), NOT_STARTED)
    doubtful = first_of(lines, MOST_LINES, "lines")
    if doubtful and not acknowledged:
        raise OfficeRefused(*doubtful, NOT_ACKNOWLEDGED)
    return doubtful, tuple(problem.line for problem in lines if problem.line is not None)

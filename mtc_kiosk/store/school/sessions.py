"""Sessions and their PINs: started, ended, listed. ``school`` decides, in the same transaction, who may have a PIN.

A school has one password a day, shared by that day's sessions, so that only one is written on the board.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.resources import asset
from mtc_kiosk.school.credentials import draw_password, draw_pins
from mtc_kiosk.school.eligibility import pin_obstacle
from mtc_kiosk.school.obstacle import ObstacleCode, PupilObstacle, refuse
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.session import Session, SessionState, SessionTimes
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant, written
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.records.check_codes import new_code
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.staff_context import StaffContext, refuse_where_declared

_SESSIONS = "select id, kind, password, group_name, opens_at, closes_at, opened_by, closed_at from session order by id"
_START = "insert into session (kind, password, group_name, opens_at, closes_at, opened_by) values (?, ?, ?, ?, ?, ?)"
_ISSUE = "insert into pin (check_code, session_id, pupil_id, pin, expires_at) values (?, ?, ?, ?, ?)"
_LISTED = (
    "select check_code, session_id, pupil_id, pin, expires_at from pin"
    " where session_id in (select value from json_each(?))"
    " and check_code not in (select check_code from cancelled_pin)"
    " and (used_at is null or session_id in (select id from session where kind = 'try'))"
)
_OF_SESSION = "select pupil_id from pin where session_id = ?"
_COUNTED = "select session_id, count(*), count(used_at) from pin group by session_id"

_ACKNOWLEDGED = "arrangements.unknown_acknowledged"
_OPEN = "closed_at is null and opens_at <= ? and closes_at > ?"


@dataclass(frozen=True)
class Wanted:
    """A session as staff ask for it. ``group_name`` is "" unless it is for one group; ``day`` None means today.

    ``acknowledged`` are the lines of access_arrangements.yaml for unknown pupils that staff have acknowledged.
    """

    kind: Kind
    pupil_ids: tuple[int, ...]
    group_name: str = ""
    day: date | None = None
    until: time | None = None
    acknowledged: tuple[int, ...] = ()


@dataclass(frozen=True)
class IssuedPin:
    """A pupil's PIN in a session."""

    check_code: str
    session_id: int
    kind: Kind
    pupil_id: int
    pin: str
    expires_at: datetime


@dataclass(frozen=True)
class Started:
    """A session that was started, its PINs, and the pupils without one and why."""

    session: Session
    pins: tuple[IssuedPin, ...]
    obstacles: tuple[PupilObstacle, ...]


@dataclass(frozen=True)
class Foreseen:
    """A session as it would be if it was started now: its times, who would get a PIN, and who would not and why."""

    times: SessionTimes
    eligible: tuple[int, ...]
    obstacles: tuple[PupilObstacle, ...]


@dataclass(frozen=True)
class DayPins:
    """The usable PINs of one day; ``password`` is None without a session."""

    password: str | None
    pins: tuple[IssuedPin, ...]


@dataclass(frozen=True)
class Counted:
    """A session with its number of PINs, and of PINs with which a check began."""

    session: Session
    pins: int
    used: int


def start_session(db: Database, context: StaffContext, wanted: Wanted, chance: random.Random) -> Started:
    """Start a session and issue PINs to those who may have one; Refused if no pupil may, or no session may start.

    ``chance`` must be unpredictable (SystemRandom).
    """
    timetable = context.rules.timetable
    with change(db):
        found = foreseen(db, context, wanted)
        times, eligible, obstacles = found.times, found.eligible, found.obstacles
        if not eligible:
            raise refuse(ObstacleCode.NOBODY, "No pupil would get a PIN, so no session was started.", *obstacles)
        earlier = sessions(db)
        same_day = _of_day(earlier, timetable, timetable.day(times.opens_at))
        password = same_day[0].password if same_day else _new_password(earlier, chance)
        session = _insert(db, wanted, password, times, context.staff)
        taken = _pins_under(db, (one.id for one in earlier if one.password == password))
        drawn = draw_pins(chance, len(eligible), taken)
        pins = tuple(_issue(db, session, pupil_id, pin) for pupil_id, pin in zip(eligible, drawn, strict=True))
        after = {
            "kind": str(session.kind),
            "group": session.group_name,
            "opens_at": written(session.opens_at),
            "closes_at": written(session.closes_at),
            "pins": len(pins),
        }
        audit(db, context.stamp, "session.started", str(session.id), after=after)
        if wanted.acknowledged:
            lines = {"lines": list(wanted.acknowledged)}
            audit(db, context.stamp, _ACKNOWLEDGED, str(session.id), after=lines)
    return Started(session, pins, obstacles)


def foreseen(db: Database, context: StaffContext, wanted: Wanted) -> Foreseen:
    """What ``start_session`` would do now, without doing it; Refused if no session may start then."""
    timetable = context.rules.timetable
    refuse_where_declared(db, timetable)
    times = timetable.session_times(wanted.kind, context.now, wanted.day, wanted.until)
    facts = load_facts(db, context.running, wanted.pupil_ids)
    by_pupil = {each: pin_obstacle(facts[each], wanted.kind, context.now, context.rules) for each in wanted.pupil_ids}
    return Foreseen(
        times,
        tuple(pupil_id for pupil_id, obstacle in by_pupil.items() if obstacle is None),
        tuple(PupilObstacle(obstacle, pupil_id) for pupil_id, obstacle in by_pupil.items() if obstacle is not None),
    )


def end_sessions(db: Database, context: StaffContext, session_id: int | None = None) -> tuple[Session, ...]:
    """End a session early, or all that are open now; Refused if there is none. Running checks go on."""
    with change(db):
        chosen = [one for one in sessions(db) if _may_end(one, context.now, session_id)]
        if not chosen:
            which = (
                f"Session {session_id} is not open or planned. Look at the list of sessions."
                if session_id
                else "No session is open. Look at the list of sessions."
            )
            raise refuse(ObstacleCode.NO_SESSION, which)
        for one in chosen:
            db.execute("update session set closed_at = ? where id = ?", (context.stamp.at, one.id))
            audit(db, context.stamp, "session.ended", str(one.id), after={"closed_at": context.stamp.at})
    return tuple(one for one in sessions(db) if one.id in {each.id for each in chosen})


def acknowledged_lines(db: Database, now: datetime) -> frozenset[int] | None:
    """The lines of the arrangements file for unknown pupils that staff acknowledged for the sessions open now.

    None if no session is open.
    """
    (is_open,) = db.execute(f"select count(*) from session where {_OPEN}", [written(now)] * 2).fetchone()  # noqa: S608 - ours
    if not is_open:
        return None
    rows = db.execute(
        "select line.value from audit join session on audit.subject = cast(session.id as text),"  # noqa: S608 - ours
        f" json_each(audit.after, '$.lines') as line where audit.action = '{_ACKNOWLEDGED}' and {_OPEN}",
        [written(now)] * 2,
    ).fetchall()
    return frozenset(int(line) for (line,) in rows)


def sessions(db: Database) -> tuple[Session, ...]:
    """Every session, oldest first."""
    return tuple(read(db, "session", _SESSIONS, (), _session))


def pupils_of_session(db: Database, session_id: int) -> frozenset[int]:
    """The pupils who were given a PIN in a session, used, cancelled or not."""
    return frozenset(pupil_id for (pupil_id,) in db.execute(_OF_SESSION, (session_id,)).fetchall())


def counted_sessions(db: Database) -> tuple[Counted, ...]:
    """Every session with its number of PINs and of used ones, oldest first."""
    with db.atomic():
        numbers = {session_id: (pins, used) for session_id, pins, used in db.execute(_COUNTED).fetchall()}
        return tuple(Counted(one, *numbers.get(one.id, (0, 0))) for one in sessions(db))


def pins_of_day(db: Database, now: datetime, timetable: Timetable) -> DayPins:
    """The PINs usable today, or on the next day with a session; not those of pupils with a reason."""
    with db.atomic():
        coming = [one for one in sessions(db) if one.state(now) is not SessionState.CLOSED]
        if not coming:
            return DayPins(None, ())
        day = min(timetable.day(one.opens_at) for one in coming)
        chosen = {one.id: one for one in _of_day(coming, timetable, day)}

        def pin(code: str, session_id: int, pupil_id: int, number: str, expires_at: str) -> IssuedPin:
            return IssuedPin(code, session_id, chosen[session_id].kind, pupil_id, number, instant(expires_at))

        pins = read(db, "pin", _LISTED, (_array(chosen),), pin)
        facts = load_facts(db, frozenset(), {one.pupil_id for one in pins})
    taking = {one.pupil_id for one in facts.values() if not one.has_left and progress_of(one).reason is None}
    return DayPins(next(iter(chosen.values())).password, tuple(one for one in pins if one.pupil_id in taking))


def pupil_ids_of(db: Database, session_ids: Iterable[int]) -> frozenset[int]:
    """The pupils who were given a PIN in these sessions."""
    query = "select distinct pupil_id from pin where session_id in (select value from json_each(?))"
    return frozenset(pupil_id for (pupil_id,) in db.execute(query, (_array(session_ids),)).fetchall())


def password_words() -> tuple[str, ...]:
    """The words for school passwords, in the order of the file and without its notes."""
    lines = asset("words", "words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def _session(
    session_id: int,
    kind: str,
    password: str,
    group_name: str,
    opens_at: str,
    closes_at: str,
    opened_by: str,
    closed_at: str | None,
) -> Session:
    return Session(
        id=session_id,
        kind=Kind(kind),
        password=password,
        group_name=group_name,
        opens_at=instant(opens_at),
        closes_at=instant(closes_at),
        opened_by=opened_by,
        closed_at=instant(closed_at) if closed_at is not None else None,
    )


def _insert(db: Database, wanted: Wanted, password: str, times: SessionTimes, staff: Staff) -> Session:
    opens_at, closes_at = written(times.opens_at), written(times.closes_at)
    row = (str(wanted.kind), password, wanted.group_name, opens_at, closes_at, staff.account)
    session_id = int(db.execute(_START, row).lastrowid or 0)
    return Session(
        session_id, wanted.kind, password, wanted.group_name, instant(opens_at), instant(closes_at), staff.account
    )


def _issue(db: Database, session: Session, pupil_id: int, pin: str) -> IssuedPin:
    code = new_code(db, pupil_id)
    db.execute(_ISSUE, (code, session.id, pupil_id, pin, written(session.closes_at)))
    return IssuedPin(code, session.id, session.kind, pupil_id, pin, session.closes_at)


def _new_password(earlier: Iterable[Session], chance: random.Random) -> str:
    return draw_password(chance, password_words(), {one.password for one in earlier})


def _pins_under(db: Database, session_ids: Iterable[int]) -> set[str]:
    """All PINs ever issued for these sessions: an old slip must never open another pupil's check."""
    query = "select pin from pin where session_id in (select value from json_each(?))"
    return {pin for (pin,) in db.execute(query, (_array(session_ids),)).fetchall()}


def _of_day(given: Sequence[Session], timetable: Timetable, day: date) -> list[Session]:
    return [one for one in given if timetable.day(one.opens_at) == day]


def _may_end(session: Session, now: datetime, session_id: int | None) -> bool:
    state = session.state(now)
    return (
        state is SessionState.OPEN
        if session_id is None
        else session.id == session_id and state is not SessionState.CLOSED
    )


def _array(ids: Iterable[int] | Mapping[int, object]) -> str:
    return f"[{','.join(map(str, ids))}]"

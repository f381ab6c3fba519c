"""Signing in at a kiosk: look up password and PIN, and store wrong tries, so that restarting does not help guessing.

``school.sign_in`` decides the answer. Right details alone write nothing: the attempt is inserted once the pupil presses
"Yes, that is me" (``confirm`` first, then the journal's ``begin``).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, tzinfo

from mtc_kiosk.school.credentials import FORGOTTEN_AFTER, password_as_meant, pin_as_meant, seconds_to_wait
from mtc_kiosk.school.sign_in import (
    Answer,
    AskTeacher,
    AskWhy,
    Card,
    Closed,
    MayBegin,
    SignedIn,
    Wait,
    WrongDetails,
    answer,
    for_today,
    why_closed,
)
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import odd_row, read
from mtc_kiosk.store.db.times import instant, written
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.register import pupil_by_id
from mtc_kiosk.store.school.sessions import sessions

_BY_DETAILS = (
    "select p.check_code, p.session_id, p.pupil_id from session s cross join pin p on p.session_id = s.id"
    " where s.password = ? and p.pin = ? order by s.id desc limit 1"
)
_ATTEMPT = "select outcome, check_code, session_id, pupil_id from attempt where id = ?"
_BY_CODE = "select check_code, session_id, pupil_id from pin where check_code = ?"
_BY_PIN = (
    "select pupil_id from session s cross join pin p on p.session_id = s.id"
    " where p.pin = ? and p.expires_at > ? and s.closed_at is null order by s.id desc limit 1"
)
"""The cross join makes SQLite look up a PIN in each of the few sessions rather than read every PIN."""

_WRONG = (
    "select id, at from sign_in where {whose} = ? and at > ?"
    " and id > coalesce((select max(id) from sign_in where {whose} = ? and result = 'right'), 0)"
)
_SAID_YES = (
    "select yes.kiosk from sign_in yes where yes.pupil_id = ? and yes.result = 'right' and yes.kiosk {which} ?"
    " and yes.id = (select max(id) from sign_in last where last.kiosk = yes.kiosk)"
    " and (select count(*) from sign_in said where said.result = 'right' and said.kiosk = yes.kiosk"
    " and said.pupil_id = yes.pupil_id)"
    " > (select count(*) from attempt begun where begun.kiosk = yes.kiosk and begun.pupil_id = yes.pupil_id)"
    " + (select count(*) from away_attempt begun where begun.kiosk = yes.kiosk and begun.pupil_id = yes.pupil_id)"
)
_KEEP = "insert into sign_in (at, kiosk, pupil_id, result) values (?, ?, ?, ?)"


@dataclass(frozen=True)
class Kiosk:
    """The kiosk of the sign-in, the kiosks that run now, and the school's time zone."""

    name: str
    running: Collection[str]
    zone: tzinfo


@dataclass(frozen=True)
class _Issued:
    """The row of a PIN."""

    check_code: str
    session_id: int
    pupil_id: int


def why_closed_now(db: Database, kiosk: Kiosk, now: datetime) -> Closed | None:
    """Why no pupil can sign in now; None while a session is open."""
    return why_closed(sessions(db), now, kiosk.zone)


def sign_in(db: Database, kiosk: Kiosk, typed_password: str, typed_pin: str, now: datetime) -> Answer:
    """Answer a typed password and PIN. Spaces and capitals in the password do not matter."""
    waiting = _wait(db, "kiosk", kiosk.name, now)
    if waiting is not None:
        return waiting
    given, number = password_as_meant(typed_password), pin_as_meant(typed_pin)
    found = db.execute(_BY_DETAILS, (given, number)).fetchone()
    if found is None:
        closed = why_closed_now(db, kiosk, now)
        return closed if closed is not None else _wrong(db, kiosk, number, now)
    issued = _Issued(*found)
    return _wait(db, "pupil_id", issued.pupil_id, now) or _answer(db, kiosk, issued, now)


def confirm(db: Database, kiosk: Kiosk, signed_in: SignedIn, now: datetime) -> Answer:
    """The pupil pressed "Yes, that is me": SignedIn again, so that the attempt may begin, or why it no longer may.

    If the same details are confirmed at two kiosks at once, the write lock decides which one admits the pupil. An
    enrolled kiosk may ask again, as its answer was lost: that is still one pupil who said yes.
    """
    found = db.execute(_BY_CODE, (signed_in.check_code,)).fetchone()
    with change(db):
        elsewhere = _about_to_begin(db, kiosk, signed_in.pupil.id)
        if elsewhere is not None:
            return AskTeacher(AskWhy.ELSEWHERE, elsewhere)
        again = _answer(db, kiosk, _Issued(*found), now)
        if isinstance(again, SignedIn) and not _have_said_yes(db, "=", kiosk.name, signed_in.pupil.id):
            db.execute(_KEEP, (written(now), kiosk.name, signed_in.pupil.id, "right"))
    return again


def may_begin(db: Database, kiosk: Kiosk, attempt_id: str, now: datetime) -> MayBegin:
    """Whether a pupil who has signed in and practised may begin the check itself: as if they signed in now."""
    found = db.execute(_ATTEMPT, (attempt_id,)).fetchone()
    if found is None:
        return MayBegin.UNKNOWN
    outcome, check_code, session_id, pupil_id = found
    if outcome is not None:
        return MayBegin.OVER
    said = _answer(db, kiosk, _Issued(check_code, session_id, pupil_id), now)
    return MayBegin.YES if isinstance(said, SignedIn) else MayBegin.NO


def not_me(db: Database, kiosk: Kiosk, signed_in: SignedIn, now: datetime) -> None:
    """The pupil pressed "This is not me": a wrong try, at this kiosk and for that pupil's PIN."""
    _keep(db, kiosk, signed_in.pupil.id, "not_me", now)


def wait_at(db: Database, kiosk: str, now: datetime) -> Wait | None:
    """How long an enrolled kiosk accepts no try, after too many wrong ones there; None if it accepts one now."""
    return _wait(db, "kiosk", kiosk, now)


def wrong_at(db: Database, kiosk: str, now: datetime) -> WrongDetails:
    """Store a wrong try at an enrolled kiosk, which knows no pupil."""
    _keep_at(db, kiosk, None, "wrong", now)
    return WrongDetails()


def not_me_at(db: Database, kiosk: str, now: datetime) -> None:
    """The same, as the pupil pressed "This is not me"."""
    _keep_at(db, kiosk, None, "not_me", now)


def right_at(db: Database, kiosk: str, now: datetime) -> None:
    """A pupil signed in at an enrolled kiosk: its wrong tries are forgotten."""
    _keep_at(db, kiosk, None, "right", now)


def _answer(db: Database, kiosk: Kiosk, issued: _Issued, now: datetime) -> Answer:
    with db.atomic():
        facts = load_facts(db, kiosk.running, [issued.pupil_id]).get(issued.pupil_id)
        pupil = pupil_by_id(db, issued.pupil_id)
        session = next((one for one in sessions(db) if one.id == issued.session_id), None)
    issued_pin = next((one for one in facts.pins if one.check_code == issued.check_code), None) if facts else None
    if facts is None or pupil is None or session is None or issued_pin is None:
        raise odd_row(db, "pin", issued.check_code)  # a PIN without a pupil or a session
    said = answer(Card(session, issued_pin, pupil, facts), kiosk.name, now)
    return for_today(said, why_closed_now(db, kiosk, now), kiosk.zone)


def _about_to_begin(db: Database, kiosk: Kiosk, pupil_id: int) -> str | None:
    """The other running kiosk at which this pupil has just confirmed, before its attempt is in the database."""
    said = _have_said_yes(db, "<>", kiosk.name, pupil_id)
    return next((name for name in said if name in kiosk.running), None)


def _have_said_yes(db: Database, which: str, kiosk: str, pupil_id: int) -> tuple[str, ...]:
    """The kiosks, this one (=) or the others (<>), at which this pupil has confirmed and has no attempt yet."""
    return tuple(str(name) for (name,) in db.execute(_SAID_YES.format(which=which), (pupil_id, kiosk)).fetchall())


def _wrong(db: Database, kiosk: Kiosk, number: str, now: datetime) -> WrongDetails:
    """Store a wrong try. If the PIN is a pupil's, passwords are being guessed for it: slow down that PIN too."""
    theirs = db.execute(_BY_PIN, (number, written(now))).fetchone()
    _keep(db, kiosk, theirs[0] if theirs is not None else None, "wrong", now)
    return WrongDetails()


def _wait(db: Database, whose: str, value: str | int, now: datetime) -> Wait | None:
    since = written(now - FORGOTTEN_AFTER)
    query = _WRONG.format(whose=whose)
    wrong_at = read(db, "sign_in", query, (value, since, value), lambda _, at: instant(at))
    seconds = seconds_to_wait(wrong_at, now)
    return Wait(seconds) if seconds else None


def _keep(db: Database, kiosk: Kiosk, pupil_id: int | None, result: str, now: datetime) -> None:
    _keep_at(db, kiosk.name, pupil_id, result, now)


def _keep_at(db: Database, kiosk: str, pupil_id: int | None, result: str, now: datetime) -> None:
    with change(db):
        db.execute(_KEEP, (written(now), kiosk, pupil_id, result))

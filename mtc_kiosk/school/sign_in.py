"""Answer a password and a PIN: one answer, which a screen can show.

Wrong details get the same answer whichever of the two was wrong. If there is no session now, the answer says so
whatever was typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Protocol

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import Pin, PupilHistory
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.session import Session, SessionState


class ShownPupil(Protocol):
    """A pupil as the page "is this you?" shows them: one on the register, or of an enrolled kiosk's pack."""

    @property
    def id(self) -> int:
        """Their number in the desk's register."""

    @property
    def called(self) -> str:
        """The first name that they go by."""

    @property
    def surname(self) -> str:
        """Their last name."""

    @property
    def alias_surname(self) -> str:
        """The last name that they go by, "" if it is their own."""

    @property
    def date_of_birth(self) -> date:
        """Their date of birth."""

    @property
    def group_name(self) -> str:
        """Their group, "" without one."""


@dataclass(frozen=True)
class SignedIn:
    """The details are right and the session is open. Name and date of birth are for the page "is this you?"."""

    check_code: str
    session_id: int
    kind: Kind
    pupil: ShownPupil


@dataclass(frozen=True)
class WrongDetails:
    """Password or PIN are wrong."""


@dataclass(frozen=True)
class NoSession:
    """No session is open, coming or over today."""


@dataclass(frozen=True)
class TooEarly:
    """The session begins at ``opens_at``."""

    opens_at: datetime


@dataclass(frozen=True)
class TooLate:
    """The session ended at ``ended_at``."""

    ended_at: datetime


@dataclass(frozen=True)
class Wait:
    """Too many wrong tries: the next one is allowed in so many seconds."""

    seconds: int


class AskWhy(StrEnum):
    """Why right details do not start a check."""

    USED = "used"  # the check has begun, or is over
    ELSEWHERE = "elsewhere"  # the PIN is in use on another kiosk now
    NOT_TAKING = "not_taking"  # the pupil has left, or has a reason for not taking the check


@dataclass(frozen=True)
class AskTeacher:
    """The details are right, but only a teacher can help. ``kiosk`` is the other kiosk, if there is one."""

    why: AskWhy
    kiosk: str = ""


class MayBegin(StrEnum):
    """Whether the check itself may begin after the practice."""

    YES = "yes"
    NO = "no"  # the session is over, the PIN is cancelled, or the pupil does not take the check any more
    OVER = "over"  # something has ended the attempt, such as a sign-in on another PC
    UNKNOWN = "unknown"  # its row is not in the database yet


Closed = NoSession | TooEarly | TooLate
Answer = SignedIn | WrongDetails | Closed | Wait | AskTeacher


@dataclass(frozen=True)
class Card:
    """What right details identify: a session, a PIN in it, its pupil, and that pupil's history."""

    session: Session
    pin: Pin
    pupil: Pupil
    facts: PupilHistory


def why_closed(sessions: Iterable[Session], now: datetime, zone: tzinfo) -> Closed | None:
    """Why no pupil can sign in now, by today's sessions; None while one is open."""
    today = now.astimezone(zone).date()
    known = [(one, one.state(now)) for one in sessions]
    if any(state is SessionState.OPEN for _, state in known):
        return None
    coming = [one.opens_at for one, state in known if state is SessionState.TO_COME]
    if coming and min(coming).astimezone(zone).date() == today:
        return TooEarly(min(coming))
    over = [one.ended_at for one, state in known if state is SessionState.CLOSED and one.opens_at <= now]
    if over and max(over).astimezone(zone).date() == today:
        return TooLate(max(over))
    return NoSession()


def for_today(said: Answer, closed: Closed | None, zone: tzinfo) -> Answer:
    """The same answer, but "over for today" only if it is: not while a session is open, nor for an earlier day's PIN.

    ``closed`` is why no pupil can sign in now.
    """
    if not isinstance(said, TooLate):
        return said
    is_over = isinstance(closed, TooLate) and _day(said, zone) == _day(closed, zone)
    return said if is_over else AskTeacher(AskWhy.USED)


def _day(over: TooLate, zone: tzinfo) -> date:
    return over.ended_at.astimezone(zone).date()


def answer(card: Card, kiosk: str, now: datetime) -> Answer:
    """Answer right details typed on this kiosk."""
    session, progress = card.session, progress_of(card.facts)
    match session.state(now):
        case SessionState.TO_COME:
            return TooEarly(session.opens_at)
        case SessionState.CLOSED:
            return TooLate(session.ended_at)
        case SessionState.OPEN:
            pass
    if card.facts.has_left or progress.reason is not None:
        return AskTeacher(AskWhy.NOT_TAKING)
    if not card.pin.is_live(now) or (session.kind is Kind.OFFICIAL and progress.has_begun):
        return AskTeacher(AskWhy.USED)
    running = progress.running
    if session.kind is Kind.OFFICIAL and running is not None and running.kiosk != kiosk:
        return AskTeacher(AskWhy.ELSEWHERE, running.kiosk)
    return SignedIn(card.pin.check_code, session.id, session.kind, card.pupil)

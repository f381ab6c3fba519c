"""How the day stands: which session comes next, who takes the check, who is still to take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import sessions, status
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.scope import in_scope
from mtc_kiosk.office.sessions import SessionListed
from mtc_kiosk.office.status import PupilWithStatus
from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.school.session import SessionState
from mtc_kiosk.school.status import Bucket
from mtc_kiosk.store.school.room import pins_in_room

_TAKING = (Bucket.NOT_STARTED, Bucket.IN_PROGRESS, Bucket.ACTION)


@dataclass(frozen=True)
class Today:
    """One look at the day. ``now`` is at the school.

    ``session`` is the official session that is open, or else the next one; None without one. ``pupils`` are those that
    the account may see, in list order; ``with_pin`` counts those of them with a PIN for the check on that day, used or
    not; for an account that sees no pupil, all of the school. ``ever``: an official session was started at some time.
    """

    now: datetime
    session: SessionListed | None
    pupils: tuple[PupilWithStatus, ...]
    ever: bool
    with_pin: int

    @property
    def is_open(self) -> bool:
        """Whether pupils can sign in to the check now."""
        return self.session is not None and self.session.state is SessionState.OPEN

    @property
    def opens_at(self) -> datetime | None:
        """When the session opens or opened, at the school."""
        return self.session.session.opens_at.astimezone(self.now.tzinfo) if self.session is not None else None

    @property
    def closes_at(self) -> datetime | None:
        """When it ends, at the school."""
        return self.session.session.closes_at.astimezone(self.now.tzinfo) if self.session is not None else None

    @property
    def day(self) -> date:
        """The day of that session, or today."""
        return self.opens_at.date() if self.opens_at is not None else self.now.date()

    @property
    def still_to_take(self) -> tuple[PupilWithStatus, ...]:
        """Those who take the check and have not finished."""
        return tuple(one for one in self.pupils if one.status.bucket in _TAKING)

    @property
    def need_you(self) -> tuple[PupilWithStatus, ...]:
        """Those for whom a person must do something."""
        return tuple(one for one in self.pupils if one.status.bucket is Bucket.ACTION)

    @property
    def finished(self) -> tuple[PupilWithStatus, ...]:
        """Those who have taken the check."""
        return tuple(one for one in self.pupils if one.status.bucket is Bucket.COMPLETED)

    @property
    def not_taking(self) -> tuple[PupilWithStatus, ...]:
        """Those with a reason."""
        return tuple(one for one in self.pupils if one.status.bucket is Bucket.NOT_TAKING)


def today(home: OpenHome) -> Today:
    """Look at the day."""
    official = [one for one in sessions.listed(home) if one.session.kind is Kind.OFFICIAL]
    coming = [one for one in official if one.state is not SessionState.CLOSED]
    following = min(coming, key=lambda one: one.session.opens_at, default=None)
    found = status.of_register(home).pupils
    seen = {pupil.id for pupil in in_scope(home, May.SEE_PUPILS, (one.pupil for one in found))}
    counted = seen if may(home.staff, May.SEE_PUPILS) else {one.pupil.id for one in found}
    return Today(
        now=home.now.astimezone(home.timetable.zone),
        session=following,
        pupils=tuple(one for one in found if one.pupil.id in seen),
        ever=bool(official),
        with_pin=len(_having_a_pin(home, coming, following) & counted),
    )


def _having_a_pin(home: OpenHome, coming: Iterable[SessionListed], following: SessionListed | None) -> set[int]:
    """The pupils with a PIN of a session on the same day as the following one."""
    if following is None:
        return set()
    day_of = home.timetable.day
    day = day_of(following.session.opens_at)
    return set(pins_in_room(home.db, [one.session.id for one in coming if day_of(one.session.opens_at) == day]))

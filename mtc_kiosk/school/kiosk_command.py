"""Commands from the console to a kiosk: what one names, how long it lasts, and when the kiosk must not act on it.

A check never goes on with nobody in front of it. So a command names the attempt, its run and its hold as the console
saw them, and expires soon: whatever has happened to the check since then makes the kiosk refuse it. "Carry on" only
offers the pupil a page, on which they must press a button.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LASTS = timedelta(seconds=10)
"""How long a command lasts; half open, so that after exactly this time it has expired."""

CLOCK_STEP = timedelta(seconds=1)
"""A command from further in the future was given before the clock of the PC was set back: its age is unknown."""

OFFERED_FOR = timedelta(seconds=60)
"""How long the pupil may press "Carry on" before the check is only held again."""


class Order(StrEnum):
    """What the console asks for."""

    CARRY_ON = "carry_on"
    HOLD = "hold"
    SET_ASIDE = "set_aside"
    STOP = "stop"


class CommandAnswer(StrEnum):
    """What became of a command."""

    DONE = "done"
    REFUSED = "refused"
    EXPIRED = "expired"


class Why(StrEnum):
    """Why a command was refused or expired."""

    CHANGED = "changed"  # another run, another hold, or none
    ENDED = "ended"
    ONLY_STOP = "only_stop"
    STAFF = "staff"  # a teacher is at the PC, with the staff's pages open
    BUSY = "busy"  # another pupil is at the PC
    SOUND = "sound"
    DISK = "disk"
    UNREADABLE = "unreadable"
    LATE = "late"
    RESTARTED = "restarted"  # the kiosk was started after the command


@dataclass(frozen=True)
class CheckNow:
    """An unfinished check as a command names it. ``hold_seq`` is the ``seq`` of the event that holds it, 0 if none.

    That event is the last ``Held`` or ``SetAside`` with no ``Released`` after it.
    """

    attempt_id: str
    run: int
    hold_seq: int
    only_stop: bool = False
    is_set_aside: bool = False

    @property
    def allowed(self) -> tuple[Order, ...]:
        """What may be done with it now, the right one most often first."""
        if self.hold_seq == 0:
            return (Order.HOLD,)
        if self.only_stop:
            return (Order.STOP,)
        aside = () if self.is_set_aside else (Order.SET_ASIDE,)
        return (Order.CARRY_ON, *aside, Order.STOP)


@dataclass(frozen=True)
class KioskCommand:
    """One command as given by the account ``by``; ``is_over``: the attempt has ended, perhaps through a restart."""

    id: int
    attempt_id: str
    run: int
    hold_seq: int
    order: Order
    at: datetime
    by: str
    is_over: bool = False

    def has_expired(self, now: datetime) -> bool:
        """Whether it is too late to act on it. A clock that was set back makes it expire, too."""
        return not -CLOCK_STEP <= now - self.at < LASTS

    def why_refused(self, check: CheckNow) -> Why | None:
        """Why the kiosk must not act on it, by the check as it is now; None if it may."""
        if (self.attempt_id, self.run, self.hold_seq) != (check.attempt_id, check.run, check.hold_seq):
            return Why.CHANGED
        if self.order in check.allowed:
            return None
        return Why.ONLY_STOP if check.only_stop else Why.CHANGED

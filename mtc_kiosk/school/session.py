"""A session: its kind of check, its times, its password."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mtc_kiosk.check.kind import Kind


class SessionState(StrEnum):
    """The state of a session."""

    TO_COME = "to_come"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class SessionTimes:
    """When pupils can sign in to a session; half open, so that at ``closes_at`` it is over."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Session:
    """One session. ``closed_at`` is when staff ended it early; None if they did not."""

    id: int
    kind: Kind
    password: str
    group_name: str
    opens_at: datetime
    closes_at: datetime
    opened_by: str
    closed_at: datetime | None = None

    def state(self, now: datetime) -> SessionState:
        """Whether it is still to come, open or over."""
        if self.closed_at is not None or now >= self.closes_at:
            return SessionState.CLOSED
        return SessionState.OPEN if now >= self.opens_at else SessionState.TO_COME

    @property
    def ended_at(self) -> datetime:
        """The end of sign-in: ``closes_at``, or earlier if staff ended it."""
        return min(self.closed_at, self.closes_at) if self.closed_at is not None else self.closes_at

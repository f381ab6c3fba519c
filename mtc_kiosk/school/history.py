"""What is known about one pupil's checks: PINs, attempts, restarts and reasons, as rows that are only ever added.

Everything else about a pupil's check is computed from these and the time. Instants are aware datetimes. There are no
names and no answers here.
"""

from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind


@dataclass(frozen=True)
class Pin:
    """A PIN that was issued. ``ended_at`` is when it expires, or earlier if staff ended its session or cancelled it.

    ``used_at`` is when a check began with it (its first real pause); ``session_id`` gives the order of issue.
    """

    check_code: str
    kind: Kind
    session_id: int
    pin: str
    ended_at: datetime
    used_at: datetime | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether a pupil can still sign in with it: an official one until its check has begun."""
        return now < self.ended_at and (self.used_at is None or self.kind is Kind.TRY)


@dataclass(frozen=True)
class OfficialAttempt:
    """One official attempt as known here: from its own rows, from its record, or from both.

    ``begun_at`` is its first real pause: before that it is practice and does not count. ``held_since`` is set while it
    is held, or while its kiosk does not run. ``sound`` is False if its record fails its own proof. ``record`` is the
    SHA-256 of its record, "" while none is here. Two different records of an attempt count as two.
    """

    id: str
    check_code: str
    kiosk: str
    started_at: datetime
    begun_at: datetime | None = None
    practised: bool = False
    held_since: datetime | None = None
    outcome: Outcome | None = None
    delivered: bool = False
    sound: bool = True
    record: str = ""

    @property
    def is_running(self) -> bool:
        """Whether a pupil is taking it now."""
        return self.outcome is None and self.held_since is None


@dataclass(frozen=True)
class Pick:
    """One of several checks, as a head's choice names it. ``attempt`` is "" if only its PIN's check code is known."""

    attempt: str
    record: str
    code: str

    def names(self, taking: OfficialAttempt) -> bool:
        """Whether it means this attempt; one that had no record then is matched by id only."""
        return self.attempt == taking.id and self.record in {"", taking.record}


@dataclass(frozen=True)
class ChoiceRow:
    """A head's choice of the check that counts; if ``undoes`` is set, it takes one back.

    ``among`` are all checks that could count when it was made, with the chosen one.
    """

    id: str
    at: datetime
    by: str
    counts: Pick | None
    among: tuple[Pick, ...] = ()
    undoes: str | None = None


@dataclass(frozen=True)
class RestartRow:
    """A restart; if ``undoes`` is set, it takes one back. ``origin`` is the attempt that it replaces."""

    id: str
    at: datetime
    by: str
    code: str
    origin: str | None
    by_head: bool = False
    undoes: str | None = None


@dataclass(frozen=True)
class ReasonRow:
    """A reason for not taking the check; if ``undoes`` is set, it takes one back."""

    id: str
    at: datetime
    by: str
    code: str
    by_head: bool = False
    undoes: str | None = None


@dataclass(frozen=True)
class PupilHistory:
    """All that is known about one pupil's checks. ``has_left``: they have left the school.

    Restarts, reasons and choices are in the order of writing; PINs and attempts in any order.
    """

    pupil_id: int
    has_left: bool = False
    pins: tuple[Pin, ...] = ()
    takings: tuple[OfficialAttempt, ...] = ()
    restarts: tuple[RestartRow, ...] = ()
    reasons: tuple[ReasonRow, ...] = ()
    choices: tuple[ChoiceRow, ...] = ()

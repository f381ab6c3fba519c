"""What is known about one pupil's checks: PINs, attempts, restarts and reasons, as rows that are only ever added to.

Everything else about a pupil is computed from these and the time, elsewhere. Instants are aware datetimes. There are
neither names nor answers here.
"""

from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind


@dataclass(frozen=True)
class Pin:
    """A PIN that was issued. ``ended_at`` is when it lapses, or when staff ended its session or cancelled it,
    if that is earlier.

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
    """One official attempt as it is known here: from its own rows, from its record that arrived, or from both.

    ``begun_at`` is its first real pause: before that it is practice and counts for nothing. ``held_since`` is set while
    it is held, or the kiosk that has it does not run. ``sound`` is False where its record fails its own proof.
    ``record`` is the SHA-256 of its record, "" while none is here. Two different records of an attempt count as two.
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
        """Whether a pupil is taking it at this moment."""
        return self.outcome is None and self.held_since is None


@dataclass(frozen=True)
class Pick:
    """One of several checks, as a head's choice names it. ``attempt`` is "" where only its PIN's check code is left."""

    attempt: str
    record: str
    code: str

    def names(self, taking: OfficialAttempt) -> bool:
        """Whether it means this attempt; if it had no record when it was named, by its id alone."""
        return self.attempt == taking.id and self.record in {"", taking.record}


@dataclass(frozen=True)
class ChoiceRow:
    """A head's choice of the check that counts, or where ``undoes`` is set, the taking back of one.

    ``among`` are the checks that could count when it was made, the chosen one with them.
    """

    id: str
    at: datetime
    by: str
    counts: Pick | None
    among: tuple[Pick, ...] = ()
    undoes: str | None = None


@dataclass(frozen=True)
class RestartRow:
    """A restart, or where ``undoes`` is set, the taking back of one. ``origin`` is the attempt whose place it takes."""

    id: str
    at: datetime
    by: str
    code: str
    origin: str | None
    by_head: bool = False
    undoes: str | None = None


@dataclass(frozen=True)
class ReasonRow:
    """A reason for not taking the check, or where ``undoes`` is set, the taking back of one."""

    id: str
    at: datetime
    by: str
    code: str
    by_head: bool = False
    undoes: str | None = None


@dataclass(frozen=True)
class PupilHistory:
    """All that is known about one pupil's checks. ``has_left`` is whether they left the school.

    Restarts, reasons and choices are in the order they were written; the others in any.
    """

    pupil_id: int
    has_left: bool = False
    pins: tuple[Pin, ...] = ()
    takings: tuple[OfficialAttempt, ...] = ()
    restarts: tuple[RestartRow, ...] = ()
    reasons: tuple[ReasonRow, ...] = ()
    choices: tuple[ChoiceRow, ...] = ()

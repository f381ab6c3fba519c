"""What the loop hands the writer thread at once: facts of one attempt, its beginning, a feeling or a helper's name.

Plain values; ``journal`` makes them, ``scribe`` passes them on and ``writer`` writes them.
"""

from dataclasses import dataclass, field

from mtc_kiosk.check.facts import Fact
from mtc_kiosk.store.db.wall import iso
from mtc_kiosk.store.journal.attempts import NewAttempt


@dataclass(frozen=True)
class Stamp:
    """When facts are handed over: the run, the check's time in us, and the wall clock in ms at that very moment."""

    run: int
    now_us: int
    wall_ms: int

    def wall_time(self, at_us: int) -> str:
        """The wall-clock time of a moment of the check."""
        return iso(self.wall_ms - (self.now_us - at_us) // 1000)


@dataclass(frozen=True)
class Feedback:
    """How a pupil found the check; one of the five choices."""

    choice: str


@dataclass(frozen=True)
class Helper:
    """Who types for a pupil in a check. No name of it is in a message or a log."""

    forename: str = field(repr=False)
    surname: str = field(repr=False)


@dataclass(frozen=True)
class Batch:
    """What one call handed over; it reaches the disk whole or not at all."""

    ticket: int
    attempt_id: str
    facts: tuple[Fact, ...]
    stamp: Stamp
    attempt: NewAttempt | None = None
    feedback: Feedback | None = None
    helper: Helper | None = None

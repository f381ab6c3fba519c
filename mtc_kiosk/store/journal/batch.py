"""What the loop hands the writer thread in one call: an attempt's beginning, facts, feedback or an assistant's name.

Plain values: ``journal`` makes them, ``writer_thread`` queues them and ``batch_writer`` writes them.
"""

from dataclasses import dataclass

from mtc_kiosk.check.facts import Fact
from mtc_kiosk.record.assistant_name import AssistantName
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
class Batch:
    """What one call handed over; it reaches the disk whole or not at all."""

    ticket: int
    attempt_id: str
    facts: tuple[Fact, ...]
    stamp: Stamp
    attempt: NewAttempt | None = None
    feedback: Feedback | None = None
    assistant: AssistantName | None = None

"""What the loop hands to the writer thread in one call: facts, an attempt's beginning, feedback or an assistant's name.

``journal`` makes these values, ``writer_thread`` passes them on and ``batch_writer`` writes them.
"""

from dataclasses import dataclass

from mtc_kiosk.check.facts import Fact
from mtc_kiosk.record.assistant_name import AssistantName
from mtc_kiosk.store.db.times import iso
from mtc_kiosk.store.journal.attempts import NewAttempt


@dataclass(frozen=True)
class Stamp:
    """When facts were handed over: the run, the check's time in us, and the wall clock in ms at the same moment."""

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
    """What one call handed over; all of it is written, or nothing."""

    ticket: int
    attempt_id: str
    facts: tuple[Fact, ...]
    stamp: Stamp
    attempt: NewAttempt | None = None
    feedback: Feedback | None = None
    assistant: AssistantName | None = None

"""A check from its record, from which results are made. It is not marked, so a kiosk may read it."""

from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.check.facts import Answered, Outcome
from mtc_kiosk.check.kind import Kind


@dataclass(frozen=True)
class ReceivedCheck:
    """A check that came in. ``fault`` says why it cannot be trusted, "" if it can; if set, use only the id.

    ``record`` is the SHA-256 of its record. ``pupil_id`` is None if the register has no such pupil. ``begun_at`` is its
    first real pause, None if it never got so far; ``answers`` are those that count, by number; ``voids`` counts the
    questions spoilt by faults.
    """

    id: str
    pupil_id: int | None
    kind: Kind
    check_code: str
    kiosk: str
    started_at: datetime
    begun_at: datetime | None
    finished_at: datetime
    outcome: Outcome
    answers: tuple[Answered, ...] = ()
    voids: int = 0
    changed_rules: bool = False
    fault: str = ""
    record: str = ""

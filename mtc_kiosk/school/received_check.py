"""A check as its record has it: what results are made of. It marks nothing, so a kiosk may read it."""

from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.check.facts import Answered, Outcome
from mtc_kiosk.check.kind import Kind


@dataclass(frozen=True)
class ReceivedCheck:
    """A check that came in. ``fault`` says why it cannot be believed, "" where it can; if set, ignore all but the id.

    ``record`` is the SHA-256 of its record. ``pupil_id`` is None where the register has no such pupil. ``begun_at`` is
    its first real pause, None where it never got so far; ``answers`` are those that count, by number; ``voids`` is how
    many questions were spoilt.
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

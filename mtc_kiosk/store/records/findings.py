"""What is known of a check's record, either proven (``prover``) or as the record itself says.

It is kept as JSON beside the record (``store.records.proofs``), so that a journal is replayed once and not at every
look; who only reads it needs no type of a record.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mtc_kiosk.check.facts import Answered, AnsweredBy
from mtc_kiosk.check.journal_form import is_real_pause

PROVER = 1
"""The number of the prover. A change of what it accepts or finds raises it, and every check is proven anew."""


@dataclass(frozen=True)
class Findings:
    """A check. ``fault`` says why it does not prove itself, "" where it does; ``answers`` are those that count.

    Times are UTC ISO 8601; ``begun_at`` is None where it never reached its first real pause. ``detail`` is the hash of
    the record's detail; ``voids`` is how many questions were spoilt.
    """

    id: str
    kind: str
    check_code: str | None
    kiosk: str
    device: str
    detail: str
    started_at: str
    begun_at: str | None
    finished_at: str
    outcome: str
    answers: tuple[Answered, ...] = ()
    voids: int = 0
    changed_rules: bool = False
    fault: str = ""

    def to_text(self) -> str:
        """The same as JSON."""
        return json.dumps(asdict(self), separators=(",", ":"), ensure_ascii=False)


def body_hash(body: bytes) -> str:
    """The SHA-256 of a record's body as it is kept."""
    return hashlib.sha256(body).hexdigest()


def found_from(text: str, *, with_answers: bool = True) -> Findings:
    """Read what ``to_text`` wrote; ValueError, KeyError or TypeError for anything else."""
    values = json.loads(text)
    kept = values.pop("answers") if with_answers else values.pop("answers")[:0]
    answers = tuple(Answered(**{**answer, "by": AnsweredBy(answer["by"])}) for answer in kept)
    return Findings(**values, answers=answers)


def said_in(content: Mapping[str, Any]) -> Findings:
    """Read what the content of a check's record says, without a proof and without its answers.

    ValueError, KeyError, TypeError or AttributeError where it is no check's.
    """
    pauses = (event["wall_time"] for event in content["events"] if is_real_pause(event["type"], event["data"]))
    columns = ("id", "kind", "check_code", "kiosk", "device", "detail", "started_at", "outcome")
    return Findings(
        **{column: content[column] for column in columns},
        begun_at=next(pauses, None),
        finished_at=content["at"],
    )

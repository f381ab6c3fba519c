"""What is known of a check's record, either proven (``prover``) or by the record's own content.

It is stored as JSON beside the record (``store.records.proofs``), so that a journal is replayed once and not at every
reading, and reading it needs no import of the record types.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mtc_kiosk.check.facts import Answered, AnsweredBy
from mtc_kiosk.check.journal_form import is_real_pause

PROVER = 1
"""The prover's version. Raise it when a change affects what it accepts or finds; every check is then proven anew."""


@dataclass(frozen=True)
class Findings:
    """A check. ``fault`` says why its proof fails, "" if it does not; ``answers`` are those that count.

    Times are UTC ISO 8601; ``begun_at`` is None if it never reached its first real pause. ``detail`` is the hash of the
    record's detail; ``voids`` counts the questions spoilt by faults.
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
    """The SHA-256 of a record's stored body."""
    return hashlib.sha256(body).hexdigest()


def found_from(text: str, *, with_answers: bool = True) -> Findings:
    """Read what ``to_text`` wrote; ValueError, KeyError or TypeError for anything else."""
    values = json.loads(text)
    kept = values.pop("answers") if with_answers else values.pop("answers")[:0]
    answers = tuple(Answered(**{**answer, "by": AnsweredBy(answer["by"])}) for answer in kept)
    return Findings(**values, answers=answers)


def stated_in(content: Mapping[str, Any]) -> Findings:
    """Read the content of a check's record, without a proof and without its answers.

    ValueError, KeyError, TypeError or AttributeError if it is not a check's.
    """
    pauses = (event["wall_time"] for event in content["events"] if is_real_pause(event["type"], event["data"]))
    columns = ("id", "kind", "check_code", "kiosk", "device", "detail", "started_at", "outcome")
    return Findings(
        **{column: content[column] for column in columns},
        begun_at=next(pauses, None),
        finished_at=content["at"],
    )

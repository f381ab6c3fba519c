"""The journals of received checks, for what a score does not need: which key was pressed when, and what was void.

Alone, because a score is read a hundred times as often as a journal, and from the stored proof.
"""

import json
from dataclasses import dataclass

from mtc_kiosk.check.facts import Answered, Erased, Fact, Finished, Held, Typed, Voided
from mtc_kiosk.check.journal_form import fact_from
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.records.received_checks import COUNTING

_NEEDED = frozenset(kind.__name__ for kind in (Typed, Erased, Answered, Voided, Held, Finished))
"""Few of a journal's rows say how a question was answered; reading the others would take most of the time."""

_BODY = " union all ".join(
    f"select body from {table} where {where} and record_id = :id and sha256 = :sha256"  # noqa: S608 - ours
    for table, where in COUNTING.items()
)


@dataclass(frozen=True)
class Journal:
    """How the questions of a check were answered. ``facts`` are only those that insight reads."""

    facts: tuple[Fact, ...]
    settings: Settings


def proven_journal(db: Database, check: ReceivedCheck) -> Journal:
    """The journal of a check without a fault, read in the snapshot in which ``received_checks`` gave it.

    There the record's bytes are those that were proven; at another time they need not be.
    """
    (body,) = db.execute(_BODY, {"id": check.id, "sha256": check.record}).fetchone()
    return journal_in(body)


def journal_in(body: bytes) -> Journal:
    """The journal in the signed bytes of a proven check."""
    content = json.loads(body)["content"]
    facts = tuple(
        fact_from(event["type"], event["at_us"], event["data"])
        for event in content["events"]
        if event["type"] in _NEEDED
    )
    return Journal(facts, Settings.from_json(content["settings"]))

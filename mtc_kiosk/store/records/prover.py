"""Prove a check's record, and extract what results, status and conflicts need (``findings`` has the type).

Apart from ``findings``: whoever reads what was found needs neither the records' types nor a replay.
"""

from typing import Any

from mtc_kiosk.check.facts import Answered, AnsweredBy
from mtc_kiosk.record.content import Check
from mtc_kiosk.record.proof import NotProven, prove
from mtc_kiosk.store.records.findings import Findings

_SPOILT = (AnsweredBy.VOID, AnsweredBy.FORFEIT)


def found_in(check: Check) -> Findings:
    """Prove a check and return its findings; if the proof fails, a fault and no answers."""
    said: dict[str, Any] = {
        "id": check.id,
        "kind": check.kind,
        "check_code": check.check_code,
        "kiosk": check.kiosk,
        "device": check.device,
        "detail": check.detail,
        "started_at": check.started_at,
        "begun_at": check.begun_at,
        "finished_at": check.at,
        "outcome": check.outcome,
    }
    try:
        proven = prove(check)
    except NotProven as problem:
        return Findings(**said, fault=str(problem))
    return Findings(
        **said,
        answers=proven.answers,
        voids=sum(isinstance(fact, Answered) and fact.by in _SPOILT for fact in proven.facts),
        changed_rules=proven.settings.changed_rules,
    )

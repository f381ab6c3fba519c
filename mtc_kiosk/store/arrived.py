"""What the records that came in add to this home's own rows: checks taken elsewhere, reasons and restarts given there.

A record of something that this home has rows of adds nothing but that it arrived. It trusts what was taken in: records
are proven when they come in, and once more when results are derived.
"""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.school.facts import ReasonRow, RestartRow, Taking
from mtc_kiosk.store.instants import instant
from mtc_kiosk.store.pupil_of import PupilFinder

_CAME = (
    "select type, state, sha256, detail, body from {table}"
    " where type in ('check', 'reason', 'restart') and state in ({states}) order by at, record_id"
)
_COUNTING = {"inbox": "'taken', 'chosen'", "conflict": "'open', 'chosen', 'broken'"}
"""What counts or may, by table and state (``store.record_rows``)."""

_ALTERED = (ValueError, KeyError, TypeError, AttributeError)
"""What a record's row brings up whose text is no record's any more."""


@dataclass(frozen=True)
class Arrived:
    """What came in, by pupil: of every official check each record that may count, this home's own attempts as well."""

    takings: tuple[tuple[int, Taking], ...]
    restarts: tuple[tuple[int, RestartRow], ...]
    reasons: tuple[tuple[int, ReasonRow], ...]


def arrived(db: sqlite_utils.Database) -> Arrived:
    """What came in, whoever it is about; records of pupils who are not on the register are passed over."""
    finder = PupilFinder(db)
    takings, restarts, reasons = [], [], []
    for kind, state, sha256, about, content in _contents(db):
        # A row that was altered in the database says nothing here, and stops nobody's check: exports name it.
        with contextlib.suppress(*_ALTERED):
            pupil_id = finder.find(content.get("check_code"), content["device"], about)
            if pupil_id is None:
                continue
            if kind == "restart":
                restarts.append((pupil_id, _restart(content, about)))
            elif kind == "reason":
                reasons.append((pupil_id, _reason(content, about)))
            elif content["kind"] == "official" and content["check_code"]:
                takings.append((pupil_id, _taking(content, sha256, sound=state != "broken")))
    return Arrived(tuple(takings), tuple(restarts), tuple(reasons))


def _contents(db: sqlite_utils.Database) -> Iterator[tuple[str, str, str, dict[str, Any], dict[str, Any]]]:
    """Type, state, hash, detail and content of every record that counts or may."""
    for table, states in _COUNTING.items():
        for kind, state, sha256, detail, body in db.execute(_CAME.format(table=table, states=states)).fetchall():
            with contextlib.suppress(*_ALTERED):
                yield kind, state, sha256, json.loads(detail) if detail else {}, json.loads(body)["content"]


def _taking(content: Mapping[str, Any], sha256: str, *, sound: bool) -> Taking:
    pauses = (
        event["wall_time"]
        for event in content["events"]
        if event["type"] == "StepBegan" and event["data"].get("step") == "pause" and not event["data"].get("practice")
    )
    begun_at = next(pauses, None)
    return Taking(
        id=content["id"],
        check_code=content["check_code"],
        kiosk=content["kiosk"],
        started_at=instant(content["started_at"]),
        begun_at=instant(begun_at) if begun_at is not None else None,
        practised=True,
        outcome=Outcome(content["outcome"]),
        delivered=True,
        sound=sound,
        record=sha256,
    )


def _restart(content: Mapping[str, Any], about: Mapping[str, Any]) -> RestartRow:
    return RestartRow(
        id=content["id"],
        at=instant(content["at"]),
        by=about.get("by") or "",
        code=content["code"],
        origin=content["origin_attempt"],
        by_head=content["by_head"],
        undoes=content["undoes"],
    )


def _reason(content: Mapping[str, Any], about: Mapping[str, Any]) -> ReasonRow:
    return ReasonRow(
        id=content["id"],
        at=instant(content["at"]),
        by=about.get("by") or "",
        code=content["code"],
        by_head=content["by_head"],
        undoes=content["undoes"],
    )

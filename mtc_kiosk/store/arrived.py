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
from mtc_kiosk.school.pupil_ref import ref_key
from mtc_kiosk.store.instants import instant

_CAME = (
    "select type, state, detail, body from {table} where type in ('check', 'reason', 'restart') and state in ({states})"
    " and not (type = 'check' and record_id in (select id from attempt)) order by at, record_id"
)
_COUNTING = {"inbox": "'taken', 'chosen'", "conflict": "'open', 'chosen', 'broken'"}
"""What counts or may, by table and state (``store.record_rows``)."""

_OF_OUR_ATTEMPTS = (
    "select record_id, 'inbox', state from inbox where type = 'check' and record_id in (select id from attempt)"
    " union all"
    " select record_id, 'conflict', state from conflict where type = 'check' and record_id in (select id from attempt)"
)


_ALTERED = (ValueError, KeyError, TypeError, AttributeError)
"""What a record's row brings up whose text is no record's any more."""


@dataclass(frozen=True)
class Arrived:
    """What came in. Of this home's own attempts, by id: ``here`` are those whose records are in, ``broken`` those whose
    records came in but do not prove themselves, ``passed_over`` those in whose place a head said that another counts,
    ``contested`` those for which a second record came. The others are by pupil, of what has no rows here.
    """

    here: frozenset[str]
    broken: frozenset[str]
    passed_over: frozenset[str]
    contested: frozenset[str]
    takings: tuple[tuple[int, Taking], ...]
    restarts: tuple[tuple[int, RestartRow], ...]
    reasons: tuple[tuple[int, ReasonRow], ...]


def arrived(db: sqlite_utils.Database) -> Arrived:
    """What came in, whoever it is about; records of pupils who are not on the register are passed over."""
    own = [(record_id, table, state) for record_id, table, state in db.execute(_OF_OUR_ATTEMPTS).fetchall()]
    counting = [(record_id, state) for record_id, table, state in own if f"'{state}'" in _COUNTING[table]]
    here = frozenset(record_id for record_id, state in counting if state != "broken")
    whose = _Numbers(db)
    takings, restarts, reasons = [], [], []
    for kind, state, about, content in _of_elsewhere(db):
        # A row that was altered in the database says nothing here, and stops nobody's check: exports name it.
        with contextlib.suppress(*_ALTERED):
            pupil_id = whose.pupil(about, content.get("check_code"))
            if pupil_id is None:
                continue
            if kind == "restart":
                restarts.append((pupil_id, _restart(content, about)))
            elif kind == "reason":
                reasons.append((pupil_id, _reason(content, about)))
            elif content["kind"] == "official" and content["check_code"]:
                takings.append((pupil_id, _taking(content, sound=state != "broken")))
    return Arrived(
        here=here,
        broken=frozenset(record_id for record_id, _ in counting) - here,
        passed_over=frozenset(record_id for record_id, _, state in own if state == "passed_over") - here,
        contested=frozenset(record_id for record_id, state in counting if state == "open"),
        takings=tuple(takings),
        restarts=tuple(restarts),
        reasons=tuple(reasons),
    )


def _of_elsewhere(db: sqlite_utils.Database) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Type, state, detail and content of every record that counts or may, but those of attempts that are here."""
    for table, states in _COUNTING.items():
        for kind, state, detail, body in db.execute(_CAME.format(table=table, states=states)).fetchall():
            with contextlib.suppress(*_ALTERED):
                yield kind, state, json.loads(detail) if detail else {}, json.loads(body)["content"]


class _Numbers:
    """Finds pupils of the register by a check code that was issued here, or the UPN or ref in a record's detail."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        rows = db.execute("select id, upn, ref from pupil").fetchall()
        self._by_code = dict(db.execute("select check_code, pupil_id from pin").fetchall())
        self._by_upn = {upn: pupil_id for pupil_id, upn, _ in rows if upn is not None}
        self._by_ref = {ref_key(ref): pupil_id for pupil_id, _, ref in rows if ref is not None}

    def pupil(self, about: Mapping[str, Any], check_code: str | None) -> int | None:
        """The pupil's id; None where the register has none."""
        upn, ref = about.get("upn"), about.get("ref")
        by_ref = self._by_ref.get(ref_key(ref)) if ref else None
        found: int | None = self._by_code.get(check_code, self._by_upn.get(upn, by_ref))
        return found


def _taking(content: Mapping[str, Any], *, sound: bool) -> Taking:
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

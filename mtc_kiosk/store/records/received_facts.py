"""What received records add to this home's own rows: checks taken elsewhere, reasons and restarts given there.

A record of this home's own row adds only that it arrived. Records are proven when they come in; here their bytes are
only compared with that proof.
"""

import contextlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import OfficialAttempt, ReasonRow, RestartRow
from mtc_kiosk.store.db.opened import Database, remembered
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.records.findings import PROVER, Findings, body_hash, found_from, stated_in
from mtc_kiosk.store.records.pupil_finder import RECORDS_OF, PupilFinder

_CAME = """
    select came.record_id, came.type, came.state, came.sha256, came.detail,
        cast(proof.body_sha256 as blob), cast(proof.found as blob)
    from {these}{table} as came
    left join proof on proof.record_id = came.record_id and proof.sha256 = came.sha256 and proof.prover = {prover}
    where {which} and came.type in ('check', 'reason', 'restart') and came.state in ({states})
    order by came.at, came.record_id
"""
"""With ``these`` rowids the records are looked up one by one; the cross join enforces that order. Bodies are read
apart: they are most of a row, a program that runs for long reads that of a check once, and the rest is in an index
(``store.db.record_indexes.LISTED``)."""

_BODY = "select body from {table} where record_id = ? and sha256 = ?"

STATED = "unchanged checks without their answers"
"""The subject in the memory of a program: a record's id and SHA-256, and its ``Findings``."""

_FEW = 50
"""Up to so many pupils are looked up one by one, without reading the whole register."""

_COUNTING = {"inbox": "'taken', 'chosen'", "conflict": "'open', 'chosen', 'broken'"}
"""The states of records that count or may count, by table (``store.records.rows``)."""

_ALTERED = (ValueError, KeyError, TypeError, AttributeError)
"""The exceptions raised by a row that was altered so that it is no longer a record."""


@dataclass(frozen=True)
class ReceivedFacts:
    """What came in, by pupil: each record of an official check that may count, also for this home's own attempts."""

    takings: tuple[tuple[int, OfficialAttempt], ...]
    restarts: tuple[tuple[int, RestartRow], ...]
    reasons: tuple[tuple[int, ReasonRow], ...]


def received_facts(db: Database, pupil_ids: Collection[int] | None = None) -> ReceivedFacts:
    """What came in about these pupils (all if None), and perhaps about some others.

    Records of pupils who are not on the register are left out.
    """
    finder = PupilFinder(db, few=pupil_ids is not None and len(pupil_ids) <= _FEW)
    known = remembered(db, STATED)
    takings, restarts, reasons = [], [], []
    for came in _came(db, pupil_ids):
        # Ignore a row that was altered in the database, so that it stops no pupil's check; exports name it.
        with contextlib.suppress(*_ALTERED):
            about = json.loads(came.detail) if came.detail else {}
            if came.type == "check":
                found = came.found(db, known)
                pupil_id = finder.find(found.check_code, found.device, about, found.id)
                if pupil_id is not None and found.kind == Kind.OFFICIAL and found.check_code:
                    takings.append((pupil_id, _taking(found, came.sha256, sound=came.state != "broken")))
                continue
            content = json.loads(came.body(db))["content"]
            pupil_id = finder.find(None, content["device"], about)
            if pupil_id is not None and came.type == "restart":
                restarts.append((pupil_id, _restart(content, about)))
            elif pupil_id is not None:
                reasons.append((pupil_id, _reason(content, about)))
    return ReceivedFacts(tuple(takings), tuple(restarts), tuple(reasons))


def unmatched_records(db: Database) -> int:
    """How many checks, reasons and restarts are here of whom it is not certain which pupil they are; none erased."""
    finder = PupilFinder(db)
    count = 0
    for came in _came(db, None):
        with contextlib.suppress(*_ALTERED):
            content = json.loads(came.body(db))["content"]
            about = json.loads(came.detail) if came.detail else None
            if about is not None and content.get("kind", Kind.OFFICIAL) == Kind.OFFICIAL:
                code, attempt_id = content.get("check_code"), content["id"]
                count += finder.find(code, content["device"], about, attempt_id) is None
    return count


@dataclass(frozen=True)
class _Came:
    """A record that came in, with its stored proof, if any; its body is read when it is needed."""

    table: str
    record_id: str
    type: str
    state: str
    sha256: str
    detail: str | None
    proven: bytes | None
    found_text: bytes | None

    def found(self, db: Database, known: dict[tuple[str, str], Findings]) -> Findings:
        """The findings of a check's record. No score is read here, so the proof's seal need not be checked."""
        key = self.record_id, self.sha256
        if key in known:
            return known[key]
        body = self.body(db)
        if self.found_text is not None and self.proven == body_hash(body).encode():
            with contextlib.suppress(*_ALTERED):
                known[key] = found_from(self.found_text.decode(), with_answers=False)
                return known[key]
        return stated_in(json.loads(body)["content"])

    def body(self, db: Database) -> bytes:
        """The record's body; empty if the row was removed meanwhile."""
        found = db.execute(_BODY.format(table=self.table), (self.record_id, self.sha256)).fetchone()
        return bytes(found[0]) if found is not None else b""


def _came(db: Database, pupil_ids: Collection[int] | None) -> Iterator[_Came]:
    """Every record that counts or may count, one at a time; unless None, of these pupils and perhaps a few others."""
    for table, states in _COUNTING.items():
        some = {"these": f"({RECORDS_OF.format(table=table)}) as mine cross join ", "which": "came.rowid = mine.rowid"}
        which = some if pupil_ids is not None else {"these": "", "which": "true"}
        query = _CAME.format(table=table, states=states, prover=PROVER, **which)
        values = {"ids": json.dumps(sorted(pupil_ids))} if pupil_ids is not None else {}
        for row in db.execute(query, values):
            yield _Came(table, *row)


def _taking(found: Findings, sha256: str, *, sound: bool) -> OfficialAttempt:
    return OfficialAttempt(
        id=found.id,
        check_code=found.check_code or "",
        kiosk=found.kiosk,
        started_at=instant(found.started_at),
        begun_at=instant(found.begun_at) if found.begun_at is not None else None,
        practised=True,
        outcome=Outcome(found.outcome),
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

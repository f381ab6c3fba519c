"""What the records that came in add to this home's own rows: checks taken elsewhere, reasons and restarts given there.

A record of something that this home has rows of adds nothing but that it arrived. It trusts what was taken in: records
are proven when they come in, and their bytes are held against that proof.
"""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import OfficialAttempt, ReasonRow, RestartRow
from mtc_kiosk.store.db.instants import instant
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.records.finding import PROVER, Findings, body_hash, found_from, said_in
from mtc_kiosk.store.records.pupil_finder import PupilFinder

_CAME = """
    select came.type, came.state, came.sha256, came.detail, came.body,
        cast(proof.body_sha256 as blob), cast(proof.found as blob)
    from {table} as came
    left join proof on proof.record_id = came.record_id and proof.sha256 = came.sha256 and proof.prover = {prover}
    where came.type in ('check', 'reason', 'restart') and came.state in ({states})
        and (:ids is null or {theirs}) order by came.at, came.record_id
"""
_THEIRS = """(
    came.type = 'check' and (proof.found is null
        or proof.check_code in (select check_code from pin where pupil_id in (select value from json_each(:ids)))
        or came.record_id in (select id from attempt where pupil_id in (select value from json_each(:ids))))
    or came.detail is not null and (not json_valid(came.detail)
        or json_extract(came.detail, '$.pupil') in (select value from json_each(:ids))
        or json_extract(came.detail, '$.upn') in (select upn from pupil where id in (select value from json_each(:ids)))
        or upper(json_extract(came.detail, '$.ref'))
            in (select upper(ref) from pupil where id in (select value from json_each(:ids))))
)"""
"""The records that may be of these pupils, and perhaps some more: ``pupil_of`` decides whose each one is."""

_COUNTING = {"inbox": "'taken', 'chosen'", "conflict": "'open', 'chosen', 'broken'"}
"""What counts or may, by table and state (``store.records.rows``)."""

_ALTERED = (ValueError, KeyError, TypeError, AttributeError)
"""What a record's row brings up whose text is no record's any more."""


@dataclass(frozen=True)
class Arrived:
    """What came in, by pupil: of every official check each record that may count, this home's own attempts as well."""

    takings: tuple[tuple[int, OfficialAttempt], ...]
    restarts: tuple[tuple[int, RestartRow], ...]
    reasons: tuple[tuple[int, ReasonRow], ...]


def arrived(db: Database, ids: str | None = None) -> Arrived:
    """What came in about these pupils (a JSON array of ids), about all where None, and perhaps about some others.

    Records of pupils who are not on the register are passed over.
    """
    finder = PupilFinder(db)
    takings, restarts, reasons = [], [], []
    for came in _came(db, ids):
        # A row that was altered in the database says nothing here, and stops nobody's check: exports name it.
        with contextlib.suppress(*_ALTERED):
            about = json.loads(came.detail) if came.detail else {}
            if came.type == "check":
                found = came.found()
                pupil_id = finder.find(found.check_code, found.device, about)
                if pupil_id is not None and found.kind == Kind.OFFICIAL and found.check_code:
                    takings.append((pupil_id, _taking(found, came.sha256, sound=came.state != "broken")))
                continue
            content = json.loads(came.body)["content"]
            pupil_id = finder.find(None, content["device"], about)
            if pupil_id is not None and came.type == "restart":
                restarts.append((pupil_id, _restart(content, about)))
            elif pupil_id is not None:
                reasons.append((pupil_id, _reason(content, about)))
    return Arrived(tuple(takings), tuple(restarts), tuple(reasons))


@dataclass(frozen=True)
class _Came:
    """A record that came in, with what was found in it where its bytes are those that were proven."""

    type: str
    state: str
    sha256: str
    detail: str | None
    body: bytes
    proven: bytes | None
    found_text: bytes | None

    def found(self) -> Findings:
        """What the record of a check says. No score is read here, so the proof's own seal is not asked for."""
        if self.found_text is not None and self.proven == body_hash(self.body).encode():
            with contextlib.suppress(*_ALTERED):
                return found_from(self.found_text.decode(), with_answers=False)
        return said_in(json.loads(self.body)["content"])


def _came(db: Database, ids: str | None) -> Iterator[_Came]:
    """Every record that counts or may, one at a time."""
    for table, states in _COUNTING.items():
        query = _CAME.format(table=table, states=states, prover=PROVER, theirs=_THEIRS)
        for row in db.execute(query, {"ids": ids}):
            yield _Came(*row)


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

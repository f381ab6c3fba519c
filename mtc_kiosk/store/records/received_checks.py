"""The checks that came in, proven and matched with pupils, for deriving results.

The database is a file, and files can be changed. So at every reading a record's bytes must be those that were proven;
otherwise its signature, chain and replay are checked anew. A record that fails is named and never trusted. A program
that runs for long reads the bytes of each record once (``store.records.proofs``). Checks are not marked here, and
``school.rivals`` decides which one counts.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.record.content import Check
from mtc_kiosk.record.detail import NotADetail, detail_from
from mtc_kiosk.record.sealed import NotARecord
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.store.db.opened import Database, remembered
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.records.findings import Findings, body_hash
from mtc_kiosk.store.records.proofs import KNOWN, Proofs
from mtc_kiosk.store.records.prover import found_in
from mtc_kiosk.store.records.pupil_finder import PupilFinder
from mtc_kiosk.store.records.rows import RecordRow, Table, rows_not_known

_DETAILS = "details that are the record's"
"""The subject in the memory of a program: the hash in the signed bytes, and that of the detail's stored text."""

_CHANGED = "Its record was changed in the database after it was received."
COUNTING = {
    Table.INBOX: "type = 'check' and state in ('taken', 'chosen')",
    Table.CONFLICT: "type = 'check' and state in ('open', 'chosen', 'broken')",
}
"""The records that count or may count, each once: not those waiting for their device or passed over by a head."""


def received_checks(db: Database, key: DeviceKey | None = None) -> Iterator[ReceivedCheck]:
    """Every received check that counts or may count, of any kind; for one id, those with a valid proof first.

    ``key`` is the home's key: with it stored proofs are trusted, without it every check is proven anew.
    """
    known = remembered(db, KNOWN) if key is not None else {}
    reading = _Reading(db, PupilFinder(db), Proofs(db, key), known)
    found = [reading.check(row) for table, where in COUNTING.items() for row in rows_not_known(db, table, where, known)]
    counted = Counter(check.id for check in found)
    yield from (check for check in found if counted[check.id] == 1)
    several = (check for check in found if counted[check.id] > 1)
    yield from sorted(several, key=lambda check: (bool(check.fault), check.begun_at or check.started_at))


@dataclass(frozen=True)
class _Reading:
    """One reading of all checks."""

    db: Database
    finder: PupilFinder
    proofs: Proofs
    known: dict[Any, Findings]

    def check(self, row: RecordRow) -> ReceivedCheck:
        """The check of a row; of one that is known the body was not read."""
        found = self._found(row)
        if found is None:
            return _unreadable(self.db, row)
        try:
            about = self._about(row, found)
        except NotADetail:
            return _unreadable(self.db, row)
        return _received(row, found, self.finder.find(found.check_code, found.device, about, found.id))

    def _about(self, row: RecordRow, found: Findings) -> dict[str, Any]:
        """The detail; one that was found to be the record's is only read, and its text is not kept."""
        matched = remembered(self.db, _DETAILS)
        key = found.detail, body_hash((row.detail or "").encode())
        about = json.loads(row.detail) if row.detail and key in matched else detail_of(row, found)
        matched[key] = True
        return dict(about)

    def _found(self, row: RecordRow) -> Findings | None:
        key = row.record_id, row.sha256
        found = self.known.get(key) or self.proofs.of(row) or _proven(row)
        if found is not None:
            self.known[key] = found
        return found


def _received(row: RecordRow, found: Findings, pupil_id: int | None) -> ReceivedCheck:
    return ReceivedCheck(
        id=found.id,
        pupil_id=pupil_id,
        kind=Kind(found.kind),
        check_code=found.check_code or "",
        kiosk=found.kiosk,
        started_at=instant(found.started_at),
        begun_at=instant(found.begun_at) if found.begun_at is not None else None,
        finished_at=instant(found.finished_at),
        outcome=Outcome(found.outcome),
        answers=found.answers,
        voids=found.voids,
        changed_rules=found.changed_rules,
        fault=found.fault,
        record=row.sha256,
    )


def _proven(row: RecordRow) -> Findings | None:
    """Prove a record now; None if it was changed in the database."""
    try:
        sealed = row.sealed()
    except NotARecord:
        return None
    content = sealed.content
    if not isinstance(content, Check) or (content.id, sealed.sha256) != (row.record_id, row.sha256):
        return None
    return found_in(content)


def detail_of(row: RecordRow, found: Findings) -> dict[str, Any]:
    """The detail, which identifies the pupil; empty once erased. NotADetail if it is another record's."""
    if not row.detail:
        return {}
    detail = detail_from(row.detail.encode())
    if detail.digest != found.detail:
        raise NotADetail("These are the details of another record.")
    return detail.model_dump()


def _unreadable(db: Database, row: RecordRow) -> ReceivedCheck:
    """A check of which only the id can be trusted. If the attempt is this home's own, its row gives the pupil."""
    query = "select pupil_id, kind, check_code, kiosk from attempt where id = ?"
    pupil_id, kind, code, kiosk = db.execute(query, (row.record_id,)).fetchone() or (None, Kind.OFFICIAL, None, "")
    at = datetime.fromisoformat(row.at)
    return ReceivedCheck(
        id=row.record_id,
        pupil_id=pupil_id,
        kind=Kind(kind),
        check_code=code or "",
        kiosk=kiosk,
        started_at=at,
        begun_at=None,
        finished_at=at,
        outcome=Outcome.STOPPED,
        fault=_CHANGED,
        record=row.sha256,
    )

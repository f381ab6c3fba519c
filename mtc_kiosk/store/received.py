"""The checks that came in, as results are derived from them: proven anew, with the pupil they are of.

The database is a file, and files can be changed, so each record's signature, chain and replay are tried at every
reading; a record that fails is named and never believed. It marks nothing, and does not say which check counts.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from mtc_kiosk.check.facts import Answered, AnsweredBy, Outcome
from mtc_kiosk.record.content import Check
from mtc_kiosk.record.sealed import NotARecord
from mtc_kiosk.store.proof import NotProven, prove
from mtc_kiosk.store.pupil_of import PupilFinder
from mtc_kiosk.store.record_rows import RecordRow, Table, rows

_CHANGED = "Its record was changed in the database after it came in."
_SPOILT = (AnsweredBy.VOID, AnsweredBy.FORFEIT)
_COUNTING = {
    Table.INBOX: "type = 'check' and state in ('taken', 'chosen')",
    Table.CONFLICT: "type = 'check' and state in ('open', 'chosen', 'broken')",
}
"""What counts or may: not what waits for its device, not what a head passed over, nothing twice."""


@dataclass(frozen=True)
class ReceivedCheck:
    """A check that came in. ``fault`` says why it cannot be believed, "" where it can; then nothing else of it holds.

    ``record`` is the SHA-256 of its record.
    ``pupil_id`` is None where the register has no such pupil. ``begun_at`` is its first real pause, None where it never
    got so far; ``answers`` are those that count, by number; ``voids`` is how many questions were spoilt.
    """

    id: str
    pupil_id: int | None
    kind: str
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


def received_checks(db: sqlite_utils.Database) -> Iterator[ReceivedCheck]:
    """Every check that came in and counts, or may, whatever its kind; of one id, the one that counts comes first.

    It takes some 30 ms a check: a snapshot of the database is the place to read from.
    """
    finder = PupilFinder(db)
    found = [row for table, where in _COUNTING.items() for row in rows(db, table, where)]
    counted = Counter(row.record_id for row in found)
    for row in found:
        if counted[row.record_id] == 1:
            yield _received(db, finder, row)
    several = [_received(db, finder, row) for row in found if counted[row.record_id] > 1]
    yield from sorted(several, key=lambda check: (bool(check.fault), check.begun_at or check.started_at))


def _received(db: sqlite_utils.Database, finder: PupilFinder, row: RecordRow) -> ReceivedCheck:
    try:
        sealed = row.sealed()
    except NotARecord:
        return _unreadable(db, row)
    content = sealed.content
    if not isinstance(content, Check) or (content.id, sealed.sha256) != (row.record_id, row.sha256):
        return _unreadable(db, row)
    try:
        proven, fault = prove(content), ""
    except NotProven as problem:
        proven, fault = None, str(problem)
    facts = proven.facts if proven is not None else ()
    return ReceivedCheck(
        id=content.id,
        pupil_id=finder.pupil_of(content, sealed.detail),
        kind=content.kind,
        check_code=content.check_code or "",
        kiosk=content.kiosk,
        started_at=datetime.fromisoformat(content.started_at),
        begun_at=datetime.fromisoformat(content.begun_at) if content.begun_at is not None else None,
        finished_at=datetime.fromisoformat(content.at),
        outcome=Outcome(content.outcome),
        answers=proven.answers if proven is not None else (),
        voids=sum(isinstance(fact, Answered) and fact.by in _SPOILT for fact in facts),
        changed_rules=proven is not None and proven.settings.changed_rules,
        fault=fault,
        record=row.sha256,
    )


def _unreadable(db: sqlite_utils.Database, row: RecordRow) -> ReceivedCheck:
    """A check of which only the id can be believed; whose it is may stand in the attempt's own row."""
    query = "select pupil_id, kind, check_code, kiosk from attempt where id = ?"
    pupil_id, kind, code, kiosk = db.execute(query, (row.record_id,)).fetchone() or (None, "official", None, "")
    at = datetime.fromisoformat(row.at)
    return ReceivedCheck(
        id=row.record_id,
        pupil_id=pupil_id,
        kind=kind,
        check_code=code or "",
        kiosk=kiosk,
        started_at=at,
        begun_at=None,
        finished_at=at,
        outcome=Outcome.STOPPED,
        fault=_CHANGED,
        record=row.sha256,
    )

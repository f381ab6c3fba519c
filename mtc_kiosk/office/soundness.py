"""What is wrong with the rows of a database whose file is whole: journals, records, references.

None of it keeps a backup from being made or restored: the rest is good, and results leave such a check out already.
"""

import sqlite3

from mtc_kiosk.office.progress import Progress, no_progress
from mtc_kiosk.record.sealed import is_signed_as
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.copies import tables_with_loose_rows
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.sqlite_faults import OddRow
from mtc_kiosk.store.journal.attempts import first_broken, is_as_written
from mtc_kiosk.store.records.rows import Table, rows

_ATTEMPTS = "select cast(id as text) from attempt order by started_at, id"
_COUNTS = {
    "pupils": "select count(*) from pupil",
    "sessions": "select count(*) from session",
    "attempts": "select count(*) from attempt",
    "not_ended": "select count(*) from attempt where outcome is null",
    "records": "select count(*) from (select record_id from inbox union select record_id from conflict"
    " union select record_id from outbox)",
    "reasons": "select count(*) from reason",
    "restarts": "select count(*) from restart",
}


def counts_of(db: Database) -> dict[str, int]:
    """Counts of what a school would miss; no names."""
    return {name: int(db.execute(query).fetchone()[0]) for name, query in _COUNTS.items()}


def remarks_on(db: Database, progress: Progress = no_progress) -> tuple[str, ...]:
    """A sentence for each kind of fault in the rows; empty if there is none."""
    attempts = [row[0] for row in db.execute(_ATTEMPTS).fetchall()]
    journals = sum(_is_broken(db, attempt_id) for attempt_id in progress(attempts, "Journals"))
    records = sum(_broken_records(db, table) for table in Table)
    remarks = []
    if journals:
        remarks.append(
            f"Damaged, or changed by hand: the journals of {counted(journals, 'check')}. They are kept as they are."
        )
    if records:
        remarks.append(f"Damaged, or changed by hand: {counted(records, 'record')}. They are kept as they are.")
    if loose := tables_with_loose_rows(db):
        remarks.append(
            f"Rows of the database refer to others that are missing, in: {', '.join(loose)}. They are kept as they are."
        )
    return tuple(remarks)


def _is_broken(db: Database, attempt_id: str) -> bool:
    try:
        return not is_as_written(db, attempt_id) and first_broken(db, attempt_id) is not None
    except (OddRow, sqlite3.DatabaseError, ValueError, TypeError):
        return True


def _broken_records(db: Database, table: Table) -> int:
    """The records whose bytes are not those that were signed. They are not parsed: whoever reads one proves it."""
    broken = 0
    for record_id, sha256 in db.execute(f"select record_id, sha256 from {table}").fetchall():  # noqa: S608 - ours
        try:
            found = rows(db, table, "record_id = ? and sha256 = ?", (record_id, sha256))
            broken += not all(is_signed_as(row.body, sha256) for row in found)
        except OddRow:
            broken += 1
    return broken

"""The rows of ``outbox``, ``inbox`` and ``conflict``: three tables of one shape; the state says what became of it."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from mtc_kiosk.record.sealed import Sealed, read_body, with_detail
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import made

COLUMNS = "record_id, type, sha256, body, detail, state, at, tries, said"


class Table(StrEnum):
    """The tables for records."""

    OUTBOX = "outbox"
    INBOX = "inbox"
    CONFLICT = "conflict"


class State(StrEnum):
    """The state of a stored record."""

    WAITING = "waiting"  # outbox: not delivered everywhere yet; conflict: its device is not accepted
    DELIVERED = "delivered"  # outbox: delivered everywhere
    TAKEN = "taken"  # inbox: it came in, and may count; conflict: it waited, and is in inbox now
    OPEN = "open"  # conflict: there is another for the same id or check code, and no head has chosen yet
    CHOSEN = "chosen"  # a head chose it
    PASSED_OVER = "passed_over"  # a head chose the other
    BROKEN = "broken"  # conflict: its proof fails


@dataclass(frozen=True)
class RecordRow:
    """One row. ``detail`` is None once it is erased; ``at`` is when the record came into this table."""

    record_id: str
    type: str
    sha256: str
    body: bytes
    detail: str | None
    state: State
    at: str
    tries: int = 0
    said: str | None = None

    @classmethod
    def of(cls, sealed: Sealed, state: State, at: str, said: str | None = None) -> "RecordRow":
        """The row for a record."""
        detail = sealed.detail.to_bytes().decode() if sealed.detail is not None else None
        content = sealed.content
        return cls(content.id, content.type, sealed.sha256, sealed.body, detail, state, at, 0, said)

    def sealed(self) -> Sealed:
        """The record again; NotARecord if the row was altered."""
        return with_detail(read_body(self.body), (self.detail or "").encode())


def insert(db: Database, table: Table, row: RecordRow) -> None:
    """Insert a record that the table does not have."""
    values = (row.record_id, row.type, row.sha256, row.body, row.detail, str(row.state), row.at, row.tries, row.said)
    db.execute(f"insert into {table} ({COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - ours


def rows(db: Database, table: Table, where: str = "true", values: tuple[Any, ...] = ()) -> Iterator[RecordRow]:
    """The rows that meet a condition, in the order of arrival, fetched one at a time."""
    query = f"select {COLUMNS} from {table} where {where} order by at, record_id, sha256"  # noqa: S608 - all ours
    for row in db.execute(query, values):
        yield made(db, table, row, _record_row)


def rows_not_known(db: Database, table: Table, where: str, known: Container[tuple[str, str]]) -> Iterator[RecordRow]:
    """The same, but without ``tries`` and ``said``, and without the body of a record that is ``known`` by its id and
    SHA-256: most of a row is its body, and the rest is in an index (``store.db.record_indexes.LISTED``)."""
    columns = COLUMNS.replace("body", "x''").replace("tries, said", "0, ''")
    query = f"select {columns} from {table} where {where} order by at, record_id, sha256"  # noqa: S608 - all ours
    body = f"select body from {table} where record_id = ? and sha256 = ?"  # noqa: S608 - ours
    for values in db.execute(query).fetchall():
        row = made(db, table, values, _record_row)
        key = row.record_id, row.sha256
        if key in known:
            yield row
            continue
        for (found,) in db.execute(body, key).fetchall():  # none where it was removed meanwhile
            yield replace(row, body=found)


def _record_row(
    record_id: str,
    kind: str,
    sha256: str,
    body: bytes,
    detail: str | None,
    state: str,
    at: str,
    tries: int,
    said: str | None,
) -> RecordRow:
    return RecordRow(record_id, kind, sha256, body, detail, State(state), at, tries, said)


def set_state(db: Database, table: Table, row: RecordRow) -> None:
    """Store the columns ``state`` and ``said`` of ``row``."""
    query = f"update {table} set state = ?, said = ? where record_id = ? and sha256 = ?"  # noqa: S608 - ours
    db.execute(query, (str(row.state), row.said, row.record_id, row.sha256))

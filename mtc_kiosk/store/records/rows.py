"""The rows of ``outbox``, ``inbox`` and ``conflict``: one shape, three tables; what has become of one is its state.

It knows how a record is kept, not which of the three it belongs in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mtc_kiosk.record.sealed import Sealed, read_body, with_detail
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import made

COLUMNS = "record_id, type, sha256, body, detail, state, at, tries, said"


class Table(StrEnum):
    """Where a record may be kept."""

    OUTBOX = "outbox"
    INBOX = "inbox"
    CONFLICT = "conflict"


class State(StrEnum):
    """The state of a kept record."""

    WAITING = "waiting"  # outbox: it is not everywhere yet; conflict: its device is not accepted
    DELIVERED = "delivered"  # outbox: it is everywhere it should be
    TAKEN = "taken"  # inbox: it came in, and may count; conflict: it waited there, and is in inbox now
    OPEN = "open"  # conflict: there is another for the same, and no head has looked yet
    CHOSEN = "chosen"  # a head said that it counts, and not the other
    PASSED_OVER = "passed_over"  # a head said that the other counts
    BROKEN = "broken"  # conflict: its journal does not prove it


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
        """The row that keeps a record."""
        detail = sealed.detail.to_bytes().decode() if sealed.detail is not None else None
        content = sealed.content
        return cls(content.id, content.type, sealed.sha256, sealed.body, detail, state, at, 0, said)

    def sealed(self) -> Sealed:
        """The record again; NotARecord where the row was tampered with."""
        return with_detail(read_body(self.body), (self.detail or "").encode())


def insert(db: Database, table: Table, row: RecordRow) -> None:
    """Keep a record that the table does not have."""
    values = (row.record_id, row.type, row.sha256, row.body, row.detail, str(row.state), row.at, row.tries, row.said)
    db.execute(f"insert into {table} ({COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608 - ours


def rows(db: Database, table: Table, where: str = "true", values: tuple[Any, ...] = ()) -> Iterator[RecordRow]:
    """The rows that fulfil a condition, in the order they came; fetched one at a time."""
    query = f"select {COLUMNS} from {table} where {where} order by at, record_id, sha256"  # noqa: S608 - all ours
    for row in db.execute(query, values):
        yield made(db, table, row, _record_row)


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
    """Keep the state of a record, and what was said of it, as ``row`` now has them."""
    query = f"update {table} set state = ?, said = ? where record_id = ? and sha256 = ?"  # noqa: S608 - ours
    db.execute(query, (str(row.state), row.said, row.record_id, row.sha256))

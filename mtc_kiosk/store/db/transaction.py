"""One change to the school half of the database: a transaction with its audit row."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mtc_kiosk.record.canonical import canonical
from mtc_kiosk.store.db.opened import Database

_AUDIT = "insert into audit (at, account, action, subject, before, after) values (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class AuditStamp:
    """Who acts and when: ``at`` is UTC ISO 8601, ``account`` such as ``cli`` or ``kiosk:hall-1``."""

    at: str
    account: str


@contextlib.contextmanager
def change(db: Database) -> Iterator[None]:
    """A transaction with the write lock from its first statement: all of it reaches the disk, or nothing.

    sqlite3.OperationalError if another program keeps the lock for longer than a second.
    """
    was_within = db.conn.in_transaction
    try:
        db.execute("begin immediate")
    except BaseException:
        if not was_within:  # a statement that was interrupted may have begun it all the same
            _roll_back(db)
        raise
    try:
        yield
        db.execute("commit")
    except BaseException:
        _roll_back(db)
        raise


def _roll_back(db: Database) -> None:
    """Take back what was changed; twice, as what interrupted the change may interrupt this too."""
    try:
        db.rollback()
    except sqlite3.OperationalError:
        if db.conn.in_transaction:
            db.rollback()


def audit(
    db: Database,
    stamp: AuditStamp,
    action: str,
    subject: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add the audit row of an action, within its transaction. ``before`` and ``after`` never name a person."""
    db.execute(_AUDIT, audit_row(stamp, action, subject, before=before, after=after))


def audit_row(
    stamp: AuditStamp,
    action: str,
    subject: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> tuple[object, ...]:
    """One row of the audit; if there are many, make them before the transaction."""
    return (stamp.at, stamp.account, action, subject, _text(before), _text(after))


def audit_rows(db: Database, rows: Iterable[tuple[object, ...]]) -> None:
    """Add rows made by ``audit_row``, within the transaction of the actions they describe."""
    db.conn.executemany(_AUDIT, rows)


def _text(values: Mapping[str, Any] | None) -> str | None:
    return canonical(dict(values)).decode() if values is not None else None

"""Rows of the database as the program's own types. A row that is not what this program wrote is named, never shown.

This is where rows are read: what a damaged row brings up while it is turned into a type becomes one sentence here, so
that no caller needs to know how a date, a choice or a piece of JSON says that it cannot be read.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from mtc_kiosk.store.db.odd_row import OddRow
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.watched import WatchedConnection

ODD = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What values of a wrong kind bring up: no date, no choice, no JSON, JSON of another shape or far too deep."""

Made = TypeVar("Made")


def read(
    db: Database,
    table: str,
    query: str,
    values: Sequence[Any] | dict[str, Any],
    make: Callable[..., Made],
    *,
    key: int = 0,
) -> list[Made]:
    """``make`` of the columns of each row. OddRow names the table, and the row by its column ``key``."""
    return [made(db, table, row, make, key=key) for row in db.execute(query, values).fetchall()]


def made(db: Database, table: str, row: Sequence[Any], make: Callable[..., Made], *, key: int = 0) -> Made:
    """``make`` of the columns of one row, for what is fetched one at a time."""
    try:
        return make(*row)
    except OddRow:
        raise  # of another table, on which this row depends
    except ODD as problem:
        raise odd_row(db, table, row[key]) from problem


def odd_row(db: Database, table: str, row: object = None) -> OddRow:
    """The refusal of a row, to be raised; the next start looks through the whole file."""
    if isinstance(db.conn, WatchedConnection):
        db.conn.doubt()
    return OddRow(table, row)

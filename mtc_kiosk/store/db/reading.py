"""Read rows into the program's own types. An error names a bad row and never shows its values.

All rows are read here. Whatever a damaged row raises while it is converted becomes one sentence, so that no caller
needs to know how a date, a choice or a piece of JSON fails.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.sqlite_faults import OddRow
from mtc_kiosk.store.db.watched import WatchedConnection

ODD = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What values of a wrong kind raise: not a date, not a choice, not JSON, JSON of another shape or nested too deeply."""

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
    """Call ``make`` with the columns of each row. OddRow names the table, and the row by its column ``key``."""
    return [made(db, table, row, make, key=key) for row in db.execute(query, values).fetchall()]


def made(db: Database, table: str, row: Sequence[Any], make: Callable[..., Made], *, key: int = 0) -> Made:
    """Call ``make`` with the columns of one row, for rows fetched one at a time."""
    try:
        return make(*row)
    except OddRow:
        raise  # about a row of another table, on which this row depends
    except ODD as problem:
        raise odd_row(db, table, row[key]) from problem


def odd_row(db: Database, table: str, row: object = None) -> OddRow:
    """The error for a bad row, to be raised by the caller; the next start checks the whole file."""
    if isinstance(db.conn, WatchedConnection):
        db.conn.doubt()
    return OddRow(table, row)

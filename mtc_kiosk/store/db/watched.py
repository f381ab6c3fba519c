"""A connection that notices damage in any read or write: it marks the file and names the table.

A text that is not valid UTF-8 becomes an ``OddRow`` here: SQLite's own message would contain the value.
"""

import re
import sqlite3
from collections.abc import Callable
from typing import Any, Self

from mtc_kiosk.store.db.sqlite_faults import DamagedTable, Fault, OddRow, fault_of

_TABLE = re.compile(r"\b(?:from|join|into|update)\s+(\w+)", re.IGNORECASE)
_ODD_TEXT = ("Could not decode to UTF-8", "malformed JSON")
_PERHAPS_DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)


class WatchedConnection(sqlite3.Connection):
    """A connection that calls ``doubt`` on damage, which marks the file so that the next start checks it."""

    doubt: Callable[[], None] = staticmethod(lambda: None)

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        """Execute one statement on a watched cursor."""
        return self.cursor(_WatchedCursor).execute(sql, parameters)


class _WatchedCursor(sqlite3.Cursor):
    connection: WatchedConnection
    _sql = ""

    def execute(self, sql: str, parameters: Any = ()) -> Self:
        self._sql = sql
        try:
            super().execute(sql, parameters)
        except _PERHAPS_DAMAGE as problem:
            self._judge(problem)
            raise
        return self

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except _PERHAPS_DAMAGE as problem:
            self._judge(problem)
            raise

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except _PERHAPS_DAMAGE as problem:
            self._judge(problem)
            raise

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except _PERHAPS_DAMAGE as problem:
            self._judge(problem)
            raise

    def _judge(self, problem: Exception) -> None:
        """If the problem is damage, mark the file and name the table instead of the value; else let it pass."""
        odd = isinstance(problem, UnicodeDecodeError) or str(problem).startswith(_ODD_TEXT)
        if not odd and fault_of(problem) is not Fault.DAMAGED:
            return
        self.connection.doubt()
        tables = " or ".join(dict.fromkeys(_TABLE.findall(self._sql)))
        if odd:
            raise OddRow(tables or "sqlite_schema") from None
        if tables:
            raise DamagedTable(tables, problem) from problem

"""An opened database: a plain connection at once, and sqlite-utils behind it once something needs the library.

Importing sqlite-utils takes a tenth of a second, for which a kiosk's first screen need not wait. That screen, and each
key of a check, needs only the connection. Everything else is the library's, on the same connection.
"""

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database
else:
    Database = object  # enough for an annotation

__all__ = ["Database", "OpenedDatabase"]


class OpenedDatabase(Database):
    """The library's ``Database``, on a connection on which transactions are begun and ended by hand."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.conn = connection
        connection.execute("pragma recursive_triggers = on")  # as the library sets it

    def execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> sqlite3.Cursor:
        """Execute one statement."""
        return self.conn.execute(sql) if parameters is None else self.conn.execute(sql, parameters)

    def commit(self) -> None:
        """End the transaction, if there is one."""
        if self.conn.in_transaction:
            self.conn.execute("commit")

    def rollback(self) -> None:
        """Undo the transaction, if there is one."""
        if self.conn.in_transaction:
            self.conn.execute("rollback")

    def close(self) -> None:
        """Close the connection."""
        self.conn.close()

    @cached_property
    def library(self) -> Database:
        """The library's own object on this connection. No plugin of another package is loaded."""
        import sqlite_utils  # noqa: PLC0415 - the first screen does not wait for it

        return sqlite_utils.Database(self.conn, strict=True, execute_plugins=False)

    def __getitem__(self, name: str) -> Any:
        return self.library[name]

    def __getattr__(self, name: str) -> Any:
        if name == "conn":  # not opened
            raise AttributeError(name)
        return getattr(self.library, name)

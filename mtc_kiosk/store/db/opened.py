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

__all__ = ["Database", "Memory", "OpenedDatabase", "memory_of", "remembered"]

Memory = dict[str, dict[Any, Any]]
"""What a program that runs for long keeps of rows that never change: a subject, then key and value."""


class OpenedDatabase(Database):
    """The library's ``Database``, on a connection on which transactions are begun and ended by hand.

    ``remembers`` is shared by the connections of a program that runs for long, such as a console; None keeps nothing.
    """

    def __init__(self, connection: sqlite3.Connection, memory: Memory | None = None) -> None:
        self.conn, self.remembers = connection, memory
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


def memory_of(db: Database) -> Memory | None:
    """What this connection's program keeps of rows that never change; None if it keeps nothing."""
    return db.remembers if isinstance(db, OpenedDatabase) else None


def remembered(db: Database, subject: str) -> dict[Any, Any]:
    """What is kept of one subject, to look up and to add to; without a memory an empty one, which is not kept."""
    memory = memory_of(db)
    return memory.setdefault(subject, {}) if memory is not None else {}

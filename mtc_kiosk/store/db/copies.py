"""Copies of a whole database: out of a home while a kiosk writes to it, and into a home in one transaction.

Both use SQLite's own backup interface. The way out reads one unchanging state in small steps and takes no write lock.
The way in is one transaction of the log, so that a process that dies leaves the database as it was; other connections
find the new content at their next statement.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.database import connect, library_of_migrations, snapshot
from mtc_kiosk.store.db.migration_names import NAMES, applied
from mtc_kiosk.store.db.opened import Database, OpenedDatabase
from mtc_kiosk.store.db.sqlite_faults import Fault, fault_of
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.db.watched import WatchedConnection

PAGES = 64
"""How many pages are copied in one step: 256 kB."""

_WITHOUT_LOG = bytes((1, 1))
"""Bytes 18 and 19 of a database that has no log beside it."""

_OURS = "select type, name, case when type = 'table' then null else sql end from sqlite_schema order by 1, 2"
_FOREIGN = 10


class DamagedCopy(ValueError):
    """The bytes are not a database, or a damaged one, or not one of this program's."""


class NewerCopy(ValueError):
    """The database has the shape of a newer program."""


def copied(path: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> bytes:
    """The database at this path as it is at this moment, as bytes; ``progress`` gets pages done and pages in all."""
    with snapshot(path) as db:
        return copied_from(db, progress)


def copied_from(db: Database, progress: Callable[[int, int], None] = lambda done, total: None) -> bytes:
    """The same from an open connection, which reads one unchanging state."""
    db.execute("select count(*) from sqlite_schema").fetchone()  # from here on the state stays the same
    into = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.conn.backup(into, pages=PAGES, progress=lambda _, left, total: progress(total - left, total))
        content = into.serialize()
    finally:
        into.close()
    return content[:18] + _WITHOUT_LOG + content[20:]


def opened_copy(content: bytes) -> Database:
    """A database of these bytes, in memory; DamagedCopy."""
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=WatchedConnection)
    try:
        connection.deserialize(content)
        for pragma in ("cell_size_check = on", "foreign_keys = on"):
            connection.execute(f"pragma {pragma}")
        connection.execute("select count(*) from sqlite_schema").fetchone()
    except (sqlite3.Error, OverflowError) as problem:
        connection.close()
        raise DamagedCopy("This is not a database.") from problem
    return OpenedDatabase(connection)


def is_whole(db: Database) -> bool:
    """Whether the whole file can be read and its indexes fit (``PRAGMA integrity_check``)."""
    try:
        return damage.is_whole_with(db.conn, "integrity_check")
    except sqlite3.DatabaseError:
        return False


def with_new_indexes(db: Database) -> bool:
    """Make all indexes anew from their tables; whether the database is whole then. sqlite3.Error."""
    try:
        db.execute("reindex")
    except sqlite3.DatabaseError as problem:
        if isinstance(problem, sqlite3.IntegrityError) or fault_of(problem) is Fault.DAMAGED:
            return False
        raise
    return is_whole(db)


def tables_with_loose_rows(db: Database) -> tuple[str, ...]:
    """The tables with a row that refers to a row that is not there."""
    found = db.execute("pragma foreign_key_check").fetchmany(_FOREIGN)
    return tuple(dict.fromkeys(str(row[0]) for row in found))


def bring_up_to_date(db: Database) -> None:
    """Migrate a copy; NewerCopy, or DamagedCopy if its tables are not those of this program."""
    try:
        there = applied(db)
        if there - NAMES:
            raise NewerCopy("The database has the shape of a newer program.")
        if there and there != NAMES:
            with change(db):
                library_of_migrations().apply(db)
        shape = _shape(db)
    except sqlite3.Error as problem:
        raise DamagedCopy("This is not a database of this program.") from problem
    if not there or shape != _new_shape():
        raise DamagedCopy("This is not a database of this program.")


def _new_shape() -> list[tuple[str, ...]]:
    new = OpenedDatabase(sqlite3.connect(":memory:", isolation_level=None))
    try:
        library_of_migrations().apply(new)
        return _shape(new)
    finally:
        new.close()


def _shape(db: Database) -> list[tuple[str, ...]]:
    """Every table by name and columns, and every trigger, view and index as it was written."""
    found = [tuple(row) for row in db.execute(_OURS).fetchall()]
    columns = "select m.name, c.name, c.type from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table'"
    return found + sorted(tuple(row) for row in db.execute(columns).fetchall())


def copy_into(source: Database, path: Path, look: Callable[[Database], None]) -> None:
    """Replace all that is in the database at this path, in one transaction.

    ``look`` is called with another connection once no other program can write: whatever it raises leaves everything as
    it was. sqlite3.OperationalError where another program keeps the database to itself.
    """
    into, watching = connect(path), connect(path)
    looked = False

    def step(status: int, *_: int) -> None:
        nonlocal looked
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # after the busy timeout
            locked = sqlite3.OperationalError("database is locked")
            locked.sqlite_errorcode = status
            raise locked
        if not looked:
            looked = True
            look(watching)

    try:
        (pages,) = source.execute("pragma page_count").fetchone()
        # The last step commits, so there are two at least: ``look`` comes between them.
        source.conn.backup(into.conn, pages=max(1, min(PAGES, pages - 1)), progress=step)
    finally:
        watching.close()
        into.close()

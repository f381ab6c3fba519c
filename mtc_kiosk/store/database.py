"""Opens the home's one SQLite file: durable, checked, migrated. Every connection of the program is made here."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils

from mtc_kiosk.store.home import Home
from mtc_kiosk.store.lock import running_kiosks
from mtc_kiosk.store.migrations import migrations

BUSY_TIMEOUT_S = 1.0


class DatabaseRefused(RuntimeError):
    """The database cannot be used as it is; the message is a sentence for a person."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection on which a commit is on the disk when it returns: WAL, FULL, foreign keys, 1 s for a busy file."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    for pragma in (
        "journal_mode = wal",
        "synchronous = full",
        "fullfsync = on",  # macOS alone heeds it: without it a flush stops in the drive's own memory
        "checkpoint_fullfsync = on",
        "foreign_keys = on",
    ):
        connection.execute(f"pragma {pragma}")
    return connection


def open_database(home: Home, *, as_kiosk: str | None = None) -> sqlite_utils.Database:
    """The home's database, whole and in the newest shape. DatabaseRefused where it cannot be.

    A damaged file is set aside under another name, never removed. A shape is changed only while no other kiosk of the
    home runs; ``as_kiosk`` is the name of the one that asks, whose own lock does not stand in its way.
    """
    _set_aside_if_damaged(home.database)
    db = sqlite_utils.Database(connect(home.database))
    known = {migration.name for migration in migrations.pending(db)} | {m.name for m in migrations.applied(db)}
    mine = {migration.name for migration in migrations.pending(sqlite_utils.Database(memory=True))}
    if known - mine:
        db.close()
        raise DatabaseRefused("This home was last used by a newer mtc_kiosk; install that version again.")
    if list(migrations.pending(db)):
        others = [name for name in running_kiosks(home) if name != as_kiosk]
        if others:
            db.close()
            raise DatabaseRefused(f"The database needs a new shape; close the kiosk {', '.join(others)} first.")
        migrations.apply(db)
    return db


def _set_aside_if_damaged(path: Path) -> None:
    if not path.exists() or path.stat().st_size == 0:
        return
    try:
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)
        try:
            (verdict,) = connection.execute("pragma quick_check(1)").fetchone()
        finally:
            connection.close()
    except sqlite3.OperationalError as problem:
        raise DatabaseRefused(f"The database {path} cannot be opened: {problem}.") from problem
    except sqlite3.DatabaseError:
        verdict = "not a database"
    if verdict == "ok":
        return
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    raise DatabaseRefused(
        f"The database was damaged and is set aside as {aside.name}; start again to go on with a new one."
    )

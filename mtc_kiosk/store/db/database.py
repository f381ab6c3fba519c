"""Opens the home's one SQLite file: durable, checked, migrated. Every connection of the program is made here."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mtc_kiosk.plain_file import why
from mtc_kiosk.shown_text import printable
from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.migration_names import NAMES, applied
from mtc_kiosk.store.db.opened import Database, Memory, OpenedDatabase
from mtc_kiosk.store.db.sqlite_faults import Fault, OddRow, fault_of, sentence
from mtc_kiosk.store.db.watched import WatchedConnection
from mtc_kiosk.store.home.begun import DATABASE, begun, forget, note_begun
from mtc_kiosk.store.home.files import make_private
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosks_in_words, running_kiosks

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

BUSY_TIMEOUT_S = 1.0
BETWEEN_TRIES_S = 0.02

DURABLE = (
    "synchronous = full",
    "fullfsync = on",  # for macOS: without it a flush stops in the drive's own memory
    "checkpoint_fullfsync = on",
    "foreign_keys = on",
)
"""The settings of every connection, so that a commit is on the disk when it returns."""


_PARTS = ("-wal", "-shm", ".suspect")


class DatabaseRefused(RuntimeError):
    """The database cannot be used as it is; the message is a sentence for a person."""


def connect(path: Path, *, only_look: bool = False, memory: Memory | None = None) -> Database:
    """Connect so that a commit is on the disk when it returns; waits 1 s for a busy file, and creates none.

    Transactions are begun and ended by hand. No plugin of another package is loaded. Damage leaves a mark beside the
    file, except with ``only_look``: for a file that may be another program's.
    """
    give_up_at = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            return _connect(path, only_look=only_look, memory=memory)
        except sqlite3.OperationalError as problem:
            # While another connection makes or removes the log, SQLite says "busy" without waiting.
            if fault_of(problem) is not Fault.BUSY or time.monotonic() >= give_up_at:
                raise
        time.sleep(BETWEEN_TRIES_S)


def _connect(path: Path, *, only_look: bool, memory: Memory | None) -> Database:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        factory=WatchedConnection,
    )
    if not only_look:
        connection.doubt = lambda: damage.suspect(path)
    try:
        (mode,) = connection.execute("pragma journal_mode = wal").fetchone()
        if mode != "wal":
            raise sqlite3.OperationalError(f"this place allows no write-ahead log, only {mode}")
        for pragma in DURABLE:
            connection.execute(f"pragma {pragma}")
        return OpenedDatabase(connection, memory)
    except BaseException:
        connection.close()
        raise


@contextlib.contextmanager
def snapshot(path: Path, *, only_look: bool = False, memory: Memory | None = None) -> Iterator[Database]:
    """The database as it is at the first read, whatever is written meanwhile; it blocks no writer."""
    db = connect(path, only_look=only_look, memory=memory)
    try:
        db.execute("pragma query_only = on")
        db.execute("begin")
        yield db
    finally:
        db.close()


def open_database(home: Home, *, as_kiosk: str | None = None, memory: Memory | None = None) -> Database:
    """Open the home's database, whole and in the newest shape; DatabaseRefused if that cannot be done.

    A damaged file is set aside under another name, never deleted. That and migrations are done only while no other
    kiosk of the home runs; ``as_kiosk`` is the name of the kiosk that asks, and it must have its own lock.
    """
    path = home.database
    try:
        if _is_damaged(home, as_kiosk):
            raise DatabaseRefused(_set_aside(home, as_kiosk))
        had = DATABASE in (begun(home.root) or ())
        if had and not (path.exists() and path.stat().st_size):
            raise DatabaseRefused(gone(home))
        make_private(path)
        db = connect(path, memory=memory)
        try:
            _bring_up_to_date(db, home, as_kiosk, had=had)
        except BaseException:
            db.close()
            raise
        with contextlib.suppress(OSError):  # a full disk must not stop a kiosk from starting
            note_begun(home.root, (DATABASE,))
    except (sqlite3.Error, OSError) as problem:
        if fault_of(problem) is Fault.DAMAGED:
            raise DatabaseRefused(_set_aside(home, as_kiosk)) from problem
        raise DatabaseRefused(f"The database {path} cannot be opened. {sentence(problem)}") from problem
    return db


def gone(home: Home) -> str:
    """A sentence about a database that the home had and has lost, naming files beside it that may be the lost one."""
    folder = home.root
    names = sorted(path.name for path in folder.glob("*mtc*") if path.is_file() and path != home.database)
    beside = [name for name in names if ".db" in name.casefold() and not name.endswith(_PARTS)]
    there = f" These files are there: {', '.join(map(printable, beside))}." if beside else ""
    return (
        f"The database {home.database} is missing or empty.{there}"
        " To restore a backup: mtc-kiosk restore FILE."
        f" To begin with a new one, without pupils and results: mtc-kiosk renew {DATABASE}"
    )


def holds_something(home: Home) -> bool:
    """Whether there is a database that this program began; True as well for one that cannot be read."""
    path = home.database
    if not path.exists() or not path.stat().st_size:
        return damage.is_orphan_log(path)
    try:
        with contextlib.closing(connect(path, only_look=True)) as db:
            return bool(applied(db))
    except (sqlite3.Error, OddRow):
        return True


def begins_anew(home: Home) -> str | None:
    """A sentence if opening would begin a new database although an earlier one lies beside it; else None."""
    if home.database.exists() and home.database.stat().st_size:
        return None
    names = {
        path.name.removesuffix("-wal") for path in home.root.glob(f"{DATABASE}.damaged-*")
    }  # perhaps the log alone
    aside = sorted(name for name in names if not name.endswith(_PARTS))
    if not aside:
        return None
    return (
        f"A new database was made, without pupils and results. The earlier one is kept as {aside[-1]} in {home.root}."
    )


def _bring_up_to_date(db: Database, home: Home, as_kiosk: str | None, *, had: bool) -> None:
    """Migrate if need be, with the write lock from the first look on; DatabaseRefused for a file that lost its tables.

    A kiosk takes its own lock before this one, so that whichever comes first, the other sees it.
    """
    if applied(db) != NAMES:
        library_of_migrations()  # imported before others have to wait for the lock
    db.execute("begin immediate")
    try:
        there = applied(db)
        if had and not there:
            raise DatabaseRefused(gone(home))
        if there - NAMES:
            raise DatabaseRefused(
                "This home was last used by a newer version of mtc-kiosk. Install that version again."
                " Nothing was changed."
            )
        if there != NAMES:
            others = _others(home, as_kiosk)
            if others:
                raise DatabaseRefused(
                    "The database must be updated to this version."
                    f" Close the {kiosks_in_words(others)} first, then try again."
                )
            library_of_migrations().apply(db)
        db.commit()
    except BaseException:
        db.rollback()
        raise


def library_of_migrations() -> "Migrations":
    """The migrations and the library behind them, imported where a database needs one."""
    from mtc_kiosk.store.db.migrations import migrations  # noqa: PLC0415 - a database in the newest shape needs none

    return migrations


def _is_damaged(home: Home, as_kiosk: str | None) -> bool:
    """Check for damage if there is a reason to; a log that a running kiosk has open is not a reason."""
    path = home.database
    if damage.is_orphan_log(path):
        return True
    if not damage.is_suspect(path) or _others(home, as_kiosk):
        return False
    if not damage.is_whole(path):
        return True
    damage.clear(path)
    return False


def _set_aside(home: Home, as_kiosk: str | None) -> str:
    others = _others(home, as_kiosk)
    if others:
        return (
            f"The database is damaged. Close the {kiosks_in_words(others)}, then start again."
            " The damaged file will be kept under another name."
        )
    try:
        aside = damage.set_aside(home.database)
    except OSError as problem:
        damage.suspect(home.database)
        return (
            f"The database is damaged, and cannot be renamed ({why(problem)})."
            " Close every program that has it open, then start again."
        )
    with contextlib.suppress(OSError):
        forget(home.root, DATABASE)
    return (
        f"The database was damaged, and is kept as {aside}. To restore a backup: mtc-kiosk restore FILE."
        " To go on with a new database, start again."
    )


def _others(home: Home, as_kiosk: str | None) -> tuple[str, ...]:
    return tuple(name for name in running_kiosks(home) if name != as_kiosk)

"""Damaged databases: when to suspect one, how to check it, and how to set it aside. Nothing is deleted.

Checking a file means reading all of it while a pupil waits. So it is done only for a reason: the last end was not clean
(the log is still there), or a run met damage and left a mark.
"""

import contextlib
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from mtc_kiosk.store.db.sqlite_faults import Fault, fault_of

_MOST_REMARKS = 10_000
_ODD_VALUE = re.compile(r"(CHECK constraint failed in|(NULL|NUMERIC|TEXT|non-\w+) value in) .*")
"""What SQLite reports about a value, not about the file."""

_LOG, _SHARED_MEMORY, _MARK = "-wal", "-shm", ".suspect"


def suspect(database: Path) -> None:
    """Leave a mark, so that the next start checks the file."""
    with contextlib.suppress(OSError):  # a disk that refuses the mark too is reported by the write that failed
        _beside(database, _MARK).touch()


def is_suspect(database: Path) -> bool:
    """Whether there is a reason to check the file."""
    return database.exists() and (is_marked(database) or _size(_beside(database, _LOG)) > 0)


def is_marked(database: Path) -> bool:
    """Whether a run met damage and left a mark."""
    return _beside(database, _MARK).exists()


def clear(database: Path) -> None:
    """Remove the mark: the file was checked and is whole."""
    _beside(database, _MARK).unlink(missing_ok=True)


def is_whole(database: Path) -> bool:
    """Check the whole file; about 50 ms for 50 MB in memory, a second from a slow disk.

    A value that its column does not allow is not damage to the file: it is reported when it is read, and the rest is
    good.
    """
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return is_whole_with(connection, "quick_check")


def is_whole_with(connection: sqlite3.Connection, check: str) -> bool:
    """The same by ``quick_check``, or by ``integrity_check``, which compares the indexes with their tables too."""
    try:
        connection.execute("pragma ignore_check_constraints = on")
        remarks = connection.execute(f"pragma {check}({_MOST_REMARKS})").fetchall()
    except sqlite3.DatabaseError as problem:
        if fault_of(problem) is Fault.DAMAGED:
            return False
        raise
    finally:
        connection.execute("pragma ignore_check_constraints = off")
    return all(remark == "ok" or _ODD_VALUE.fullmatch(remark) for (remark,) in remarks)


def is_orphan_log(database: Path) -> bool:
    """Whether the log of a missing file is there; SQLite would throw it away with its contents."""
    return _size(database) == 0 and _size(_beside(database, _LOG)) > 0


def set_aside(database: Path) -> str:
    """Rename the file and its log; returns the new name. OSError if another program has it open on Windows."""
    stem = f"{database.name}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    names = (stem if count == 1 else f"{stem}-{count}" for count in range(1, 1000))
    aside = next(path for path in map(database.with_name, names) if not _anything(path))
    for ending in ("", _LOG, _SHARED_MEMORY):
        part = _beside(database, ending)
        if part.exists():
            part.rename(_beside(aside, ending))
    clear(database)
    return aside.name


def _anything(path: Path) -> bool:
    return any(_beside(path, ending).exists() for ending in ("", _LOG, _SHARED_MEMORY))


def _beside(database: Path, ending: str) -> Path:
    return database.with_name(database.name + ending)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0

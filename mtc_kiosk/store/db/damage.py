"""Damaged databases: when one is suspected, whether it is whole, and how it is set aside. It removes nothing.

To look through a file is to read all of it, which a pupil would have to wait for. So it is done only where there is a
reason: the last end was not in good order (its log is still there), or a run met damage and left a mark.
"""

import contextlib
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from mtc_kiosk.store.db.sqlite_faults import Fault, fault_of

_MOST_REMARKS = 10_000
_ODD_VALUE = re.compile(r"(CHECK constraint failed in|(NULL|NUMERIC|TEXT|non-\w+) value in) .*")
"""What SQLite says of a value, not of the file."""

_LOG, _SHARED_MEMORY, _MARK = "-wal", "-shm", ".suspect"


def suspect(database: Path) -> None:
    """Leave a mark that the next start should look through the file."""
    with contextlib.suppress(OSError):  # a disk that takes no mark either is told by the write that failed
        _beside(database, _MARK).touch()


def is_suspect(database: Path) -> bool:
    """Whether there is a reason to look through the file."""
    return database.exists() and (_beside(database, _MARK).exists() or _size(_beside(database, _LOG)) > 0)


def clear(database: Path) -> None:
    """The file was looked through and is whole."""
    _beside(database, _MARK).unlink(missing_ok=True)


def is_whole(database: Path) -> bool:
    """Look through the whole file; about 50 ms for 50 MB in memory, a second from a slow disk.

    A value that a column may not have is no damage of the file: it is reported where it is read, and the rest is good.
    """
    with contextlib.closing(sqlite3.connect(database)) as connection:
        try:
            connection.execute("pragma ignore_check_constraints = on")
            said = connection.execute(f"pragma quick_check({_MOST_REMARKS})").fetchall()
        except sqlite3.DatabaseError as problem:
            if fault_of(problem) is Fault.DAMAGED:
                return False
            raise
    return all(remark == "ok" or _ODD_VALUE.fullmatch(remark) for (remark,) in said)


def is_orphan_log(database: Path) -> bool:
    """Whether the log of a file that is gone lies there, which SQLite would throw away with what it holds."""
    return _size(database) == 0 and _size(_beside(database, _LOG)) > 0


def set_aside(database: Path) -> str:
    """Give the file and its log another name; that name. OSError where another program has it open on Windows."""
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

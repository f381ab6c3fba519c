"""Classify errors of SQLite and the operating system: one of a few faults, and a sentence for a person."""

import errno
import sqlite3
from enum import StrEnum

from mtc_kiosk.plain_file import why
from mtc_kiosk.store.db.storable import in_ascii


class Fault(StrEnum):
    """The kinds of fault."""

    FULL = "full"
    READ_ONLY = "read_only"
    BUSY = "busy"
    DAMAGED = "damaged"
    BROKEN = "broken"
    OTHER = "other"


_PRIMARY_CODE = 0xFF  # SQLite's extended codes carry the primary one in their low byte
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_PERM: Fault.READ_ONLY,
    sqlite3.SQLITE_BUSY: Fault.BUSY,
    sqlite3.SQLITE_LOCKED: Fault.BUSY,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_IOERR: Fault.BROKEN,
}
_OF_THE_SYSTEM = {
    errno.ENOSPC: Fault.FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): Fault.FULL,  # Windows has no EDQUOT
    errno.EROFS: Fault.READ_ONLY,
    errno.EACCES: Fault.READ_ONLY,
    errno.EPERM: Fault.READ_ONLY,
    errno.EIO: Fault.BROKEN,
}
_LONGEST_NAME = 64
_START_AGAIN = "Start again: the damaged file is kept under another name, and a new one is made."
_SENTENCES = {
    Fault.FULL: "The disk is full. Make room on it, then try again.",
    Fault.READ_ONLY: (
        "The database cannot be written to, because its file or folder is read-only. Allow writing, or ask IT staff."
    ),
    Fault.BUSY: "Another program is using the database. Close that program, then try again.",
    Fault.DAMAGED: f"The database is damaged. {_START_AGAIN}",
    Fault.BROKEN: "The disk reports an error. Check that it is plugged in, and copy what is on it.",
}


class OddRow(ValueError):
    """A row of a table cannot be read. The message names table and row, and none of its values."""

    def __init__(self, table: str, row: object = None) -> None:
        self.table = table
        which = f"Row {in_ascii(row)[:_LONGEST_NAME]}" if row is not None else "A row"
        super().__init__(f"{which} of the table {table} in the database is damaged and cannot be read.")


class DamagedTable(sqlite3.DatabaseError):
    """The file is damaged at a table; made from SQLite's message."""

    def __init__(self, table: str, problem: BaseException) -> None:
        super().__init__(f"{problem} (table {table})")
        self.table = table
        self.sqlite_errorcode: int = getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)


def fault_of(problem: BaseException) -> Fault:
    """The kind of fault behind an exception."""
    code = getattr(problem, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _OF_SQLITE.get(code & _PRIMARY_CODE, Fault.OTHER)
    if isinstance(problem, OSError) and problem.errno is not None:
        return _OF_THE_SYSTEM.get(problem.errno, Fault.OTHER)
    return Fault.OTHER


def is_the_disks(problem: BaseException) -> bool:
    """Whether the same write may succeed later; else the rows themselves are refused, by any database."""
    if isinstance(problem, sqlite3.Error):
        return isinstance(problem, sqlite3.OperationalError | DamagedTable) or type(problem) is sqlite3.DatabaseError
    return isinstance(problem, OSError | MemoryError)


def sentence(problem: BaseException) -> str:
    """What a person reads about it."""
    if isinstance(problem, OddRow):
        return str(problem)
    if isinstance(problem, DamagedTable):
        return f"The database is damaged at the table {problem.table}. {_START_AGAIN}"
    # The text of an exception may have a pupil's name in it; its kind is for IT staff.
    kind = (
        why(problem) if isinstance(problem, OSError) else getattr(problem, "sqlite_errorname", type(problem).__name__)
    )
    unknown = f"The database cannot be used ({kind}). Start again, or ask IT staff."
    return _SENTENCES.get(fault_of(problem), unknown)

"""A real file whose next syncs fail, as those of a worn or loosely plugged disk do, while the program goes on.

It is a VFS of apsw over the system's own. Python's own SQLite must keep off the file meanwhile: two copies of SQLite in
one process undo each other's locks.
"""

import sqlite3
from pathlib import Path
from typing import Any, cast

import apsw
import sqlite_utils

from benchmarks.simulated_disk import _Link
from mtc_kiosk.store.db.database import DURABLE


class ShakyDisk:
    """Connects to files; ``failures`` is how many of the next syncs fail. ``with`` takes it out of SQLite."""

    def __init__(self) -> None:
        self.failures = 0
        self._vfs = _Vfs(self)

    def __enter__(self) -> "ShakyDisk":
        return self

    def __exit__(self, *_: object) -> None:
        self._vfs.unregister()

    def connect(self, path: Path) -> sqlite_utils.Database:
        """A durable connection."""
        link = _Link(apsw.Connection(str(path), vfs="shaky"))
        for pragma in ("journal_mode = wal", *DURABLE):
            link.execute(f"pragma {pragma}").fetchall()
        return sqlite_utils.Database(cast(sqlite3.Connection, link), execute_plugins=False)

    def sync(self) -> None:
        """Count a sync; apsw.IOError where it is one that fails."""
        if self.failures > 0:
            self.failures -= 1
            raise apsw.IOError("this sync failed")


class _Vfs(apsw.VFS):
    def __init__(self, disk: ShakyDisk) -> None:
        self._disk = disk
        super().__init__("shaky", "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802 - SQLite's name
        return _File(self._disk, name, flags)


class _File(apsw.VFSFile):
    def __init__(self, disk: ShakyDisk, name: Any, flags: list[int]) -> None:
        self._disk = disk
        super().__init__("", name, flags)

    def excepthook(self, etype: Any, evalue: Any, etraceback: Any) -> bool:
        """Only SQLite needs to learn of a failed sync, by its code."""
        return True

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.sync()
        super().xSync(flags)

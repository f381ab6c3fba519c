"""Databases that a program which runs for long keeps open: to open one anew costs more than most requests do.

Opening takes the write lock, to see whether the database has its newest shape, and reads the whole file where its log
is still there, as it always is beside other requests.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator

from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.opened import Database, Memory
from mtc_kiosk.store.home.home import Home

MOST_KEPT = 8
"""How many wait for the next request; each keeps up to 2 MB of what it read."""


class KeptOpen:
    """The open connections to one home's database. Each is lent to one thread at a time.

    A database that was replaced, set aside or marked as damaged is opened anew, with all that ``open_database`` checks.
    """

    def __init__(self, home: Home, memory: Memory | None = None) -> None:
        self._home, self._memory = home, memory
        self._lock = threading.Lock()
        self._idle: list[Database] = []
        self._file: tuple[int, int] | None = None
        self._ended = False

    @contextlib.contextmanager
    def lent(self) -> Iterator[Database]:
        """A connection until the end of the block, without a transaction; DatabaseRefused."""
        file = self._file_now()
        db = self._idle_one(file) or self._another(file) or self._opened()
        try:
            yield db
        finally:
            self._take_back(db, file)

    def close(self) -> None:
        """Close them all; one that is still lent is closed when it comes back."""
        with self._lock:
            self._ended = True
            idle, self._idle = self._idle, []
        for db in idle:
            db.close()

    def _idle_one(self, file: tuple[int, int] | None) -> Database | None:
        """A connection that waits; all are closed where the file is another one now."""
        with self._lock:
            if file is not None and file == self._file:
                return self._idle.pop() if self._idle else None
            idle, self._idle = self._idle, []
        for db in idle:
            db.close()
        return None

    def _another(self, file: tuple[int, int] | None) -> Database | None:
        """One more connection to the file that was looked at already."""
        if file is None or file != self._file:
            return None
        try:
            return connect(self._home.database, memory=self._memory)
        except sqlite3.Error:
            return None

    def _opened(self) -> Database:
        db = open_database(self._home, memory=self._memory)
        self._file = self._file_now()
        return db

    def _take_back(self, db: Database, file: tuple[int, int] | None) -> None:
        try:
            db.rollback()
        except BaseException:
            db.close()
            raise
        with self._lock:
            is_kept = not self._ended and file is not None and file == self._file and len(self._idle) < MOST_KEPT
            if is_kept:
                self._idle.append(db)
        if not is_kept:
            db.close()

    def _file_now(self) -> tuple[int, int] | None:
        """Which file the database is; None where there is none, or a reason to check it."""
        try:
            found = self._home.database.stat()
        except OSError:
            return None
        return None if damage.is_marked(self._home.database) else (found.st_dev, found.st_ino)

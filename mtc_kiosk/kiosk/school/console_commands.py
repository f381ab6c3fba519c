"""Read commands from a console that shares the home, and write what became of each, on a thread of its own.

The loop never waits for it, nor for the database: it takes what has come, and hands its answers back.
"""

import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from mtc_kiosk.school.kiosk_command import CommandAnswer, KioskCommand, Why
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school import kiosk_commands

LOOKS_EVERY_S = 0.5


def _pc_clock() -> datetime:
    return datetime.now(UTC)


class CommandReader:
    """``kiosk.flow.room_port.ConsoleCommands`` over the home's database. ``clock`` is the PC's own, in UTC.

    ``start`` begins the thread; ``look`` is one of its turns. What was given before its first turn has expired.
    """

    def __init__(self, home: Home, kiosk: str, clock: Callable[[], datetime] = _pc_clock) -> None:
        self._path, self._kiosk, self._clock = home.database, kiosk, clock
        self._came: queue.SimpleQueue[KioskCommand] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[tuple[KioskCommand, CommandAnswer, Why | None]] = queue.SimpleQueue()
        self._unwritten: tuple[KioskCommand, CommandAnswer, Why | None] | None = None
        self._db: Database | None = None
        self._last: int | None = None
        self._turn = threading.Event()
        self._ended = False
        self._thread: threading.Thread | None = None

    # -- for the loop

    def news(self) -> tuple[KioskCommand, ...]:
        """The commands that came since the last call."""
        found = []
        while not self._came.empty():
            found.append(self._came.get_nowait())
        return tuple(found)

    def answer(self, command: KioskCommand, answered: CommandAnswer, why: Why | None = None) -> None:
        """Answer a command; the thread writes it soon."""
        self._answers.put((command, answered, why))
        self._turn.set()

    def now(self) -> datetime:
        """The PC's own clock."""
        return self._clock()

    def start(self) -> None:
        """Begin to read."""
        self._thread = threading.Thread(target=self._run, name="console commands", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Write the answers that wait, and end the thread."""
        self._ended = True
        self._turn.set()
        if self._thread is not None:
            self._thread.join(LOOKS_EVERY_S * 4)
        self._close()

    # -- on the thread

    def look(self) -> None:
        """Write what was answered, then read what has come. What the database refuses is tried again next time."""
        try:
            db = self._opened()
            if self._last is None:
                self._last = kiosk_commands.expire_earlier(db, self._kiosk, self._clock())
            self._write(db)
            for command in kiosk_commands.waiting(db, self._kiosk, self._last):
                self._last = command.id
                self._came.put(command)
        except Exception:  # the journal reports a disk that fails; a command expires, and the next one is read
            self._close()

    def _run(self) -> None:
        while not self._ended:
            self._turn.clear()
            self.look()
            self._turn.wait(LOOKS_EVERY_S)
        self.look()

    def _opened(self) -> Database:
        if self._db is None:
            self._db = connect(self._path)
        return self._db

    def _write(self, db: Database) -> None:
        while self._unwritten is not None or not self._answers.empty():
            if self._unwritten is None:
                self._unwritten = self._answers.get_nowait()
            kiosk_commands.answer(db, *self._unwritten, self._clock())
            self._unwritten = None

    def _close(self) -> None:
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
            self._db = None

"""The journal as the kiosk's loop sees it: hand facts in, read news; no call waits for the disk.

``keep`` returns a ticket, and ``news`` reports when that ticket's facts are on the disk. The package explains the
whole.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from mtc_kiosk.check.draw import Met
from mtc_kiosk.check.facts import Fact
from mtc_kiosk.record.assistant_name import AssistantName
from mtc_kiosk.store.db import database
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.sqlite_faults import OddRow, sentence
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.attempts import (
    NewAttempt,
    StoredAttempt,
    Unfinished,
    Unreadable,
    earlier_forms,
    load_attempt,
    unfinished,
)
from mtc_kiosk.store.journal.batch import Batch, Feedback, Stamp
from mtc_kiosk.store.journal.hooks import AttemptHooks
from mtc_kiosk.store.journal.news import Kept, News, Recovered, RowRejected, Trouble
from mtc_kiosk.store.journal.writer_thread import WriterThread

LONGEST_END_S = 10.0

_Read = TypeVar("_Read")


class ReadFailed(RuntimeError):
    """The database cannot be read; the message is a sentence for a person."""


class Journal:
    """One home's journal. Every call except ``flush``, ``close`` and the reading ones returns at once, on any thread.

    ``wake`` is called on the writer's thread when there is news. ``connect`` opens the file for the writer.
    """

    def __init__(
        self,
        home: Home,
        *,
        wake: Callable[[], None] = lambda: None,
        now_ns: Callable[[], int] = time.perf_counter_ns,
        connect: Callable[[Path], Database] = database.connect,
        hooks: AttemptHooks | None = None,
    ) -> None:
        self._path = home.database
        self._writer = WriterThread(home.database, connect, wake, now_ns, hooks)
        self._numbering = threading.Lock()
        self._tickets = 0

    def begin(self, attempt: NewAttempt, facts: Sequence[Fact], stamp: Stamp) -> int:
        """Begin an attempt with its first facts."""
        return self._give(attempt.id, facts, stamp, attempt=attempt)

    def keep(self, attempt_id: str, facts: Sequence[Fact], stamp: Stamp) -> int:
        """Keep the facts of one transition of the machine; all of them are written, or none."""
        return self._give(attempt_id, facts, stamp)

    def keep_feedback(self, attempt_id: str, choice: str, wall_ms: int) -> int:
        """Keep how a pupil found the check."""
        return self._give(attempt_id, (), Stamp(run=1, now_us=0, wall_ms=wall_ms), feedback=Feedback(choice))

    def keep_assistant(self, attempt_id: str, name: AssistantName, wall_ms: int) -> int:
        """Keep who types for a pupil in this check; a later call replaces an earlier one."""
        return self._give(attempt_id, (), Stamp(run=1, now_us=0, wall_ms=wall_ms), assistant=name)

    def news(self) -> tuple[News, ...]:
        """What has happened since the last call; never waits."""
        return self._writer.news()

    def flush(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds until everything given so far is on the disk; True if it is."""
        return self._writer.wait(self._tickets, timeout)

    def close(self, timeout: float = LONGEST_END_S) -> bool:
        """Write what can be written and end the thread, within ``timeout`` seconds; True if all is on the disk."""
        self._writer.end(timeout)
        return self._writer.wait(self._tickets, timeout=0)

    def abandon(self) -> None:
        """Stop at once, as a power cut would: what is not on the disk is lost."""
        self._writer.abandon()
        self.close()

    def unfinished(self, kiosk: str | None) -> Unfinished:
        """A kiosk's attempts that have not ended, the oldest first, and a sentence for each that cannot be read.

        None: every kiosk's.
        """
        return self._read(lambda db: unfinished(db, kiosk))

    def load_attempt(self, attempt_id: str) -> StoredAttempt:
        """One attempt with all its facts; KeyError if there is none, Unreadable if its rows are damaged."""
        return self._read(lambda db: load_attempt(db, attempt_id))

    def earlier_forms(self, pupil_id: int | None, kiosk: str) -> Met:
        """The forms met before, by this pupil, or by this kiosk's walk-ups if ``pupil_id`` is None.

        Empty if the database cannot be read: a check must be able to begin all the same, and the writer reports the
        fault.
        """
        try:
            return self._read(lambda db: earlier_forms(db, pupil_id, kiosk))
        except ReadFailed:
            return Met()

    def _read(self, read: Callable[[Database], _Read]) -> _Read:
        try:
            with database.snapshot(self._path) as db:
                return read(db)
        except sqlite3.Error as problem:
            raise ReadFailed(sentence(problem)) from problem
        except OddRow as odd:
            raise ReadFailed(str(odd)) from odd

    def _give(
        self,
        attempt_id: str,
        facts: Sequence[Fact],
        stamp: Stamp,
        *,
        attempt: NewAttempt | None = None,
        feedback: Feedback | None = None,
        assistant: AssistantName | None = None,
    ) -> int:
        with self._numbering:  # a ticket's number is its place in the queue
            self._tickets += 1
            batch = Batch(self._tickets, attempt_id, tuple(facts), stamp, attempt, feedback, assistant)
            self._writer.give(batch)
        return batch.ticket


__all__ = [
    "Journal",
    "Kept",
    "Met",
    "NewAttempt",
    "News",
    "ReadFailed",
    "Recovered",
    "RowRejected",
    "Stamp",
    "StoredAttempt",
    "Trouble",
    "Unfinished",
    "Unreadable",
]

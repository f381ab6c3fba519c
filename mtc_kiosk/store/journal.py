"""The journal: facts go in from the loop, which never waits; one writer thread brings them to the disk, in order.

``keep`` gives a ticket, ``news`` says when a ticket's facts are on the disk. A write that fails is told, kept in memory
and tried again until it gets through. It knows ``check`` and ``record``, nothing of pupils or sessions.
"""

import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from mtc_kiosk.check.facts import Fact
from mtc_kiosk.store.attempts import EarlierForms, NewAttempt, StoredAttempt, earlier_forms, load_attempt, unfinished
from mtc_kiosk.store.database import connect
from mtc_kiosk.store.home import Home
from mtc_kiosk.store.writer import Batch, Feedback, Stamp, Writer

RETRY_S = 0.25

_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Kept:
    """A ticket's facts are on the disk since ``at_ns`` of the journal's clock."""

    ticket: int
    at_ns: int


@dataclass(frozen=True)
class Trouble:
    """The disk does not take what was given it; ``sentence`` says why. Nothing is lost while the program runs."""

    sentence: str


@dataclass(frozen=True)
class Recovered:
    """Everything that waited is on the disk."""


News = Kept | Trouble | Recovered


class Journal:
    """One home's journal. Every call but ``flush``, ``close`` and the readings returns at once."""

    def __init__(
        self,
        home: Home,
        *,
        wake: Callable[[], None] = lambda: None,
        now_ns: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        self._home, self._wake, self._now_ns = home, wake, now_ns
        self._given: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._idle = threading.Condition()
        self._tickets = 0
        self._settled = 0
        self._dead = threading.Event()
        self._thread = threading.Thread(target=self._write_on, name="journal", daemon=True)
        self._thread.start()

    def begin(self, attempt: NewAttempt, facts: Sequence[Fact], stamp: Stamp) -> int:
        """Begin an attempt with its first facts."""
        return self._give(Batch(self._ticket(), attempt.id, tuple(facts), stamp, attempt=attempt))

    def keep(self, attempt_id: str, facts: Sequence[Fact], stamp: Stamp) -> int:
        """Keep the facts of one turn of the machine; they reach the disk together or not at all."""
        return self._give(Batch(self._ticket(), attempt_id, tuple(facts), stamp))

    def say_feedback(self, attempt_id: str, choice: str, wall_ms: int) -> int:
        """Keep how a pupil found the check."""
        stamp = Stamp(run=1, now_us=0, wall_ms=wall_ms)
        return self._give(Batch(self._ticket(), attempt_id, (), stamp, feedback=Feedback(choice)))

    def news(self) -> tuple[News, ...]:
        """What happened since the last call; never waits."""
        news = []
        while not self._news.empty():
            news.append(self._news.get_nowait())
        return tuple(news)

    def flush(self, timeout: float) -> bool:
        """Wait, at most so many seconds, until everything given is on the disk; whether it is."""
        with self._idle:
            return self._idle.wait_for(lambda: self._settled >= self._tickets or self._dead.is_set(), timeout)

    def close(self) -> None:
        """Write what can be written, once more, and end the thread."""
        self._given.put(None)
        self._thread.join()

    def abandon(self) -> None:
        """Stop at once, as a power cut would: what is not on the disk is lost."""
        self._dead.set()
        self.close()

    def unfinished(self, kiosk: str) -> tuple[StoredAttempt, ...]:
        """The attempts of a kiosk that have not ended, the oldest first."""
        return self._read(lambda connection: unfinished(connection, kiosk))

    def load_attempt(self, attempt_id: str) -> StoredAttempt:
        """One attempt with all its facts; KeyError where there is none."""
        return self._read(lambda connection: load_attempt(connection, attempt_id))

    def earlier_forms(self, pupil_id: int | None, kiosk: str) -> EarlierForms:
        """The forms met before: by this pupil, or by this kiosk's walk-ups where ``pupil_id`` is None."""
        return self._read(lambda connection: earlier_forms(connection, pupil_id, kiosk))

    def _read(self, read: Callable[[sqlite3.Connection], _Read]) -> _Read:
        connection = connect(self._home.database)
        try:
            return read(connection)
        finally:
            connection.close()

    def _ticket(self) -> int:
        self._tickets += 1
        return self._tickets

    def _give(self, batch: Batch) -> int:
        self._given.put(batch)
        return batch.ticket

    def _write_on(self) -> None:
        writer = Writer(connect(self._home.database))
        waiting: list[Batch] = []
        troubled, closing = False, False
        while not closing or (waiting and not troubled):
            closing = self._gather(waiting, RETRY_S if troubled else None) or closing
            if self._dead.is_set():
                break
            if not waiting:
                continue
            problem = writer.write(waiting)
            if problem is None:
                self._settle(waiting, recovered=troubled)
                waiting, troubled = [], False
            elif not troubled:
                troubled = True
                self._tell(Trouble(problem))
        writer.close()
        with self._idle:
            self._dead.set()
            self._idle.notify_all()

    def _gather(self, waiting: list[Batch], timeout: float | None) -> bool:
        """Add what was given to what waits, blocking for the first; whether the end was among it."""
        closing = False
        try:
            given = self._given.get(timeout=timeout)
            while True:
                if given is None:
                    closing = True
                else:
                    waiting.append(given)
                given = self._given.get_nowait()
        except queue.Empty:
            return closing

    def _settle(self, batches: Sequence[Batch], *, recovered: bool) -> None:
        at_ns = self._now_ns()
        for batch in batches:
            self._news.put(Kept(batch.ticket, at_ns))
        if recovered:
            self._news.put(Recovered())
        with self._idle:
            self._settled = batches[-1].ticket
            self._idle.notify_all()
        self._wake()

    def _tell(self, news: News) -> None:
        self._news.put(news)
        self._wake()


__all__ = ["EarlierForms", "Journal", "Kept", "NewAttempt", "News", "Recovered", "Stamp", "StoredAttempt", "Trouble"]

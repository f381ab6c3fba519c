"""The one thread that writes: it takes every batch that waits and commits them together.

What cannot be written is reported, kept in memory and tried again. ``batch_writer`` does the writing.
"""

import contextlib
import queue
import threading
from collections.abc import Callable
from pathlib import Path

from mtc_kiosk.check.facts import Answered, Finished
from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.sqlite_faults import Fault, fault_of, sentence
from mtc_kiosk.store.db.traces import trace
from mtc_kiosk.store.journal.batch import Batch
from mtc_kiosk.store.journal.batch_writer import BatchResult, BatchWriter, WriteFailed
from mtc_kiosk.store.journal.hooks import AttemptHooks
from mtc_kiosk.store.journal.news import Kept, News, Recovered, Trouble

RETRY_S = 0.25
BUSY_TRIES = 2
"""How many writes in a row, each waiting out the busy timeout of 1 s, may find another program writing.

The first may be another program's moment; after two, the disk is as late as one that holds the check.
"""

LAST_TRIES = 2
"""How often the end of the program tries again to write what the disk refused."""


class WriterThread:
    """Writes batches in order. ``settled`` is the last ticket dealt with; tickets count from 1."""

    def __init__(
        self,
        path: Path,
        connect: Callable[[Path], Database],
        wake: Callable[[], None],
        now_ns: Callable[[], int],
        hooks: AttemptHooks | None = None,
    ) -> None:
        self._hooks = hooks
        self._path, self._connect, self._wake, self._now_ns = path, connect, wake, now_ns
        self._given: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
        self._news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._settling = threading.Condition()
        self._settled = 0
        self._ended = False
        self._abandoned = threading.Event()
        self._troubled = False
        self._doubted = False  # the connection, after a failure that it may have caused
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def give(self, batch: Batch) -> None:
        """Hand in a batch; never waits."""
        self._given.put(batch)

    def news(self) -> tuple[News, ...]:
        """What has happened since the last call; never waits."""
        news = []
        with contextlib.suppress(queue.Empty):
            while True:
                news.append(self._news.get_nowait())
        return tuple(news)

    def wait(self, ticket: int, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds until a ticket is dealt with; True if it is."""
        with self._settling:
            self._settling.wait_for(lambda: self._settled >= ticket or self._ended, timeout)
            return self._settled >= ticket

    def end(self, timeout: float) -> None:
        """Write what can be written and end the thread, within ``timeout`` seconds."""
        self._given.put(None)
        self._thread.join(timeout)

    def abandon(self) -> None:
        """Write no more, except for a commit under way."""
        self._abandoned.set()

    # -- on the thread

    def _run(self) -> None:
        """Write until the end. An unexpected end is reported like a disk error."""
        try:
            self._write_on()
        except Exception as unforeseen:  # whatever it is, the loop must learn that the journal stopped
            self._tell(
                Trouble(
                    f"The journal has stopped, and nothing more is saved. Start the kiosk again. ({trace(unforeseen)})"
                )
            )
        finally:
            with self._settling:
                self._ended = True
                self._settling.notify_all()

    def _write_on(self) -> None:
        writer: BatchWriter | None = None
        waiting: list[Batch] = []
        closing, last_tries = False, LAST_TRIES
        while not closing or (waiting and last_tries > 0):
            closing = self._gather(waiting, RETRY_S if waiting else None) or closing
            if self._abandoned.is_set():
                break
            if waiting:
                last_tries -= closing
                writer = self._write(waiting, writer, for_good=closing and last_tries == 0)
        if writer is not None:
            writer.close()

    def _gather(self, waiting: list[Batch], timeout: float | None) -> bool:
        """Add new batches to those waiting, blocking for the first; True if the end was among them."""
        closing = False
        with contextlib.suppress(queue.Empty):
            given = self._given.get(timeout=timeout)
            while True:
                if given is None:
                    closing = True
                else:
                    waiting.append(given)
                given = self._given.get_nowait()
        return closing

    def _write(self, waiting: list[Batch], writer: BatchWriter | None, *, for_good: bool) -> BatchWriter | None:
        """Write the waiting batches, and keep those held back; returns the writer to go on with."""
        attempts = {batch.attempt_id for batch in waiting}
        if not for_good:
            attempts.remove(waiting[-1].attempt_id)  # the loop's current attempt: staff can still act on it
        try:
            if writer is None or self._doubted:
                writer = self._open_anew(writer)
            written = writer.write(waiting, given_up=attempts)
        except Exception as problem:  # whatever it is, report it and try again
            self._failed(problem)
            return writer
        self._settle(written, waiting[-1].ticket, self._now_ns())
        if any(isinstance(fact, Answered | Finished) for batch in waiting for fact in batch.facts):
            writer.follow_up()
            writer.tidy()  # a pause follows an answer, and no key counts in it
        waiting[:] = written.held_back
        return writer

    def _open_anew(self, old: BatchWriter | None) -> BatchWriter:
        """Open a new connection before closing the old one.

        The last connection to close the file leaves its log to be read again. A failed commit may be whole in that log:
        it would come back, and be written a second time. While any connection is open, the next commit overwrites it.
        """
        new = BatchWriter(self._connect(self._path), self._hooks)
        if old is not None:
            old.close()
        self._doubted = False
        return new

    def _settle(self, written: BatchResult, last: int, at_ns: int) -> None:
        for ticket in written.kept:
            self._news.put(Kept(ticket, at_ns))
        for refused in written.refused:
            self._news.put(refused)
        if written.held_back and not self._troubled:
            self._news.put(Trouble(written.why))
        elif self._troubled and not written.held_back:
            self._news.put(Recovered())
        self._troubled, self._failures = bool(written.held_back), 0
        with self._settling:
            self._settled = written.held_back[0].ticket - 1 if written.held_back else last
            self._settling.notify_all()
        self._wake_loop()

    def _failed(self, problem: Exception) -> None:
        """Report a failed commit, once. Doubt the connection, unless the cause is surely elsewhere."""
        fault = problem.fault if isinstance(problem, WriteFailed) else fault_of(problem)
        if fault is Fault.DAMAGED:
            damage.suspect(self._path)
        self._failures += 1
        if not self._troubled and (fault is not Fault.BUSY or self._failures >= BUSY_TRIES):
            self._troubled = True
            reason = str(problem) if isinstance(problem, WriteFailed) else sentence(problem)
            self._tell(Trouble(reason, fault))
        self._doubted = self._doubted or fault not in {Fault.BUSY, Fault.FULL}

    def _tell(self, news: News) -> None:
        self._news.put(news)
        self._wake_loop()

    def _wake_loop(self) -> None:
        with contextlib.suppress(Exception):  # a loop that cannot be woken soon reads the news by itself
            self._wake()

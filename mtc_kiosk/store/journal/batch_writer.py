"""Writes batches to the database: rows, hashes and answers, all in one transaction.

If the disk refuses, nothing is written and the thread hands in the same batches later. If the database refuses a row,
that attempt's batches are held back, in order; once the attempt is given up, they go to the table ``refused``. One row
that cannot be kept never blocks the others.
"""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from typing import Any

from mtc_kiosk.check.arrangements import Chosen
from mtc_kiosk.check.events import BackedOut, LookChosen
from mtc_kiosk.check.facts import Answered, Fact, Finished, StepBegan
from mtc_kiosk.check.journal_form import data_of, is_real_pause, type_of
from mtc_kiosk.record.canonical import canonical
from mtc_kiosk.record.chain import FIRST, ChainRow, next_hash
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.sqlite_faults import fault_of, is_the_disks, sentence
from mtc_kiosk.store.db.storable import in_ascii, storable
from mtc_kiosk.store.db.times import iso
from mtc_kiosk.store.journal.attempts import NewAttempt
from mtc_kiosk.store.journal.batch import Batch, Stamp
from mtc_kiosk.store.journal.hooks import AttemptHooks, NoHooks
from mtc_kiosk.store.journal.news import RowRejected

TIDY_AFTER_ROWS = 200
"""How many rows may be in the write-ahead log before it is copied into the database: about a megabyte of log."""

_EVENT = "insert into event (attempt_id, seq, run, at_us, wall_time, type, data, hash) values (?, ?, ?, ?, ?, ?, ?, ?)"
_ANSWER = (
    "insert into answer (attempt_id, number, showing, factor1, factor2, response, shown_us, at_us, by, stall)"
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ATTEMPT = (
    "insert into attempt (id, check_code, session_id, pupil_id, kind, form, settings, kiosk, started_at)"
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_FINISH = "update attempt set finished_at = ?, outcome = ? where id = ?"
_FEEDBACK = "insert into feedback (attempt_id, at, by, choice) values (?, ?, 'pupil', ?)"
_ASSISTANT = (
    "insert into assistant (attempt_id, at, by, forename, surname, code)"
    " select id, ?, 'kiosk:' || kiosk, ?, ?, 'asked' from attempt where id = ?"
)
_REFUSED = "insert into refused (attempt_id, at, held, why) values (?, ?, ?, ?)"
_TAIL = "select seq, hash from event where attempt_id = ? order by seq desc limit 1"


class NoAttempt(ValueError):
    """The attempt to which a row belongs is not in the database."""


@dataclass
class BatchResult:
    """What happened to batches: tickets kept, rows refused, batches held back, and why."""

    kept: list[int] = field(default_factory=list)
    refused: list[RowRejected] = field(default_factory=list)
    held_back: list[Batch] = field(default_factory=list)
    why: str = ""


class WriteFailed(RuntimeError):
    """Nothing was written, but a later try may succeed; the message is a sentence for a person."""

    def __init__(self, problem: BaseException) -> None:
        super().__init__(sentence(problem))
        self.fault = fault_of(problem)


class BatchWriter:
    """Writes batches on its own connection; ``close`` closes it."""

    def __init__(self, db: Database, hooks: AttemptHooks | None = None) -> None:
        self._db = db
        self._hooks = hooks or NoHooks()
        self._sql = db.conn.execute  # the fixed inserts bypass the library's bookkeeping
        self._sql("pragma wal_autocheckpoint = 0")  # else one commit in many would copy the whole log
        self._untidied = 0
        self._ended: list[str] = []

    def write(self, batches: Sequence[Batch], given_up: Container[str] = ()) -> BatchResult:
        """Write the batches in one transaction; WriteFailed if the disk took nothing.

        Batches of an attempt in ``given_up`` are never held back.
        """
        written = BatchResult()
        try:
            self._sql("begin immediate")
            refusing: dict[str, Exception] = {}
            for batch in batches:
                self._write_one(batch, refusing, written, given_up)
            self._sql("commit")
        except Exception as problem:
            with contextlib.suppress(sqlite3.Error):  # if even this fails, the connection is opened again
                self._db.rollback()
            self._ended.clear()
            raise WriteFailed(problem) from problem
        self._untidied += sum(len(batch.facts) for batch in batches)
        return written

    def follow_up(self) -> None:
        """Call ``on_settled`` for attempts that ended. It waits for no lock, and nothing depends on it."""
        ended, self._ended = self._ended, []
        if not ended:
            return
        (timeout,) = self._sql("pragma busy_timeout").fetchone()
        self._sql("pragma busy_timeout = 0")
        for attempt_id in ended:
            with contextlib.suppress(Exception):  # whoever needs it does what this left undone
                self._hooks.on_settled(self._db, attempt_id)
        self._sql(f"pragma busy_timeout = {timeout}")

    def tidy(self) -> None:
        """Copy the log into the database if enough has piled up; call it in a quiet moment, as it may take a while.

        Nothing depends on it: what is in the log is on the disk.
        """
        if self._untidied >= TIDY_AFTER_ROWS:
            with contextlib.suppress(sqlite3.Error):  # the next write reports a disk that refuses this
                self._sql("pragma wal_checkpoint(passive)").fetchall()
            self._untidied = 0

    def close(self) -> None:
        """Close the connection."""
        with contextlib.suppress(sqlite3.Error):
            self._db.close()

    def _write_one(
        self, batch: Batch, refusing: dict[str, Exception], written: BatchResult, given_up: Container[str]
    ) -> None:
        """Write a batch, unless the database refuses it or an earlier one of its attempt: no row may be missing."""
        if batch.attempt_id not in refusing:
            self._sql("savepoint batch")
            try:
                written.refused += self._write(batch)
                written.kept.append(batch.ticket)
            except Exception as problem:
                if is_the_disks(problem):
                    raise
                self._sql("rollback to batch")
                refusing[batch.attempt_id] = problem
            self._sql("release batch")
        problem_met = refusing.get(batch.attempt_id)
        if problem_met is None:
            return
        if batch.attempt_id in given_up:
            held = {"attempt": _plain(batch.attempt), "facts": [_plain(fact) for fact in batch.facts]}
            written.refused.append(self._refuse(batch, held, problem_met, whole=True))
        else:
            written.held_back.append(batch)
            written.why = written.why or _refusal("Part of a check", problem_met)

    def _write(self, batch: Batch) -> list[RowRejected]:
        refused: list[RowRejected] = []
        if batch.attempt is not None:
            self._begin(batch.attempt, batch.stamp)
            refused += self._then(batch, "begun", self._hooks.on_begin, batch.attempt_id, batch.stamp.wall_time(0))
        last, previous = self._sql(_TAIL, (batch.attempt_id,)).fetchone() or (0, FIRST)
        for seq, fact in enumerate(batch.facts, start=last + 1):
            previous = self._event(batch, seq, previous, fact)
            refused += self._follows(batch, fact)
        if batch.feedback is not None:
            row = (batch.attempt_id, iso(batch.stamp.wall_ms), batch.feedback.choice)
            refused += self._follow(batch, _FEEDBACK, row) or self._then(batch, "_felt", self._on_feedback)
        if batch.assistant is not None:
            refused += self._then(batch, "_helped", self._keep_assistant, batch) or self._then(
                batch, "_assisted", self._on_assistant
            )
        return refused

    def _follows(self, batch: Batch, fact: Fact) -> list[RowRejected]:
        """Write what follows from one fact, and call the hook for it."""
        attempt_id, at = batch.attempt_id, batch.stamp.wall_time(fact.at)
        match fact:
            case Answered():
                return self._follow(batch, _ANSWER, _answer(attempt_id, fact))
            case Finished():
                refused = self._follow(batch, _FINISH, (at, str(fact.outcome), attempt_id))
                self._ended.append(attempt_id)
                return refused + self._then(batch, "finished", self._hooks.on_finish, attempt_id)
            case BackedOut():
                return self._then(batch, "backed_out", self._hooks.on_back_out, attempt_id, at)
            case LookChosen():
                return self._then(
                    batch, "chose", self._hooks.on_look_chosen, attempt_id, at, Chosen(fact.colours, fact.size)
                )
            case _ if _begins_check(fact):
                return self._then(batch, "first_pause", self._hooks.on_first_pause, attempt_id, at)
        return []

    def _begin(self, new: NewAttempt, stamp: Stamp) -> None:
        form, settings = json.dumps(new.form.to_json()), json.dumps(new.settings.to_json())
        row = (new.id, new.check_code, new.session_id, new.pupil_id, new.kind, form, settings, new.kiosk)
        self._sql(_ATTEMPT, (*row, stamp.wall_time(0)))

    def _event(self, batch: Batch, seq: int, previous: str, fact: Fact) -> str:
        wall_time = batch.stamp.wall_time(fact.at)
        row = ChainRow(
            batch.attempt_id, seq, batch.stamp.run, fact.at, wall_time, type_of(fact), storable(data_of(fact))
        )
        digest = next_hash(previous, row)
        data = canonical(row.data).decode()
        self._sql(_EVENT, (row.attempt_id, seq, row.run, row.at_us, wall_time, row.type, data, digest))
        return digest

    def _follow(self, batch: Batch, sql: str, row: tuple[object, ...]) -> list[RowRejected]:
        """Write a row that follows from the facts, which are the record and are kept even if this row is refused."""
        try:
            self._sql(sql, row)
        except Exception as problem:
            if is_the_disks(problem):
                raise
            return [self._refuse(batch, {"row": row}, problem, whole=False)]
        return []

    def _on_feedback(self, db: Database) -> None:
        self._hooks.on_feedback(db, int(self._sql("select last_insert_rowid()").fetchone()[0]))

    def _on_assistant(self, db: Database) -> None:
        self._hooks.on_assistant(db, int(self._sql("select last_insert_rowid()").fetchone()[0]))

    def _keep_assistant(self, _: Database, batch: Batch) -> None:
        """Keep the assistant's name. A refusal is reported without the row: the name may not be stored elsewhere."""
        assert batch.assistant is not None, "only a batch with an assistant comes here"
        row = (iso(batch.stamp.wall_ms), batch.assistant.forename, batch.assistant.surname, batch.attempt_id)
        if self._sql(_ASSISTANT, row).rowcount != 1:
            raise NoAttempt("this attempt is not in the database")

    def _then(self, batch: Batch, name: str, hook: Callable[..., None], *about: object) -> list[RowRejected]:
        """Call a hook. A failure here is reported and repaired later; it never blocks the journal."""
        self._sql("savepoint followed")
        try:
            hook(self._db, *about)
        except Exception as problem:
            if is_the_disks(problem):
                raise
            self._sql("rollback to followed")
            self._sql("release followed")
            return [self._refuse(batch, {"followed": name}, problem, whole=False)]
        self._sql("release followed")
        return []

    def _refuse(self, batch: Batch, held: dict[str, Any], problem: Exception, *, whole: bool) -> RowRejected:
        text = json.dumps(held, default=str)  # in ASCII, so that any text can be stored
        self._sql(_REFUSED, (in_ascii(batch.attempt_id), iso(batch.stamp.wall_ms), text, in_ascii(problem)))
        return RowRejected(batch.ticket, whole, _refusal("Part of a check" if whole else "A row of a check", problem))


def _begins_check(fact: Fact) -> bool:
    """Whether the check begins with this fact: the pause before the first question as it is first asked."""
    if not isinstance(fact, StepBegan) or (fact.number, fact.showing) != (1, 1):
        return False
    return is_real_pause(type_of(fact), data_of(fact))


def _refusal(what: str, problem: Exception) -> str:
    return f"{what} is refused by the database: {in_ascii(problem)}."


def _answer(attempt_id: str, a: Answered) -> tuple[object, ...]:
    return attempt_id, a.number, a.showing, a.factor1, a.factor2, a.response, a.shown_us, a.at, str(a.by), a.stall


def _plain(value: NewAttempt | Fact | None) -> dict[str, Any] | None:
    return None if value is None else {"type": type(value).__name__} | vars(value)

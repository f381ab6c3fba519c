"""What the writer thread does with a batch: rows, hashes and answers, all in one transaction.

It has the one connection that writes an attempt. Where a write fails, nothing of it stays and the same batch is handed
in again later.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from mtc_kiosk.check.facts import Answered, Fact, Finished
from mtc_kiosk.check.journal_form import data_of, type_of
from mtc_kiosk.store.attempts import NewAttempt
from mtc_kiosk.store.chain import FIRST, Row, next_hash
from mtc_kiosk.store.wall import iso

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
_FULL, _READ_ONLY = "full", "readonly"


@dataclass(frozen=True)
class Stamp:
    """When facts are handed over: the run, the check's time in us, and the wall clock in ms at that very moment."""

    run: int
    now_us: int
    wall_ms: int

    def wall_time(self, at_us: int) -> str:
        """The wall-clock time of a moment of the check."""
        return iso(self.wall_ms - (self.now_us - at_us) // 1000)


@dataclass(frozen=True)
class Feedback:
    """How a pupil found the check; one of the five choices."""

    choice: str


@dataclass(frozen=True)
class Batch:
    """What one call handed over; it reaches the disk whole or not at all."""

    ticket: int
    attempt_id: str
    facts: tuple[Fact, ...]
    stamp: Stamp
    attempt: NewAttempt | None = None
    feedback: Feedback | None = None


@dataclass
class _Tail:
    """The end of an attempt's chain."""

    seq: int = 0
    hash: str = FIRST


@dataclass
class Writer:
    """Writes batches on its own connection. ``write`` gives None, or a sentence that says why nothing was written."""

    connection: sqlite3.Connection
    _tails: dict[str, _Tail] = field(default_factory=dict)

    def write(self, batches: Sequence[Batch]) -> str | None:
        """Write all of them in one transaction."""
        tails = {attempt: _Tail(tail.seq, tail.hash) for attempt, tail in self._tails.items()}
        try:
            self.connection.execute("begin immediate")
            for batch in batches:
                self._write(batch)
            self.connection.execute("commit")
        except (sqlite3.Error, OSError) as problem:
            self._tails = tails
            if self.connection.in_transaction:
                self.connection.rollback()
            return _sentence(problem)
        return None

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    def _write(self, batch: Batch) -> None:
        if batch.attempt is not None:
            self._begin(batch.attempt, batch.stamp)
        for fact in batch.facts:
            self._event(batch, fact)
            if isinstance(fact, Answered):
                self._answer(batch.attempt_id, fact)
            elif isinstance(fact, Finished):
                finished_at = batch.stamp.wall_time(fact.at)
                self.connection.execute(_FINISH, (finished_at, str(fact.outcome), batch.attempt_id))
                self._tails.pop(batch.attempt_id, None)
        if batch.feedback is not None:
            at = iso(batch.stamp.wall_ms)
            self.connection.execute(_FEEDBACK, (batch.attempt_id, at, batch.feedback.choice))

    def _begin(self, new: NewAttempt, stamp: Stamp) -> None:
        form, settings = json.dumps(new.form.to_json()), json.dumps(new.settings.to_json())
        row = (new.id, new.check_code, new.session_id, new.pupil_id, new.kind, form, settings, new.kiosk)
        self.connection.execute(_ATTEMPT, (*row, stamp.wall_time(0)))

    def _event(self, batch: Batch, fact: Fact) -> None:
        tail = self._tail(batch.attempt_id)
        data, wall_time = data_of(fact), batch.stamp.wall_time(fact.at)
        row = Row(batch.attempt_id, tail.seq + 1, batch.stamp.run, fact.at, wall_time, type_of(fact), data)
        tail.seq, tail.hash = row.seq, next_hash(tail.hash, row)
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        self.connection.execute(
            _EVENT, (row.attempt_id, row.seq, row.run, row.at_us, row.wall_time, row.type, text, tail.hash)
        )

    def _answer(self, attempt_id: str, a: Answered) -> None:
        row = (attempt_id, a.number, a.showing, a.factor1, a.factor2, a.response, a.shown_us, a.at, str(a.by), a.stall)
        self.connection.execute(_ANSWER, row)

    def _tail(self, attempt_id: str) -> _Tail:
        if attempt_id not in self._tails:
            query = "select seq, hash from event where attempt_id = ? order by seq desc limit 1"
            found = self.connection.execute(query, (attempt_id,)).fetchone()
            self._tails[attempt_id] = _Tail(*found) if found is not None else _Tail()
        return self._tails[attempt_id]


def _sentence(problem: sqlite3.Error | OSError) -> str:
    text = str(problem).casefold()
    if _FULL in text or "no space" in text:
        return "The disk is full: make room, and what was typed is saved."
    if _READ_ONLY in text:
        return "The database may not be written to: its folder or file is read-only."
    return f"The disk did not take what was typed: {problem}."

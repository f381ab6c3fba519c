"""Read attempts from the database, with every type checked.

Rows are trusted only if they have the shape they were written with. An attempt that cannot be read never hides another.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from mtc_kiosk.check.draw import Met
from mtc_kiosk.check.facts import Fact
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.journal_form import fact_from
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.record.canonical import NotCanonical, from_canonical
from mtc_kiosk.record.chain import FIRST, ChainRow, hash_with_text, next_hash
from mtc_kiosk.record.settings_shape import settings_from
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import ODD
from mtc_kiosk.store.db.sqlite_faults import OddRow
from mtc_kiosk.store.db.times import milliseconds

_REAL_PAUSES = (
    "from event where event.attempt_id = {attempt} and event.type = 'StepBegan'"
    " and json_extract(event.data, '$.step') = 'pause' and json_extract(event.data, '$.practice') = 0"
)

BEGUN_AT = f"(select event.wall_time {_REAL_PAUSES} order by event.seq limit 1)"
"""SQL: when the check of an attempt began, null where it did not (``check.journal_form.is_real_pause``)."""

HAS_BEGUN = f"exists (select 1 {_REAL_PAUSES})"
"""SQL: whether it has."""


class Unreadable(ValueError):
    """The rows of an attempt are not what this program writes; the message is a sentence for a person."""


class _NoAttempt(KeyError):
    """There is no attempt of this id."""


@dataclass(frozen=True)
class NewAttempt:
    """An attempt about to begin. ``kind`` is ``official`` or ``try``; a walk-up has no pupil."""

    id: str
    kind: Kind
    form: Form
    settings: Settings
    kiosk: str
    check_code: str | None = None
    session_id: int | None = None
    pupil_id: int | None = None


@dataclass(frozen=True)
class StoredAttempt:
    """An attempt from the database. ``broken_at`` is the first row at which its hash chain fails, None if it does not.

    ``last_run``, ``last_at_us`` and ``last_wall_ms`` are those of its last row: a new run goes on from there.
    """

    id: str
    kind: Kind
    kiosk: str
    form: Form
    settings: Settings
    facts: tuple[Fact, ...]
    started_at: str
    outcome: str | None
    last_run: int
    last_at_us: int
    last_wall_ms: int
    broken_at: int | None


@dataclass(frozen=True)
class Unfinished:
    """A kiosk's attempts that have not ended, the oldest first, and a sentence for each that cannot be read."""

    attempts: tuple[StoredAttempt, ...]
    unreadable: tuple[str, ...]


def load_attempt(db: Database, attempt_id: str) -> StoredAttempt:
    """One attempt with all its facts; KeyError if there is none, Unreadable if its rows are damaged."""
    started_at = "an unknown time"
    try:
        found = db.execute(
            "select started_at, kind, kiosk, outcome, form, settings from attempt where id = ?", (attempt_id,)
        ).fetchone()
        if found is None:
            raise _NoAttempt(attempt_id)
        started_at, kind, kiosk, outcome, form, settings = found
        rows = db.execute(
            "select run, at_us, wall_time, type, data from event where attempt_id = ? order by seq", (attempt_id,)
        ).fetchall()
        last_run, last_at_us, last_wall_time, *_ = rows[-1] if rows else (0, 0, started_at)
        return StoredAttempt(
            id=attempt_id,
            kind=Kind(kind),
            kiosk=kiosk,
            form=Form.from_json(json.loads(form)),
            settings=settings_from(json.loads(settings)),
            facts=tuple(fact_from(type_, at_us, json.loads(data)) for _, at_us, _, type_, data in rows),
            started_at=started_at,
            outcome=outcome,
            last_run=last_run,
            last_at_us=last_at_us,
            last_wall_ms=milliseconds(last_wall_time),
            broken_at=first_broken(db, attempt_id),
        )
    except _NoAttempt:
        raise
    except OddRow as odd:
        raise Unreadable(f"The attempt of {started_at} ({attempt_id}) cannot be read. {odd}") from odd
    except ODD as problem:
        raise Unreadable(
            f"The attempt of {started_at} ({attempt_id}) cannot be read: one of its rows is damaged."
        ) from problem


def unfinished(db: Database, kiosk: str | None) -> Unfinished:
    """The attempts of a kiosk that have not ended; None: of every kiosk."""
    query = "select id from attempt where kiosk = coalesce(?, kiosk) and outcome is null order by started_at, id"
    attempts, unreadable = [], []
    for (attempt_id,) in db.execute(query, (kiosk,)).fetchall():
        try:
            attempts.append(load_attempt(db, attempt_id))
        except Unreadable as problem:
            unreadable.append(str(problem))
    return Unfinished(tuple(attempts), tuple(unreadable))


def earlier_forms(db: Database, pupil_id: int | None, kiosk: str, but: str = "") -> Met:
    """The forms that a pupil met, or that a kiosk's walk-ups met if ``pupil_id`` is None.

    ``but`` is a check code that leaves out the attempts with it.
    """
    whose, value = ("pupil_id = ?", pupil_id) if pupil_id is not None else ("pupil_id is null and kiosk = ?", kiosk)
    query = (
        f"select kind, cast(form as blob) from attempt where {whose} and check_code is not ? order by started_at, id"  # noqa: S608 - both ours
    )
    rows = db.execute(query, (value, but)).fetchall()
    return Met(
        official=tuple(_forms(form for kind, form in rows if kind == Kind.OFFICIAL)),
        try_outs=tuple(_forms(form for kind, form in rows if kind == Kind.TRY)),
    )


def _forms(texts: Iterator[bytes]) -> Iterator[Form]:
    for text in texts:
        try:
            yield Form.from_json(json.loads(text))
        except ODD:  # a form that cannot be read cannot be avoided either
            continue


def first_broken(db: Database, attempt_id: str) -> int | None:
    """The first ``seq`` of an attempt with a wrong hash or number; None if the chain is whole.

    It cannot see rows missing from the end: the last hash, in the signed record, shows those.
    """
    previous = FIRST
    query = "select seq, run, at_us, wall_time, type, data, hash from event where attempt_id = ? order by seq"
    rows = db.execute(query, (attempt_id,)).fetchall()
    for expected, (seq, run, at_us, wall_time, kind, data, kept) in enumerate(rows, start=1):
        try:
            row = ChainRow(attempt_id, seq, run, at_us, wall_time, kind, from_canonical(data.encode()))
            previous = next_hash(previous, row)
        except (NotCanonical, UnicodeError):
            return expected
        if seq != expected or kept != previous:
            return expected
    return None


def is_as_written(db: Database, attempt_id: str) -> bool:
    """Whether the chain of an attempt is whole, by its rows' own bytes: much faster than ``first_broken``.

    If not, ask ``first_broken``.
    """
    previous = FIRST
    query = "select seq, run, at_us, wall_time, type, data, hash from event where attempt_id = ? order by seq"
    rows = db.execute(query, (attempt_id,)).fetchall()
    for expected, (seq, run, at_us, wall_time, kind, data, kept) in enumerate(rows, start=1):
        previous = hash_with_text(previous, (attempt_id, seq, run, at_us, wall_time, kind), data)
        if seq != expected or kept != previous:
            return False
    return True

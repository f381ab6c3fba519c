"""Attempts as they go into the database and come back from it, with types that cannot be wrong."""

import json
import sqlite3
from dataclasses import dataclass

from mtc_kiosk.check.facts import Fact
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.journal_form import fact_from
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.store.chain import first_broken
from mtc_kiosk.store.wall import milliseconds


@dataclass(frozen=True)
class NewAttempt:
    """An attempt about to begin. ``kind`` is ``official`` or ``try``; a walk-up has no pupil."""

    id: str
    kind: str
    form: Form
    settings: Settings
    kiosk: str
    check_code: str | None = None
    session_id: int | None = None
    pupil_id: int | None = None


@dataclass(frozen=True)
class StoredAttempt:
    """An attempt from the database. ``broken_at`` is the first row where its hash chain fails, None where it holds."""

    id: str
    kind: str
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
class EarlierForms:
    """The forms met before, the oldest first."""

    official: tuple[Form, ...]
    tries: tuple[Form, ...]


def load_attempt(connection: sqlite3.Connection, attempt_id: str) -> StoredAttempt:
    """One attempt with all its facts; KeyError where there is none, NotAFact where a row is none."""
    found = connection.execute(
        "select kind, kiosk, form, settings, started_at, outcome from attempt where id = ?", (attempt_id,)
    ).fetchone()
    if found is None:
        raise KeyError(attempt_id)
    kind, kiosk, form, settings, started_at, outcome = found
    rows = connection.execute(
        "select run, at_us, wall_time, type, data from event where attempt_id = ? order by seq", (attempt_id,)
    ).fetchall()
    facts = tuple(fact_from(type_, at_us, json.loads(data)) for _, at_us, _, type_, data in rows)
    return StoredAttempt(
        id=attempt_id,
        kind=kind,
        kiosk=kiosk,
        form=Form.from_json(json.loads(form)),
        settings=Settings.from_json(json.loads(settings)),
        facts=facts,
        started_at=started_at,
        outcome=outcome,
        last_run=max((row[0] for row in rows), default=0),
        last_at_us=max((row[1] for row in rows), default=0),
        last_wall_ms=max((milliseconds(row[2]) for row in rows), default=milliseconds(started_at)),
        broken_at=first_broken(connection, attempt_id),
    )


def unfinished(connection: sqlite3.Connection, kiosk: str) -> tuple[StoredAttempt, ...]:
    """The attempts of a kiosk that have not ended, the oldest first."""
    query = "select id from attempt where kiosk = ? and outcome is null order by started_at, id"
    return tuple(
        load_attempt(connection, attempt_id) for (attempt_id,) in connection.execute(query, (kiosk,)).fetchall()
    )


def earlier_forms(connection: sqlite3.Connection, pupil_id: int | None, kiosk: str) -> EarlierForms:
    """The forms that a pupil met, or that a kiosk's walk-ups met where ``pupil_id`` is None."""
    whose, value = ("pupil_id = ?", pupil_id) if pupil_id is not None else ("pupil_id is null and kiosk = ?", kiosk)
    query = f"select kind, form from attempt where {whose} order by started_at, id"  # noqa: S608 - both ours
    rows = [(kind, Form.from_json(json.loads(form))) for kind, form in connection.execute(query, (value,))]
    return EarlierForms(
        official=tuple(form for kind, form in rows if kind == "official"),
        tries=tuple(form for kind, form in rows if kind == "try"),
    )

"""Seal what was done in this home: a finished attempt, its feedback, its assistant, a reason, a restart.

Every method works within the caller's transaction, so that a check is finished and its record stored together or not at
all. A walk-up has no pupil and is never sealed. A record has the time of what it records, not of the sealing.
"""

import json
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from mtc_kiosk.record.content import Assistant, Check, Content, Event, Feedback, Reason, Restart
from mtc_kiosk.record.detail import SALT_BYTES, AssistantDetail, Detail
from mtc_kiosk.record.school import School
from mtc_kiosk.record.sealed import seal
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.school.assistant import LateAssistant
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import made, read
from mtc_kiosk.store.records.backing_out import BACKED_OUT, is_backed_out
from mtc_kiosk.store.records.inbox import put
from mtc_kiosk.store.records.rows import RecordRow, State, Table, insert

_NAMES = uuid.UUID("5d1b8a5c-53c4-4c9e-9b43-0f6a2f6f6d2e")
"""The UUID name space for ids of records made from rows; a check has the id of its attempt."""

_ATTEMPT = (
    "select pupil_id, check_code, kind, form, settings, kiosk, started_at, finished_at, outcome from attempt"
    " where id = ? and outcome is not null"
)
_EVENTS = "select seq, run, at_us, wall_time, type, data, hash from event where attempt_id = ? order by seq"
_FEEDBACK = (
    "select f.at, f.by, f.choice, f.undoes, f.attempt_id, a.pupil_id from feedback f"
    " join attempt a on a.id = f.attempt_id where f.id = ?"
)
_ASSISTANT = (
    "select s.at, s.by, s.code, s.undoes, s.forename, s.surname, s.why, s.attempt_id, a.pupil_id from assistant s"
    " join attempt a on a.id = s.attempt_id where s.id = ?"
)
_REASON = "select pupil_id, at, by, code, by_head, undoes from reason where id = ?"
_RESTART = "select pupil_id, at, by, code, origin_attempt, by_head, undoes from restart where id = ?"
_UNSEALED = (
    "select id from attempt where outcome is not null and pupil_id is not null"  # noqa: S608 - all ours
    " and id not in (select record_id from inbox union select record_id from outbox union select record_id"
    f" from conflict) and not {BACKED_OUT.format(attempt='attempt.id')} order by started_at, id"
)


@dataclass(frozen=True)
class Sealer:
    """Makes and signs a home's records and stores them.

    ``into_inbox``: the home is its own desk. ``into_outbox``: records have a destination.
    """

    key: DeviceKey
    kiosk: str
    school: School
    made_up: bool
    into_inbox: bool
    into_outbox: bool

    @property
    def device(self) -> str:
        """The device whose key signs."""
        return self.key.fingerprint

    def check(self, db: Database, attempt_id: str) -> str | None:
        """Seal a finished attempt; return the record's id. KeyError if it is unknown or not finished.

        None for a walk-up, and for an attempt in which the pupil pressed "This is not me".
        """
        found = db.execute(_ATTEMPT, (attempt_id,)).fetchone()
        if found is None:
            raise KeyError(attempt_id)
        pupil_id, check_code, kind, form, settings, kiosk, started_at, finished_at, outcome = found
        if pupil_id is None or is_backed_out(db, attempt_id):
            return None
        rows = read(db, "event", _EVENTS, (attempt_id,), lambda *row: (_event(row), row[-1]))
        detail = _detail(db, pupil_id, None)

        def content(_: str) -> Check:
            return Check(
                **self._common(attempt_id, finished_at, detail) | {"kiosk": kiosk},
                check_code=check_code,
                kind=kind,
                form=json.loads(form),
                settings=json.loads(settings),
                started_at=started_at,
                outcome=outcome,
                events=tuple(event for event, _ in rows),
                chain=rows[-1][1],
            )

        return self._put(db, made(db, "attempt", (attempt_id,), content), detail)

    def feedback(self, db: Database, row_id: int) -> str | None:
        """Seal how a pupil found a check; None for a walk-up. KeyError for an unknown row."""
        at, by, choice, undoes, attempt_id, pupil_id = _row(db, _FEEDBACK, row_id)
        if pupil_id is None:
            return None
        detail = _detail(db, pupil_id, by)
        common = self._common(self._id("feedback", row_id, at), at, detail)
        undone = self._undone(db, "feedback", undoes)
        return self._put(db, Feedback(**common, attempt_id=attempt_id, choice=choice, undoes=undone), detail)

    def assistant(self, db: Database, row_id: int) -> str | None:
        """Seal who typed in a check, or that it was taken back; None for a walk-up. KeyError for an unknown row."""
        at, by, code, undoes, forename, surname, why, attempt_id, pupil_id = _row(db, _ASSISTANT, row_id)
        if pupil_id is None:
            return None
        about = _detail(db, pupil_id, by)
        detail = AssistantDetail(**about.model_dump(), forename=forename, surname=surname, why=why)
        common = self._common(self._id("assistant", row_id, at), at, detail)
        undone = self._undone(db, "assistant", undoes)
        return self._put(db, Assistant(**common, attempt_id=attempt_id, code=code, undoes=undone), detail)

    def assistant_elsewhere(
        self,
        db: Database,
        pupil_id: int,
        attempt_id: str,
        at: str,
        by: str,
        late: LateAssistant | None,
        undoes: str | None = None,
    ) -> str:
        """Seal who typed in an attempt that is not here, or that it was taken back (``undoes``); the record's id."""
        about = _detail(db, pupil_id, by)
        name, why = (late.name, late.why) if late is not None else (None, None)
        forename, surname = (name.forename, name.surname) if name is not None else (None, None)
        detail = AssistantDetail(**about.model_dump(), forename=forename, surname=surname, why=why)
        common = self._common(str(uuid.uuid4()), at, detail)
        return self._put(db, Assistant(**common, attempt_id=attempt_id, code="later", undoes=undoes), detail)

    def reason(self, db: Database, row_id: int) -> str:
        """Seal a row of ``reason``, also one that takes another back. KeyError for an unknown row."""
        pupil_id, at, by, code, by_head, undoes = _row(db, _REASON, row_id)
        detail = _detail(db, pupil_id, by)
        common = self._common(self._id("reason", row_id, at), at, detail)
        undone = self._undone(db, "reason", undoes)
        return self._put(db, Reason(**common, code=code, by_head=bool(by_head), undoes=undone), detail)

    def restart(self, db: Database, row_id: int) -> str:
        """Seal a row of ``restart``, also one that takes another back. KeyError for an unknown row."""
        pupil_id, at, by, code, origin, by_head, undoes = _row(db, _RESTART, row_id)
        detail = _detail(db, pupil_id, by)
        common = self._common(self._id("restart", row_id, at), at, detail)
        undone = self._undone(db, "restart", undoes)
        content = Restart(**common, code=code, origin_attempt=origin, by_head=bool(by_head), undoes=undone)
        return self._put(db, content, detail)

    def catch_up(self, db: Database) -> tuple[str, ...]:
        """Seal every finished attempt of a pupil that has no record; return their ids."""
        unsealed = self.unsealed(db)
        for attempt_id in unsealed:
            self.check(db, attempt_id)
        return unsealed

    def unsealed(self, db: Database) -> tuple[str, ...]:
        """The finished attempts of pupils that should have a record and have none."""
        if not (self.into_inbox or self.into_outbox):
            return ()
        return tuple(attempt_id for (attempt_id,) in db.execute(_UNSEALED).fetchall())

    def _common(self, record_id: str, at: str, detail: Detail) -> dict[str, Any]:
        return {
            "id": record_id,
            "at": at,
            "device": self.key.fingerprint,
            "kiosk": self.kiosk,
            "school": self.school,
            "made_up": self.made_up,
            "detail": detail.digest,
        }

    def _id(self, table: str, row_id: int, at: str) -> str:
        """A record's id: stable when a row is sealed again, but different if a restored backup reuses the row's
        number."""
        return str(uuid.uuid5(_NAMES, f"{table} {self.key.fingerprint} {row_id} {at}"))

    def _undone(self, db: Database, table: str, row_id: int | None) -> str | None:
        """The id of the record that this one takes back."""
        if row_id is None:
            return None
        (at,) = _row(db, f"select at from {table} where id = ?", row_id)  # noqa: S608 - the names are ours
        return self._id(table, row_id, str(at))

    def _put(self, db: Database, content: Content, detail: Detail) -> str:
        sealed = seal(content, detail, self.key)
        if self.into_inbox:
            put(db, RecordRow.of(sealed, State.TAKEN, content.at), content)
        if self.into_outbox:
            insert(db, Table.OUTBOX, RecordRow.of(sealed, State.WAITING, content.at))
        return content.id


def _row(db: Database, query: str, row_id: int) -> Any:
    found = db.execute(query, (row_id,)).fetchone()
    if found is None:
        raise KeyError(row_id)
    return found


def _detail(db: Database, pupil_id: int, by: str | None) -> Detail:
    upn, ref = db.execute("select upn, ref from pupil where id = ?", (pupil_id,)).fetchone() or (None, None)
    return Detail(salt=secrets.token_hex(SALT_BYTES), upn=upn, ref=ref, pupil=pupil_id, by=by)


def _event(row: tuple[Any, ...]) -> Event:
    seq, run, at_us, wall_time, kind, data, _ = row
    return Event(seq=seq, run=run, at_us=at_us, wall_time=wall_time, type=kind, data=json.loads(data))

"""What happened to one pupil and their checks, in order, from the rows of this home and from received records.

No answer and no score is read. ``by`` is the account where one acted, "" where nobody did or it is not known.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.staff import AuditAction
from mtc_kiosk.store.classroom import away
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.journal.attempts import BEGUN_AT


class Happened(StrEnum):
    """The kinds of event; the first ones are actions of the audit."""

    ADDED = "pupil.added"
    EDITED = "pupil.changed"
    LEFT = "pupil.left"
    RETURNED = "pupil.returned"
    REASON_GIVEN = "reason.set"
    REASON_TAKEN_BACK = "reason.removed"
    RESTART_GIVEN = "restart.given"
    RESTART_TAKEN_BACK = "restart.removed"
    ASSISTANT_ADDED = "assistant.added"
    ASSISTANT_TAKEN_BACK = "assistant.removed"
    PIN_CANCELLED = "pin.cancelled"
    CHOICE_MADE = "choice.made"
    CHOICE_TAKEN_BACK = "choice.taken_back"
    ARRANGEMENTS = "arrangements.changed"
    PIN_MADE = "pin made"
    SIGNED_IN = "signed in"
    BEGAN = "began"
    HELD = "Held"
    CARRIED_ON = "Released"
    SET_ASIDE = "SetAside"
    STOPPED = "Stopped"
    SPOILT = "Voided"
    NOT_THEIRS = "BackedOut"
    ENDED = "ended"
    CAME_IN = "came in"


@dataclass(frozen=True)
class PupilEvent:
    """One thing that happened. ``what`` is a code, a cause, an outcome or a form's columns; ``kiosk`` where it was.

    ``number`` is that of the session or of the question; ``kind`` that of the check or the PIN.
    """

    at: datetime
    happened: Happened
    by: str = ""
    what: str = ""
    kiosk: str = ""
    number: int = 0
    kind: Kind = Kind.OFFICIAL


_AUDITED = tuple(each for each in Happened if "." in each)
_AUDIT = (
    "select id, at, account, action, coalesce(before, '{}'), coalesce(after, '{}') from audit"
    " where subject = ? and action in (select value from json_each(?)) order by id"
)
_PINS = (
    "select p.check_code, s.id, s.kind, s.opens_at, s.opened_by,"
    " (select min(at) from audit where action = 'session.started' and subject = cast(s.id as text))"
    " from pin p join session s on s.id = p.session_id where p.pupil_id = ? order by s.id"
)
_ATTEMPTS = (
    f"select id, kind, kiosk, started_at, finished_at, outcome, {BEGUN_AT.format(attempt='attempt.id')}"  # noqa: S608 - ours
    " from attempt where pupil_id = ? order by started_at, id"
)
_OF_ATTEMPT = (
    "select seq, wall_time, type, data from event where attempt_id = ?"
    " and type in ('Held', 'Released', 'SetAside', 'Stopped', 'Voided', 'BackedOut') order by seq"
)
_ACTS = "select at, account, action from audit where subject = ? and action like 'check.%' order by id"
_ACT_OF = {
    Happened.CARRIED_ON: AuditAction.RESUMED,
    Happened.SET_ASIDE: AuditAction.SET_ASIDE,
    Happened.STOPPED: AuditAction.STOPPED,
}
_NEAR = timedelta(seconds=10)
"""How far the row of who did something may be from the journal's own time."""


def pupil_events(db: Database, facts: PupilHistory) -> tuple[PupilEvent, ...]:
    """Everything known of this pupil, the earliest first."""
    with db.atomic():
        own = {
            attempt_id for (attempt_id,) in db.execute("select id from attempt where pupil_id = ?", (facts.pupil_id,))
        }
        found = [
            *_audited(db, facts.pupil_id),
            *_pins(db, facts.pupil_id),
            *_attempts(db, facts.pupil_id),
            *_at_kiosks(db, facts),
            *_from_elsewhere(facts, own),
        ]
    return tuple(sorted(found, key=lambda event: event.at))


def _audited(db: Database, pupil_id: int) -> Iterator[PupilEvent]:
    def event(_: int, at: str, account: str, action: str, before: str, after: str) -> PupilEvent:
        said = {**json.loads(before), **json.loads(after)}
        what = said.get("code") or ", ".join(said.get("columns", ()))
        return PupilEvent(instant(at), Happened(action), account, str(what))

    yield from read(db, "audit", _AUDIT, (str(pupil_id), json.dumps(_AUDITED)), event)


def _pins(db: Database, pupil_id: int) -> Iterator[PupilEvent]:
    def event(_: str, session_id: int, kind: str, opens_at: str, by: str, made_at: str | None) -> PupilEvent:
        at = instant(made_at if made_at is not None else opens_at)
        return PupilEvent(at, Happened.PIN_MADE, by, number=session_id, kind=Kind(kind))

    yield from read(db, "pin", _PINS, (pupil_id,), event)


def _attempts(db: Database, pupil_id: int) -> Iterator[PupilEvent]:
    def events(
        attempt_id: str, kind: str, kiosk: str, started: str, ended: str | None, outcome: str | None, begun: str | None
    ) -> list[PupilEvent]:
        of = Kind(kind)
        found = [PupilEvent(instant(started), Happened.SIGNED_IN, kiosk=kiosk, kind=of)]
        if begun is not None:
            found.append(PupilEvent(instant(begun), Happened.BEGAN, kiosk=kiosk, kind=of))
        found += _within(db, attempt_id, kiosk, of)
        if ended is not None and not any(each.happened is Happened.NOT_THEIRS for each in found):
            found.append(PupilEvent(instant(ended), Happened.ENDED, what=outcome or "", kiosk=kiosk, kind=of))
        return found

    for several in read(db, "attempt", _ATTEMPTS, (pupil_id,), events):
        yield from several


def _within(db: Database, attempt_id: str, kiosk: str, kind: Kind) -> list[PupilEvent]:
    acts = [(instant(at), by, action) for at, by, action in db.execute(_ACTS, (attempt_id,)).fetchall()]

    def event(_: int, at: str, what: str, data: str) -> PupilEvent:
        said, happened, moment = json.loads(data), Happened(what), instant(at)
        near = [
            (abs(done - moment), by)
            for done, by, action in acts
            if action == _ACT_OF.get(happened) and abs(done - moment) <= _NEAR
        ]
        by = min(near)[1] if near else ""
        return PupilEvent(moment, happened, by, said.get("cause", ""), kiosk, said.get("number", 0), kind)

    return read(db, "event", _OF_ATTEMPT, (attempt_id,), event)


def _at_kiosks(db: Database, facts: PupilHistory) -> Iterator[PupilEvent]:
    """Attempts at enrolled kiosks, as those told them; how one ended is left to its record, once that is here."""
    here = {taking.id for taking in facts.takings if taking.record}
    for one in away.every_of_pupil(db, facts.pupil_id):
        yield PupilEvent(one.started_at, Happened.SIGNED_IN, kiosk=one.kiosk, kind=one.kind)
        if one.begun_at is not None:
            yield PupilEvent(one.begun_at, Happened.BEGAN, kiosk=one.kiosk, kind=one.kind)
        if one.held is not None and one.outcome is None:
            yield PupilEvent(one.held.since, Happened.HELD, "", one.held.cause, one.kiosk, kind=one.kind)
        if one.finished_at is not None and one.id not in here:
            yield PupilEvent(one.finished_at, Happened.ENDED, "", one.outcome or "", one.kiosk, kind=one.kind)


def _from_elsewhere(facts: PupilHistory, own: set[str]) -> Iterator[PupilEvent]:
    """Checks, reasons and restarts of other PCs, which have no rows here."""
    for taking in facts.takings:
        if taking.record and taking.id not in own:
            yield PupilEvent(taking.started_at, Happened.CAME_IN, what=taking.outcome or "", kiosk=taking.kiosk)
    for rows, given, back in (
        (facts.reasons, Happened.REASON_GIVEN, Happened.REASON_TAKEN_BACK),
        (facts.restarts, Happened.RESTART_GIVEN, Happened.RESTART_TAKEN_BACK),
    ):
        for row in rows:
            if not row.id.isdecimal():
                yield PupilEvent(row.at, given if row.undoes is None else back, row.by, row.code)

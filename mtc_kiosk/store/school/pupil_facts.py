"""Read pupils' histories from this home's own rows, from the records that came in, and from what kiosks last told.

All of it is read in one transaction. ``school.progress`` decides what follows from it.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import (
    ChoiceRow,
    OfficialAttempt,
    Pick,
    Pin,
    PupilHistory,
    ReasonRow,
    RestartRow,
)
from mtc_kiosk.store.classroom import away
from mtc_kiosk.store.classroom.away import AwayAttempt
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.journal.attempts import BEGUN_AT
from mtc_kiosk.store.records.received_facts import ReceivedFacts, received_facts
from mtc_kiosk.store.school.held_checks import hold_of, hold_of_away

_Row = TypeVar("_Row", RestartRow, ReasonRow)

_PUPILS = "select id, left_at from pupil where {these} order by id"

_PINS = (
    "select p.pupil_id, p.check_code, s.kind, p.session_id, p.pin,"
    " min(p.expires_at, coalesce(s.closed_at, p.expires_at), coalesce(c.at, p.expires_at)), p.used_at"
    " from pin p join session s on s.id = p.session_id left join cancelled_pin c on c.check_code = p.check_code"
    " where {these} order by p.session_id"
)

_PRACTISED = (
    "exists (select 1 from event e where e.attempt_id = a.id and e.type = 'StepBegan'"
    " and json_extract(e.data, '$.practice') = 1)"
)
_TAKINGS = (
    "select a.pupil_id, a.id, a.check_code, a.kiosk, a.started_at, a.outcome,"  # noqa: S608 - ours
    f" {BEGUN_AT.format(attempt='a.id')}, {_PRACTISED}"
    " from attempt a where a.kind = 'official' and a.pupil_id is not null and a.check_code is not null"
    " and {these}"
)
_OF_THIS_HOME = "select id from attempt where id in (select value from json_each(?))"
_RESTARTS = "select pupil_id, id, at, by, code, origin_attempt, by_head, undoes from restart where {these} order by id"
_REASONS = "select pupil_id, id, at, by, code, by_head, undoes from reason where {these} order by id"
_CHOICES = "select id, pupil_id, at, by, attempt_id, record, among, undoes from choice where {these} order by id"


@dataclass(frozen=True)
class _Chosen:
    """The pupils to read about; everybody if ``ids`` is None.

    The two cases have separate conditions: with one for both, SQLite would use no index.
    """

    ids: Collection[int] | None

    def query(self, text: str, column: str = "pupil_id") -> str:
        """A query about them; ``{these}`` is where its condition goes."""
        these = "true" if self.ids is None else f"{column} in (select value from json_each(?))"  # noqa: S608 - ours
        return text.format(these=these)

    @property
    def values(self) -> tuple[str, ...]:
        """The query's parameters."""
        return () if self.ids is None else (json.dumps(sorted(self.ids)),)


def load_facts(
    db: Database, running: Collection[str], pupil_ids: Collection[int] | None = None
) -> dict[int, PupilHistory]:
    """The histories of these pupils by id; of all, leavers included, if None.

    ``running`` are the kiosks that run now (``store.home.kiosk_lock.running_kiosks``): an attempt on any other kiosk
    counts as held since its last event, or since its kiosk's last word.
    """
    chosen = _Chosen(pupil_ids)
    with db.atomic():
        choices = _choices(db, chosen)
        left = dict(db.execute(chosen.query(_PUPILS, "id"), chosen.values).fetchall())
        came = received_facts(db, pupil_ids)
        pins, takings = _pins(db, chosen), _takings(db, chosen, running, came)
        restarts, reasons = _restarts(db, chosen, came), _reasons(db, chosen, came)
    return {
        pupil_id: PupilHistory(
            pupil_id=pupil_id,
            has_left=left_at is not None,
            pins=tuple(pins[pupil_id]),
            takings=tuple(takings[pupil_id]),
            restarts=tuple(restarts[pupil_id]),
            reasons=tuple(reasons[pupil_id]),
            choices=tuple(choices[pupil_id]),
        )
        for pupil_id, left_at in left.items()
    }


def _pins(db: Database, chosen: _Chosen) -> Mapping[int, list[Pin]]:
    found: dict[int, list[Pin]] = defaultdict(list)

    def keep(
        pupil_id: int, code: str, kind: str, session_id: int, pin: str, ended_at: str, used_at: str | None
    ) -> None:
        used = instant(used_at) if used_at is not None else None
        found[pupil_id].append(Pin(code, Kind(kind), session_id, pin, instant(ended_at), used))

    read(db, "pin", chosen.query(_PINS, "p.pupil_id"), chosen.values, keep, key=1)
    return found


def _takings(
    db: Database, chosen: _Chosen, running: Collection[str], came: ReceivedFacts
) -> Mapping[int, list[OfficialAttempt]]:
    """Each own attempt with its record, those at enrolled kiosks without one, and the checks that came in; of an
    attempt with several records, each record."""
    found: dict[int, list[OfficialAttempt]] = defaultdict(list)
    came_of: dict[str, list[OfficialAttempt]] = defaultdict(list)
    for _, taking in came.takings:
        came_of[taking.id].append(taking)
    own = {attempt_id for (attempt_id,) in db.execute(_OF_THIS_HOME, (json.dumps(list(came_of)),)).fetchall()}

    def keep(
        pupil_id: int,
        attempt_id: str,
        code: str,
        kiosk: str,
        started_at: str,
        outcome: str | None,
        begun_at: str | None,
        practised: int,
    ) -> None:
        records = came_of[attempt_id]
        if outcome is not None and len(records) > 1:
            found[pupil_id] += records
            return
        hold = hold_of(db, attempt_id, started_at, kiosk_runs=kiosk in running) if outcome is None else None
        taking = OfficialAttempt(
            id=attempt_id,
            check_code=code,
            kiosk=kiosk,
            started_at=instant(started_at),
            begun_at=instant(begun_at) if begun_at is not None else None,
            practised=bool(practised),
            held_since=hold.since if hold is not None else None,
            outcome=Outcome(outcome) if outcome is not None else None,
        )
        if outcome is None:
            found[pupil_id] += [taking, *records]  # a restored backup may lack the end that a record has
        else:
            found[pupil_id].append(_with_record(taking, records))

    read(db, "attempt", chosen.query(_TAKINGS, "a.pupil_id"), chosen.values, keep, key=1)
    for one in away.of_pupils(db, chosen.ids):
        if one.pupil_id is not None and one.kind is Kind.OFFICIAL:
            found[one.pupil_id].append(_taking_away(one, running))
    for pupil_id, taking in came.takings:
        if taking.id not in own:
            found[pupil_id].append(taking)
    return found


def _taking_away(one: AwayAttempt, running: Collection[str]) -> OfficialAttempt:
    hold = hold_of_away(one, running) if one.outcome is None else None
    return OfficialAttempt(
        id=one.id,
        check_code=one.check_code,
        kiosk=one.kiosk,
        started_at=one.started_at,
        begun_at=one.begun_at,
        practised=one.practised,
        held_since=hold.since if hold is not None else None,
        outcome=one.outcome,
    )


def _with_record(taking: OfficialAttempt, records: Sequence[OfficialAttempt]) -> OfficialAttempt:
    """A finished attempt of this home, with what its record adds: that it came in, and whether its proof holds."""
    if not records:
        return taking
    return replace(taking, record=records[0].record, delivered=records[0].sound, sound=records[0].sound)


def _restarts(db: Database, chosen: _Chosen, came: ReceivedFacts) -> Mapping[int, list[RestartRow]]:
    own: dict[int, list[RestartRow]] = defaultdict(list)

    def keep(
        pupil_id: int, row_id: int, at: str, by: str, code: str, origin: str | None, by_head: int, undoes: int | None
    ) -> None:
        own[pupil_id].append(RestartRow(str(row_id), instant(at), by, code, origin, bool(by_head), _text(undoes)))

    read(db, "restart", chosen.query(_RESTARTS), chosen.values, keep, key=1)
    return _with_others(own, came.restarts)


def _reasons(db: Database, chosen: _Chosen, came: ReceivedFacts) -> Mapping[int, list[ReasonRow]]:
    own: dict[int, list[ReasonRow]] = defaultdict(list)

    def keep(pupil_id: int, row_id: int, at: str, by: str, code: str, by_head: int, undoes: int | None) -> None:
        own[pupil_id].append(ReasonRow(str(row_id), instant(at), by, code, bool(by_head), _text(undoes)))

    read(db, "reason", chosen.query(_REASONS), chosen.values, keep, key=1)
    return _with_others(own, came.reasons)


def _choices(db: Database, chosen: _Chosen) -> Mapping[int, list[ChoiceRow]]:
    found: dict[int, list[ChoiceRow]] = defaultdict(list)
    for pupil_id, choice in read(db, "choice", chosen.query(_CHOICES), chosen.values, _choice):
        found[pupil_id].append(choice)
    return found


def _choice(
    row_id: int,
    pupil_id: int,
    at: str,
    by: str,
    attempt_id: str | None,
    record: str,
    among: str,
    undoes: int | None,
) -> tuple[int, ChoiceRow]:
    picks = tuple(Pick(**pick) for pick in json.loads(among))
    counts = None
    if attempt_id is not None:
        codes = [pick.code for pick in picks if (pick.attempt, pick.record) == (attempt_id, record)]
        counts = Pick(attempt_id, record, next(iter(codes), ""))
    undone = str(undoes) if undoes is not None else None
    return pupil_id, ChoiceRow(str(row_id), instant(at), by, counts, picks, undone)


def _with_others(own: Mapping[int, list[_Row]], others: Sequence[tuple[int, _Row]]) -> Mapping[int, list[_Row]]:
    """Received rows, then our own: a decision made here comes last. Records of our own rows are left out."""
    found: dict[int, list[_Row]] = defaultdict(list)
    for pupil_id, row in others:
        if not any(_is_of(row, mine) for mine in own.get(pupil_id, ())):
            found[pupil_id].append(row)
    for pupil_id, rows in own.items():
        found[pupil_id] += rows
    return found


def _is_of(record: RestartRow | ReasonRow, row: RestartRow | ReasonRow) -> bool:
    """Whether a record was made from this row."""
    return (record.at, record.code, record.undoes is None) == (row.at, row.code, row.undoes is None)


def _text(row_id: int | None) -> str | None:
    return str(row_id) if row_id is not None else None

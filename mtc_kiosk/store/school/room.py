"""What the room shows of each check: how far it is, since when and why it is held. No mark is known here."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.kiosk_command import CheckNow
from mtc_kiosk.store.classroom import away
from mtc_kiosk.store.classroom.away import AwayAttempt
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.school.held_checks import Hold, hold_of, hold_of_away
from mtc_kiosk.store.school.kiosk_commands import check_away, check_now

_COLUMNS = (
    "select id, pupil_id, kind, kiosk, started_at, finished_at, outcome, json_array_length(form, '$.items'),"
    " json_array_length(settings, '$.practice') from attempt where pupil_id is not null"
)
_OWN = f"{_COLUMNS} and id = ?"
_ATTEMPTS = (
    f"{_COLUMNS} and (outcome is null or session_id in (select value from json_each(?))) order by started_at, id"  # noqa: S608 - ours
)
_PINS = (
    "select p.pupil_id, s.kind from pin p join session s on s.id = p.session_id"
    " where p.session_id in (select value from json_each(?))"
    " and (p.used_at is not null or p.check_code not in (select check_code from cancelled_pin))"
)
_ANSWERED = "select count(*) from answer where attempt_id = ? and by <> 'void'"
_STEP = "select data from event where attempt_id = ? and type = 'StepBegan' order by seq desc limit 1"
_HELD_AT = "select max(seq) from event where attempt_id = ? and type = 'Held'"
_VOID = (
    "select json_extract(data, '$.number'), json_extract(data, '$.factor1') is not null from event"
    " where attempt_id = ? and type = 'Voided' and seq < ? and seq >= ? - 4 order by seq desc limit 1"
)
_OFFERED = (
    "select max(wall_time) from event where attempt_id = ? and seq > ? and type = 'Noted'"
    " and json_extract(data, '$.what') = 'room'"
)


@dataclass(frozen=True)
class Step:
    """Where an unfinished check is: question ``number``, 0 on a page; ``practice``: a practice question."""

    number: int
    practice: bool
    answered: int


@dataclass(frozen=True)
class HeldNow:
    """A held check. ``void``: the number of the question that the fault cost, and whether it is asked again.

    ``offered_at``: the console has let the pupil carry on then, and they have not pressed the button. ``is_away``: at
    an enrolled kiosk, and ``is_gone``: which no longer has it;
    ``has_begun`` says there whether the check itself has begun.
    """

    hold: Hold
    check: CheckNow
    kiosk_runs: bool
    void: tuple[int, bool] | None
    offered_at: datetime | None
    is_away: bool = False
    is_gone: bool = False
    has_begun: bool = True

    @property
    def is_out_of_touch(self) -> bool:
        """Whether the check may be going on at an enrolled kiosk of which the desk hears nothing."""
        return self.is_away and not self.is_gone and not self.kiosk_runs


@dataclass(frozen=True)
class RoomAttempt:
    """One attempt; ``step`` is None once it has ended, ``held`` while it runs or after its end."""

    id: str
    pupil_id: int
    kind: Kind
    kiosk: str
    started_at: datetime
    finished_at: datetime | None
    outcome: Outcome | None
    questions: int
    practice: int
    step: Step | None
    check: CheckNow | None
    held: HeldNow | None


def attempts_in_room(db: Database, session_ids: Collection[int], running: Collection[str]) -> dict[int, RoomAttempt]:
    """The last attempt of each pupil in these sessions, and every attempt that has not ended, by pupil.

    One that has not ended goes before one that has.
    """
    found: dict[int, RoomAttempt] = {}
    with db.atomic():
        rows = db.execute(_ATTEMPTS, (json.dumps(sorted(session_ids)),)).fetchall()
        here = [_attempt(db, running, *row) for row in rows]
        elsewhere = [_away(one, running) for one in away.in_sessions(db, session_ids)]
        for one in sorted((*here, *elsewhere), key=lambda each: (each.started_at, each.id)):
            earlier = found.get(one.pupil_id)
            if earlier is None or one.outcome is None or earlier.outcome is not None:
                found[one.pupil_id] = one
    return found


def own_attempt(db: Database, attempt_id: str, running: Collection[str]) -> RoomAttempt | None:
    """One attempt of this home; None if there is none, or it is a walk-up's."""
    row = db.execute(_OWN, (attempt_id,)).fetchone()
    return _attempt(db, running, *row) if row is not None else None


def pins_in_room(db: Database, session_ids: Collection[int]) -> dict[int, Kind]:
    """The pupils with a PIN of these sessions that was not cancelled, and its kind: the official one of two."""
    rows = read(db, "pin", _PINS, (json.dumps(sorted(session_ids)),), lambda pupil_id, kind: (pupil_id, Kind(kind)))
    official = {pupil_id: kind for pupil_id, kind in rows if kind is Kind.OFFICIAL}
    return dict(rows) | official


def _attempt(db: Database, running: Collection[str], *row: Any) -> RoomAttempt:
    attempt_id, pupil_id, kind, kiosk, started_at, finished_at, outcome, questions, practice = row
    going = outcome is None
    hold = hold_of(db, attempt_id, started_at, kiosk_runs=kiosk in running) if going else None
    check = check_now(db, attempt_id) if going else None
    return RoomAttempt(
        id=attempt_id,
        pupil_id=pupil_id,
        kind=Kind(kind),
        kiosk=kiosk,
        started_at=instant(started_at),
        finished_at=instant(finished_at) if finished_at is not None else None,
        outcome=Outcome(outcome) if outcome is not None else None,
        questions=questions or 0,
        practice=practice or 0,
        step=_step(db, attempt_id) if going else None,
        check=check,
        held=_held(db, hold, check, kiosk_runs=kiosk in running) if hold is not None and check is not None else None,
    )


def _away(one: AwayAttempt, running: Collection[str]) -> RoomAttempt:
    """One at an enrolled kiosk, as that one told it."""
    assert one.pupil_id is not None, "asked for pupils' attempts only"
    going = one.outcome is None
    hold, check = hold_of_away(one, running) if going else None, check_away(one)
    told = one.held
    held = (
        HeldNow(
            hold=hold,
            check=check,
            kiosk_runs=one.runs(running),
            void=told.void if told is not None else None,
            offered_at=told.offered_at if told is not None else None,
            is_away=True,
            is_gone=one.is_gone,
            has_begun=one.begun_at is not None,
        )
        if hold is not None
        else None
    )
    return RoomAttempt(
        id=one.id,
        pupil_id=one.pupil_id,
        kind=one.kind,
        kiosk=one.kiosk,
        started_at=one.started_at,
        finished_at=one.finished_at,
        outcome=one.outcome,
        questions=one.questions,
        practice=one.practice_questions,
        step=Step(one.number, one.practice, one.answered) if going else None,
        check=check if going else None,
        held=held,
    )


def _step(db: Database, attempt_id: str) -> Step:
    answered = int(db.execute(_ANSWERED, (attempt_id,)).fetchone()[0])
    last = db.execute(_STEP, (attempt_id,)).fetchone()
    data = json.loads(last[0]) if last is not None else {}
    return Step(data.get("number") or 0, bool(data.get("practice")), answered)


def _held(db: Database, hold: Hold, check: CheckNow, *, kiosk_runs: bool) -> HeldNow:
    attempt_id = check.attempt_id
    (held_at,) = db.execute(_HELD_AT, (attempt_id,)).fetchone()
    void = db.execute(_VOID, (attempt_id, held_at, held_at)).fetchone() if held_at is not None else None
    (offered,) = db.execute(_OFFERED, (attempt_id, check.hold_seq)).fetchone() if check.hold_seq else (None,)
    return HeldNow(
        hold=hold,
        check=check,
        kiosk_runs=kiosk_runs,
        void=(int(void[0]), bool(void[1])) if void is not None else None,
        offered_at=instant(offered) if offered is not None else None,
    )

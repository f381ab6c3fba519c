"""The checks that wait for staff: held ones, and those of a kiosk that is not running, here or at an enrolled kiosk.

What staff do to a check is in its journal; ``note_act`` writes the audit row that says who did it.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.staff import AuditAction
from mtc_kiosk.store.classroom import away
from mtc_kiosk.store.classroom.away import AwayAttempt
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.school.staff_context import StaffContext

_UNFINISHED = "select id, pupil_id, kiosk, kind, started_at from attempt where outcome is null order by started_at, id"
_LAST_HOLD = (
    "select type, wall_time, data from event where attempt_id = ? and type in ('Held', 'Released')"
    " order by seq desc limit 1"
)
_LAST_EVENT = "select wall_time from event where attempt_id = ? order by seq desc limit 1"
_ENDED = "select outcome from attempt where id = ?"


@dataclass(frozen=True)
class Hold:
    """Since when and why a check is held: by its journal, or because its kiosk is not running (``unknown``)."""

    since: datetime
    cause: Cause
    only_stop: bool


@dataclass(frozen=True)
class HeldCheck:
    """A held check. It can be resumed only at its ``kiosk``, if ``kiosk_runs``. ``pupil_id`` is None for a walk-up.

    ``is_away``: at an enrolled kiosk. While this desk does not hear from that one, the check may be going on there.
    """

    attempt_id: str
    pupil_id: int | None
    kiosk: str
    kind: Kind
    hold: Hold
    kiosk_runs: bool
    is_away: bool = False


@dataclass(frozen=True)
class UnfinishedCheck:
    """An attempt that has not ended, held or not. ``pupil_id`` is None for a walk-up.

    ``is_away``: at an enrolled kiosk; ``is_gone``: that one no longer has it.
    """

    attempt_id: str
    pupil_id: int | None
    kiosk: str
    kind: Kind
    started_at: datetime
    is_away: bool = False
    is_gone: bool = False

    def runs(self, running: Collection[str]) -> bool:
        """Whether its kiosk runs and has it."""
        return self.kiosk in running and not self.is_gone


def held_checks(db: Database, running: Collection[str]) -> tuple[HeldCheck, ...]:
    """Every check of the home and of enrolled kiosks that waits for staff, each of the two the earliest first."""

    def held(attempt_id: str, pupil_id: int | None, kiosk: str, kind: str, started_at: str) -> HeldCheck | None:
        runs = kiosk in running
        hold = hold_of(db, attempt_id, started_at, kiosk_runs=runs)
        return HeldCheck(attempt_id, pupil_id, kiosk, Kind(kind), hold, runs) if hold is not None else None

    with db.atomic():
        found = read(db, "attempt", _UNFINISHED, (), held)
        found += [_held_away(one, running) for one in away.unfinished(db)]
    return tuple(one for one in found if one is not None)


def unfinished_checks(db: Database) -> tuple[UnfinishedCheck, ...]:
    """Every attempt of the home and of enrolled kiosks that has not ended, each of the two the earliest first."""
    return (*read(db, "attempt", _UNFINISHED, (), _unfinished), *map(_unfinished_away, away.unfinished(db)))


def unfinished_check(db: Database, attempt_id: str) -> UnfinishedCheck | None:
    """An attempt that has not ended; None if it has, or if there is none."""
    return next((one for one in unfinished_checks(db) if one.attempt_id == attempt_id), None)


def is_over(db: Database, attempt_id: str) -> bool:
    """Whether an attempt has ended, perhaps through another program; ask before resuming a held one."""
    found = db.execute(_ENDED, (attempt_id,)).fetchone()
    return found is not None and found[0] is not None


def note_act(db: Database, context: StaffContext, what: AuditAction, subject: str) -> None:
    """Write an audit row of what staff did; ``subject`` is the attempt's id or the kiosk's name."""
    with change(db):
        audit(db, context.stamp, str(what), subject)


def _unfinished(attempt_id: str, pupil_id: int | None, kiosk: str, kind: str, started_at: str) -> UnfinishedCheck:
    return UnfinishedCheck(attempt_id, pupil_id, kiosk, Kind(kind), instant(started_at))


def _unfinished_away(one: AwayAttempt) -> UnfinishedCheck:
    return UnfinishedCheck(one.id, one.pupil_id, one.kiosk, one.kind, one.started_at, is_away=True, is_gone=one.is_gone)


def _held_away(one: AwayAttempt, running: Collection[str]) -> HeldCheck | None:
    hold = hold_of_away(one, running)
    if hold is None:
        return None
    return HeldCheck(one.id, one.pupil_id, one.kiosk, one.kind, hold, one.runs(running), is_away=True)


def hold_of_away(one: AwayAttempt, running: Collection[str]) -> Hold | None:
    """Why an unfinished attempt at an enrolled kiosk is held: as that one said, or since its last word."""
    if one.held is not None:
        return Hold(one.held.since, one.held.cause, one.held.only_stop)
    return None if one.runs(running) else Hold(one.heard_at, Cause.UNKNOWN, only_stop=False)


def hold_of(db: Database, attempt_id: str, started_at: str, *, kiosk_runs: bool) -> Hold | None:
    """Why an unfinished attempt is held; None while a pupil is taking it."""
    last_hold = db.execute(_LAST_HOLD, (attempt_id,)).fetchone()
    if last_hold is not None and last_hold[0] == "Held":
        data = json.loads(last_hold[2])
        return Hold(instant(last_hold[1]), Cause(data["cause"]), bool(data["only_stop"]))
    if kiosk_runs:
        return None
    last = db.execute(_LAST_EVENT, (attempt_id,)).fetchone()
    return Hold(instant(last[0] if last is not None else started_at), Cause.UNKNOWN, only_stop=False)

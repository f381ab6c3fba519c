"""The context of every change in ``store.school``: the time, the rules, who acts; and refusals that all share."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode, PupilObstacle, Refused, refuse
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp

_STANDS = (
    "select exists (select 1 from declaration as signed where undoes is null"
    " and not exists (select 1 from declaration as later where later.undoes = signed.id))"
)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """The time, the rules in force, and the kiosks that run (``store.home.kiosk_lock.running_kiosks``)."""

    now: datetime
    rules: Rules
    running: Collection[str]


@dataclass(frozen=True, kw_only=True)
class StaffContext(Moment):
    """A member of staff acting at a time."""

    staff: Staff

    @property
    def stamp(self) -> AuditStamp:
        """Who acts and when, for the audit."""
        return AuditStamp(written(self.now), self.staff.account)


def refuse_if(obstacle: Obstacle | None, pupil_id: int | None = None) -> None:
    """Raise Refused if there is an obstacle."""
    if obstacle is not None:
        raise Refused((PupilObstacle(obstacle, pupil_id),))


def refuse_any(obstacles: Iterable[tuple[Obstacle | None, int]]) -> None:
    """Raise Refused with every obstacle, each with its pupil; nothing if there is none."""
    found = [PupilObstacle(obstacle, pupil_id) for obstacle, pupil_id in obstacles if obstacle is not None]
    if found:
        raise Refused(found)


def refuse_where_declared(db: Database, timetable: Timetable) -> None:
    """Refuse a change of PINs, restarts or reasons under a signed declaration (national scheme only)."""
    if timetable.national and db.execute(_STANDS).fetchone()[0]:
        raise refuse(
            ObstacleCode.CLOSED, "The declaration is signed, so PINs, restarts and reasons can no longer be changed."
        )

"""What a change of the school half needs to know beside what is to be done. It changes nothing itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.school.obstacle import Obstacle, PupilObstacle, Refused
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.store.db.instants import written
from mtc_kiosk.store.db.transaction import AuditStamp


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What time it is, which rules hold, and which kiosks run (``store.home.kiosk_lock.running_kiosks``)."""

    now: datetime
    rules: Rules
    running: Collection[str]


@dataclass(frozen=True, kw_only=True)
class StaffContext(Moment):
    """Somebody on the staff who does something at a moment."""

    staff: Staff

    @property
    def stamp(self) -> AuditStamp:
        """The same as the audit has it."""
        return AuditStamp(written(self.now), self.staff.account)


def refuse_barred(bar: Obstacle | None, pupil_id: int | None = None) -> None:
    """Refuse what something is in the way of."""
    if bar is not None:
        raise Refused((PupilObstacle(bar, pupil_id),))

"""When the register may be changed. It knows no clock: now is handed in.

Source: the national service's phases (docs/reference/school-side.md, "Phases"): lists are taken until the check
closes, single pupils until the register does, and none under a signed declaration.
"""

from datetime import datetime

from mtc_kiosk.school.namesakes import spoken
from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.timetable import Timetable


def register_bar(timetable: Timetable, now: datetime, *, many: bool, declared: bool) -> Obstacle | None:
    """Why the register may not be changed now; None where it may.

    ``many`` is for a class list. ``declared``: a declaration is signed and stands, which binds under the national
    scheme alone.
    """
    today = timetable.day(now)
    if timetable.register_opens is not None and today < timetable.register_opens:
        opens = spoken(timetable.register_opens)
        return Obstacle(ObstacleCode.NOT_OPEN_YET, f"The register opens on {opens} (school.yaml, window).")
    closes = timetable.check_closes if many and timetable.national else timetable.register_closes
    if closes is not None and today > closes:
        what = "Class lists were taken until" if many else "The register was open until"
        return Obstacle(ObstacleCode.CLOSED, f"{what} {spoken(closes)} (school.yaml, window).")
    if declared and timetable.national:
        return Obstacle(ObstacleCode.CLOSED, "The declaration is signed: the register stays as it is.")
    return None

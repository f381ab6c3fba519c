"""When the register may be changed, and when results may be seen.

Source: the national service's phases (docs/reference/school-side.md, "Phases" and "Results"). Lists are taken until the
check closes, single pupils until the register does, and none under a signed declaration.
"""

from datetime import datetime, time, timedelta

from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.school.words import date_in_words, time_in_words


def register_obstacle(timetable: Timetable, now: datetime, *, many: bool, declared: bool) -> Obstacle | None:
    """Why the register may not be changed now; None if it may.

    ``many``: by a class list. ``declared``: a signed declaration is in force, which matters only under the national
    scheme.
    """
    today = timetable.day(now)
    if timetable.register_opens is not None and today < timetable.register_opens:
        opens = date_in_words(timetable.register_opens)
        return Obstacle(ObstacleCode.NOT_OPEN_YET, f"The register opens on {opens} (school.yaml, window).")
    closes = timetable.check_closes if many and timetable.national else timetable.register_closes
    if closes is not None and today > closes:
        what = "Class lists could be imported until" if many else "The register was open until"
        return Obstacle(ObstacleCode.CLOSED, f"{what} {date_in_words(closes)} (school.yaml, window).")
    if declared and timetable.national:
        return Obstacle(ObstacleCode.CLOSED, "The declaration is signed, so the register can no longer be changed.")
    return None


RESULTS_FROM = time(6)
"""On the Monday after the window."""


def results_open_at(timetable: Timetable) -> datetime | None:
    """06:00 on the Monday after the check closes; None if it never closes."""
    if timetable.check_closes is None:
        return None
    week_after = timetable.check_closes + timedelta(days=7)
    return timetable.at(week_after - timedelta(days=week_after.weekday()), RESULTS_FROM)


def results_obstacle(timetable: Timetable, now: datetime, *, after_window: bool) -> Obstacle | None:
    """Why staff may not see results now; None if they may.

    With ``after_window`` results wait until ``results_open_at``, for ever if the check never closes.
    """
    opens = results_open_at(timetable)
    if not after_window or (opens is not None and now >= opens):
        return None
    when = "after the last day of the check"
    if opens is not None:
        when = f"on {opens.astimezone(timetable.zone):%A} {time_in_words(opens, timetable.zone)}"
    return Obstacle(ObstacleCode.NOT_RELEASED, f"Results can be seen {when} (school.yaml, results).")

"""When results may be seen, where they wait for the end of the check. It makes no result and knows no clock.

Source: docs/reference/school-side.md, "Results".
"""

from datetime import datetime, time, timedelta

from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.timetable import Timetable

RESULTS_FROM = time(6)
"""On the Monday after the window."""


def results_open_at(timetable: Timetable) -> datetime | None:
    """06:00 on the Monday after the check closes; None where it never does."""
    if timetable.check_closes is None:
        return None
    week_after = timetable.check_closes + timedelta(days=7)
    return timetable.at(week_after - timedelta(days=week_after.weekday()), RESULTS_FROM)


def results_bar(timetable: Timetable, now: datetime, *, after_window: bool) -> Obstacle | None:
    """Why nobody may see results now; None where everybody on the staff may.

    With ``after_window`` they wait until ``results_open_at``, for ever where the check never closes.
    """
    opens = results_open_at(timetable)
    if not after_window or (opens is not None and now >= opens):
        return None
    when = "after the last day of the check"
    if opens is not None:
        local = opens.astimezone(timetable.zone)
        when = f"on {local:%A} {local.day} {local:%B %Y at %H:%M}"
    return Obstacle(ObstacleCode.NOT_RELEASED, f"Results come out {when} (school.yaml, results).")

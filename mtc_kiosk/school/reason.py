"""Decide who may be given a reason for not taking the check, and when it may be taken back.

Source: docs/reference/school-side.md, "Reasons for not taking the check". A reason leaves an unused restart as it is,
and hides it until the reason is taken back.
"""

from datetime import datetime

from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.obstacle import TWO_CHECKS, Obstacle, ObstacleCode
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.rules import Rules


def set_obstacle(facts: PupilHistory, code: str, now: datetime, rules: Rules) -> Obstacle | None:
    """Why this pupil cannot be given this reason; None if they can. An annulment overrides everything.

    An unused PIN is no obstacle: giving the reason cancels it (``store.school.reasons``). Under the national scheme a
    pupil who has begun the check gets a reason only once the check is over. A pupil who has left may have one: having
    left is one of the reasons.
    """
    progress = progress_of(facts)
    annuls = rules.reason(code).annuls
    if progress.reason is not None and (not annuls or rules.reason(progress.reason.code).annuls):
        label = rules.reason(progress.reason.code).label
        return Obstacle(ObstacleCode.HAS_REASON, f"already has a reason ({label}). Take it back first")
    if annuls:
        return None
    if progress.has_two:
        return TWO_CHECKS
    if progress.is_complete:
        return Obstacle(ObstacleCode.COMPLETE, "has completed the check")
    if progress.running is not None:
        return Obstacle(
            ObstacleCode.RUNNING,
            f"is signed in on {progress.running.kiosk} now. Hold or stop the check there first",
        )
    if progress.has_begun and rules.timetable.national and not rules.timetable.is_check_over(now):
        return Obstacle(ObstacleCode.HAS_BEGUN, "has begun the check. Give the reason when the check is over")
    return None


def remove_obstacle(facts: PupilHistory, rules: Rules, *, is_head: bool) -> Obstacle | None:
    """Why the pupil's reason cannot be taken back; None if it can."""
    reason = progress_of(facts).reason
    if reason is None:
        return Obstacle(ObstacleCode.NO_REASON, "has no reason")
    known = rules.reason(reason.code)
    if known.head_only and not is_head:
        return Obstacle(ObstacleCode.NEEDS_HEAD, f"has the reason {known.label}, which only a head may take back")
    return None

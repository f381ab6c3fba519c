"""Restarts: who may have one, and when one may be taken back.

Source: docs/reference/school-side.md, "Restarts". Unlike in the national service, a restart with an expired, unused PIN
can be used again, and can be taken back.
"""

from datetime import datetime

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.obstacle import TWO_CHECKS, Obstacle, ObstacleCode
from mtc_kiosk.school.progress import Progress, live_pin, progress_of
from mtc_kiosk.school.rules import Rules


def give_obstacle(facts: PupilHistory, rules: Rules, *, is_head: bool) -> Obstacle | None:
    """Why this pupil gets no restart; None if they may have one."""
    progress = progress_of(facts)
    if facts.has_left:
        return Obstacle(ObstacleCode.LEFT, "has left the school")
    if progress.reason is not None:
        return Obstacle(
            ObstacleCode.HAS_REASON, f"{rules.not_taking(progress.reason.code)}. Take back the reason first"
        )
    if progress.pending is not None:
        return Obstacle(
            ObstacleCode.HAS_RESTART, "already has a restart that is not used yet. Start a session for the new PIN"
        )
    if progress.check is None:
        return Obstacle(
            ObstacleCode.NOT_BEGUN,
            "has not begun the check, so no restart is needed. Use the PIN they have, or make a new one",
        )
    if progress.has_two:
        return TWO_CHECKS
    if progress.rivals.unseen:
        return Obstacle(
            ObstacleCode.TWO_CHECKS,
            "took a check that was received after a head chose which one counts. The head must choose again first",
        )
    if progress.running is not None:
        where = progress.running.kiosk
        return Obstacle(ObstacleCode.RUNNING, f"is taking the check on {where} now. Hold or stop the check there first")
    return _limit(progress, rules, is_head=is_head)


def remove_obstacle(facts: PupilHistory, now: datetime, rules: Rules) -> Obstacle | None:
    """Why the pupil's restart cannot be taken back; None if it can, which is until its PIN is issued."""
    progress = progress_of(facts)
    if progress.reason is not None:
        return Obstacle(
            ObstacleCode.HAS_REASON, f"{rules.not_taking(progress.reason.code)}. Take back the reason first"
        )
    if progress.pending is None:
        used = bool(progress.restarts)
        return Obstacle(ObstacleCode.NO_RESTART, "has used the restart already" if used else "has no restart")
    if live_pin(facts, Kind.OFFICIAL, now) is not None:
        return Obstacle(ObstacleCode.HAS_PIN, "has a PIN for the restart. Cancel the PIN first")
    if progress.practice is not None and progress.practice.is_running:
        return Obstacle(
            ObstacleCode.SIGNED_IN,
            f"is signed in on {progress.practice.kiosk} for the restart now. Hold or stop the check there first",
        )
    return None


def _limit(progress: Progress, rules: Rules, *, is_head: bool) -> Obstacle | None:
    if progress.begun > rules.restarts_allowed and (rules.timetable.national or not is_head):
        most = f"has had {progress.begun} checks, which is the maximum"
        return Obstacle(
            ObstacleCode.MAXIMUM,
            most if rules.timetable.national else f"{most}. Only a head may give another restart",
        )
    if progress.is_complete and not is_head:
        return Obstacle(ObstacleCode.NEEDS_HEAD, "has completed the check. Only a head may give a restart")
    return None

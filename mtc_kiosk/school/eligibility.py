"""Whether a pupil may have a PIN, and whether it may be cancelled. Source: docs/reference/school-side.md."""

from datetime import datetime

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.obstacle import TWO_CHECKS, Obstacle, ObstacleCode
from mtc_kiosk.school.progress import Progress, live_pin, progress_of
from mtc_kiosk.school.rules import Rules


def pin_obstacle(facts: PupilHistory, kind: Kind, now: datetime, rules: Rules) -> Obstacle | None:
    """Why this pupil gets no PIN of this kind; None if they may have one."""
    progress = progress_of(facts)
    if facts.has_left:
        return Obstacle(ObstacleCode.LEFT, "has left the school")
    if progress.reason is not None:
        return Obstacle(
            ObstacleCode.HAS_REASON, f"{rules.not_taking(progress.reason.code)}. Take back the reason first"
        )
    pin = live_pin(facts, kind, now)
    if pin is not None:
        until = pin.ended_at.astimezone(rules.timetable.zone)
        return Obstacle(
            ObstacleCode.HAS_PIN, f"already has a PIN, which works until {until:%H:%M} on {until.day} {until:%B}"
        )
    if progress.has_begun:
        return _check_obstacle(progress)
    running = progress.running
    if running is not None and kind is Kind.OFFICIAL:
        return Obstacle(
            ObstacleCode.SIGNED_IN, f"is signed in on {running.kiosk} now. Hold or stop the check there first"
        )
    return None


def cancel_obstacle(facts: PupilHistory, now: datetime) -> Obstacle | None:
    """Why this pupil has no PIN to cancel; None if at least one can still be used."""
    if any(live_pin(facts, kind, now) is not None for kind in Kind):
        return None
    progress = progress_of(facts)
    over = not progress.rivals.lost and all(one.outcome is not None for one in progress.rivals.standing)
    if progress.has_begun and over:
        return Obstacle(ObstacleCode.HAS_BEGUN, "has taken the check with this PIN, so there is nothing to cancel")
    if progress.has_begun:
        said = "has begun the check with this PIN, so it cannot be cancelled. Hold or stop the check at its kiosk"
        return Obstacle(ObstacleCode.HAS_BEGUN, said)
    return Obstacle(ObstacleCode.NO_PIN, "has no PIN that works, so there is nothing to cancel")


def _check_obstacle(progress: Progress) -> Obstacle:
    if progress.has_two:
        return TWO_CHECKS
    if progress.is_complete:
        return Obstacle(ObstacleCode.COMPLETE, "has completed the check. For a new PIN, give a restart first")
    if progress.running is not None:
        return Obstacle(ObstacleCode.RUNNING, f"is taking the check on {progress.running.kiosk} now")
    return Obstacle(ObstacleCode.HAS_BEGUN, "has begun the check. To begin again, give a restart first")

"""May this pupil have a PIN, and may it be cancelled? It issues none. Source: docs/reference/school-side.md."""

from datetime import datetime

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.obstacle import TWO_CHECKS, Obstacle, ObstacleCode
from mtc_kiosk.school.progress import Standing, live_pin, standing
from mtc_kiosk.school.rules import Rules


def pin_bar(facts: PupilHistory, kind: Kind, now: datetime, rules: Rules) -> Obstacle | None:
    """Why this pupil gets no PIN of this kind; None where they may have one."""
    stands = standing(facts)
    if facts.has_left:
        return Obstacle(ObstacleCode.LEFT, "has left the school")
    if stands.reason is not None:
        return Obstacle(ObstacleCode.HAS_REASON, f"{rules.not_taking(stands.reason.code)}: take the reason back first")
    pin = live_pin(facts, kind, now)
    if pin is not None:
        until = pin.ended_at.astimezone(rules.timetable.zone)
        return Obstacle(ObstacleCode.HAS_PIN, f"has a PIN already, until {until:%H:%M} on {until.day} {until:%B}")
    if stands.has_begun:
        return _bar_of_check(stands)
    running = stands.running
    if running is not None and kind is Kind.OFFICIAL:
        return Obstacle(
            ObstacleCode.SIGNED_IN, f"is signed in on {running.kiosk} at this moment: hold or stop it there first"
        )
    return None


def cancel_bar(facts: PupilHistory, now: datetime) -> Obstacle | None:
    """Why this pupil has no PIN to cancel; None where at least one can still be used."""
    if any(live_pin(facts, kind, now) is not None for kind in Kind):
        return None
    stands = standing(facts)
    over = not stands.rivals.lost and all(one.outcome is not None for one in stands.rivals.standing)
    if stands.has_begun and over:
        return Obstacle(ObstacleCode.HAS_BEGUN, "has taken the check with the PIN: there is nothing to cancel")
    if stands.has_begun:
        said = "has begun the check with the PIN, which nothing can cancel: hold or stop the check at its kiosk"
        return Obstacle(ObstacleCode.HAS_BEGUN, said)
    return Obstacle(ObstacleCode.NO_PIN, "has no PIN that can be used: there is nothing to cancel")


def _bar_of_check(stands: Standing) -> Obstacle:
    if stands.has_two:
        return TWO_CHECKS
    if stands.is_complete:
        return Obstacle(ObstacleCode.COMPLETE, "has completed the check: only a restart gives a new PIN")
    if stands.running is not None:
        return Obstacle(ObstacleCode.RUNNING, f"is taking the check on {stands.running.kiosk} at this moment")
    return Obstacle(ObstacleCode.HAS_BEGUN, "has begun the check, and goes on with it or needs a restart")

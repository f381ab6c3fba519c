"""Restarts: who may have one, and when one may be taken back. It gives none.

Source: docs/reference/school-side.md, "Restarts".

Better than the national service: a restart with an expired, unused PIN waits again, and can be taken back.
"""

from datetime import datetime

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.obstacle import TWO_CHECKS, Obstacle, ObstacleCode
from mtc_kiosk.school.progress import Standing, live_pin, standing
from mtc_kiosk.school.rules import Rules


def give_bar(facts: PupilHistory, rules: Rules, *, is_head: bool) -> Obstacle | None:
    """Why this pupil gets no restart; None where they may have one."""
    stands = standing(facts)
    if facts.has_left:
        return Obstacle(ObstacleCode.LEFT, "has left the school")
    if stands.reason is not None:
        return Obstacle(ObstacleCode.HAS_REASON, f"{rules.not_taking(stands.reason.code)}: take the reason back first")
    if stands.pending is not None:
        return Obstacle(
            ObstacleCode.HAS_RESTART, "has a restart already that is not used yet: start a session for the new PIN"
        )
    if stands.check is None:
        return Obstacle(ObstacleCode.NOT_BEGUN, "has not begun the check: the PIN they have, or a new one, will do")
    if stands.has_two:
        return TWO_CHECKS
    if stands.rivals.unseen:
        return Obstacle(
            ObstacleCode.TWO_CHECKS, "took a check that came in after a head chose: the head chooses again first"
        )
    if stands.running is not None:
        where = stands.running.kiosk
        return Obstacle(
            ObstacleCode.RUNNING, f"is taking the check on {where} at this moment: hold or stop it there first"
        )
    return _limit(stands, rules, is_head=is_head)


def remove_bar(facts: PupilHistory, now: datetime, rules: Rules) -> Obstacle | None:
    """Why the pupil's restart cannot be taken back; None where it can: until its PIN is issued."""
    stands = standing(facts)
    if stands.reason is not None:
        return Obstacle(ObstacleCode.HAS_REASON, f"{rules.not_taking(stands.reason.code)}: take the reason back first")
    if stands.pending is None:
        used = bool(stands.restarts)
        return Obstacle(ObstacleCode.NO_RESTART, "has used the restart already" if used else "has no restart")
    if live_pin(facts, Kind.OFFICIAL, now) is not None:
        return Obstacle(
            ObstacleCode.HAS_PIN, "has a PIN for the restart: cancel it first, with mtc-kiosk pins cancel UPN"
        )
    if stands.practice is not None and stands.practice.is_running:
        return Obstacle(
            ObstacleCode.SIGNED_IN,
            f"is signed in on {stands.practice.kiosk} for the restart at this moment: hold or stop it there first",
        )
    return None


def _limit(stands: Standing, rules: Rules, *, is_head: bool) -> Obstacle | None:
    if stands.begun > rules.restarts_allowed and (rules.timetable.national or not is_head):
        most = f"has had {stands.begun} checks, which is the maximum"
        return Obstacle(
            ObstacleCode.MAXIMUM,
            most if rules.timetable.national else f"{most}: only a head may give a further restart",
        )
    if stands.is_complete and not is_head:
        return Obstacle(ObstacleCode.NEEDS_HEAD, "has completed the check: only a head may give a restart")
    return None

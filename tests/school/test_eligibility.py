"""May this pupil have a PIN?"""

from datetime import timedelta

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.eligibility import pin_obstacle
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.obstacle import ObstacleCode
from tests.school.known import (
    COMPLETE,
    HELD,
    MINUTE,
    NOW,
    RUNNING,
    facts,
    pin,
    practice,
    reason,
    restart,
    rules,
    taking,
)

BARRED = [
    (facts(has_left=True), ObstacleCode.LEFT, ObstacleCode.LEFT),
    (facts(reason()), ObstacleCode.HAS_REASON, ObstacleCode.HAS_REASON),
    (facts(pin(live=True)), ObstacleCode.HAS_PIN, None),
    (facts(pin(live=True, kind=Kind.TRY)), None, ObstacleCode.HAS_PIN),
    (facts(pin(live=True, used=True, kind=Kind.TRY)), None, ObstacleCode.HAS_PIN),
    (facts(*COMPLETE), ObstacleCode.COMPLETE, ObstacleCode.COMPLETE),
    (facts(*RUNNING), ObstacleCode.RUNNING, ObstacleCode.RUNNING),
    (facts(*HELD), ObstacleCode.HAS_BEGUN, ObstacleCode.HAS_BEGUN),
    (facts(pin(used=True), taking(outcome=Outcome.STOPPED)), ObstacleCode.HAS_BEGUN, ObstacleCode.HAS_BEGUN),
    (facts(pin(), practice()), ObstacleCode.SIGNED_IN, None),
    (facts(*COMPLETE, restart(), pin("two", live=True)), ObstacleCode.HAS_PIN, None),
]
ALLOWED = [
    facts(),
    facts(pin()),
    facts(pin(), practice(held_since=NOW)),
    facts(*COMPLETE, restart()),
    facts(*COMPLETE, restart(), pin("two")),
    facts(reason(), reason("2", undoes="1")),
]


@pytest.mark.parametrize(("known", "official", "trying"), BARRED)
def test_who_gets_no_pin(known: PupilHistory, official: ObstacleCode | None, trying: ObstacleCode | None) -> None:
    """One reason each, for the official check and for trying it out (reference 3.4)."""
    found = tuple(pin_obstacle(known, kind, NOW, rules()) for kind in (Kind.OFFICIAL, Kind.TRY))
    assert tuple(obstacle.code if obstacle is not None else None for obstacle in found) == (official, trying)


@pytest.mark.parametrize("known", ALLOWED)
def test_who_gets_a_pin(known: PupilHistory) -> None:
    """Pupils who have not begun a check, or have an unused restart; an expired PIN counts as none."""
    assert pin_obstacle(known, Kind.OFFICIAL, NOW, rules()) is None
    assert pin_obstacle(known, Kind.TRY, NOW, rules()) is None


def test_a_pin_lapses_at_its_very_end() -> None:
    """At 16:00:00.000 a pupil may have a new one, and not a tick before."""
    ends = facts(pin(ended_at=NOW))
    assert pin_obstacle(ends, Kind.OFFICIAL, NOW, rules()) is None
    assert pin_obstacle(ends, Kind.OFFICIAL, NOW - timedelta(milliseconds=1), rules()) is not None


def test_the_end_of_a_pin_is_told_by_the_schools_clocks() -> None:
    """Ten in the morning UTC is eleven in London in June."""
    obstacle = pin_obstacle(facts(pin(ended_at=NOW + 60 * MINUTE)), Kind.OFFICIAL, NOW, rules())
    assert obstacle is not None
    assert obstacle.sentence == "already has a PIN, which works until 11:00 on 7 June"

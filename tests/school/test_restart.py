"""Restarts: who may have one, and when one may be taken back."""

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.school.history import OfficialAttempt, Pin, PupilHistory, RestartRow
from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.restart import give_obstacle, remove_obstacle
from tests.school.known import (
    COMPLETE,
    HELD,
    NATIONAL,
    NOW,
    OWN,
    RUNNING,
    facts,
    pin,
    practice,
    reason,
    restart,
    rules,
    taking,
)


def checks(count: int, outcome: Outcome = Outcome.STOPPED) -> list[Pin | OfficialAttempt | RestartRow]:
    """So many checks one after another, each but the last restarted."""
    known: list[Pin | OfficialAttempt | RestartRow] = []
    for number in range(1, count + 1):
        known += [pin(f"{number}", used=True, session_id=number), taking(f"{number}", outcome)]
        if number < count:
            known.append(restart(f"{number}", f"a-{number}"))
    return known


def why(obstacle: Obstacle | None) -> ObstacleCode | None:
    """The code of what is in the way."""
    return obstacle.code if obstacle is not None else None


@pytest.mark.parametrize(
    ("known", "teacher", "head"),
    [
        (facts(has_left=True), ObstacleCode.LEFT, ObstacleCode.LEFT),
        (facts(*HELD, reason()), ObstacleCode.HAS_REASON, ObstacleCode.HAS_REASON),
        (facts(), ObstacleCode.NOT_BEGUN, ObstacleCode.NOT_BEGUN),
        (facts(pin(live=True)), ObstacleCode.NOT_BEGUN, ObstacleCode.NOT_BEGUN),
        (facts(pin(live=True), practice()), ObstacleCode.NOT_BEGUN, ObstacleCode.NOT_BEGUN),
        (facts(*HELD, restart()), ObstacleCode.HAS_RESTART, ObstacleCode.HAS_RESTART),
        (facts(*RUNNING), ObstacleCode.RUNNING, ObstacleCode.RUNNING),
        (facts(*HELD), None, None),
        (facts(pin(used=True), taking(outcome=Outcome.OUT_OF_TIME)), None, None),
        (facts(pin(used=True), taking(sound=False)), ObstacleCode.NEEDS_HEAD, None),
        (facts(*COMPLETE), ObstacleCode.NEEDS_HEAD, None),
        (facts(*COMPLETE, pin("two", used=True), taking("two")), ObstacleCode.TWO_CHECKS, ObstacleCode.TWO_CHECKS),
    ],
)
def test_who_may_have_a_restart(known: PupilHistory, teacher: ObstacleCode | None, head: ObstacleCode | None) -> None:
    """A check that began and is not running; a complete one needs the head."""
    assert why(give_obstacle(known, rules(), is_head=False)) is teacher
    assert why(give_obstacle(known, rules(), is_head=True)) is head


@pytest.mark.parametrize(
    ("taken", "teacher", "head"), [(1, None, None), (2, None, None), (3, ObstacleCode.MAXIMUM, None)]
)
def test_two_restarts_three_checks(taken: int, teacher: ObstacleCode | None, head: ObstacleCode | None) -> None:
    """After the third check only a head may give a further one."""
    known = facts(*checks(taken))
    assert why(give_obstacle(known, rules(), is_head=False)) is teacher
    assert why(give_obstacle(known, rules(), is_head=True)) is head


def test_the_national_scheme_knows_no_further_restart() -> None:
    """Not from a head either: it is not the school's to give."""
    known = facts(*checks(3))
    assert why(give_obstacle(known, rules(NATIONAL), is_head=True)) is ObstacleCode.MAXIMUM
    assert give_obstacle(known, rules(OWN), is_head=True) is None


def test_how_many_restarts_there_are_is_the_schools_setting() -> None:
    """With none allowed, the first needs a head."""
    known = facts(*checks(1))
    assert why(give_obstacle(known, rules(restarts_allowed=0), is_head=False)) is ObstacleCode.MAXIMUM


def test_a_pin_that_was_not_used_counts_for_nothing() -> None:
    """Restarts are counted by checks that began."""
    known = facts(*checks(2), pin("unused"), pin("another"))
    assert give_obstacle(known, rules(), is_head=False) is None


@pytest.mark.parametrize(
    ("known", "in_the_way"),
    [
        (facts(), ObstacleCode.NO_RESTART),
        (facts(*COMPLETE), ObstacleCode.NO_RESTART),
        (facts(*COMPLETE, restart()), None),
        (facts(*COMPLETE, restart(), restart("2", undoes="1")), ObstacleCode.NO_RESTART),
        (facts(*COMPLETE, restart(), pin("two", live=True)), ObstacleCode.HAS_PIN),
        (facts(*COMPLETE, restart(), pin("two")), None),
        (facts(*COMPLETE, restart(), pin("two"), practice("two")), ObstacleCode.SIGNED_IN),
        (facts(*COMPLETE, restart(), pin("two"), practice("two", held_since=NOW)), None),
        (facts(*checks(2)), ObstacleCode.NO_RESTART),
        (facts(*COMPLETE, restart(), reason()), ObstacleCode.HAS_REASON),
    ],
)
def test_when_a_restart_may_be_taken_back(known: PupilHistory, in_the_way: ObstacleCode | None) -> None:
    """Until its PIN is issued, and again once that PIN has lapsed unused (not so in the national service)."""
    assert why(remove_obstacle(known, NOW, rules())) is in_the_way


def test_a_used_restart_is_told_from_none() -> None:
    """A teacher reads which of the two it is."""
    used, none = remove_obstacle(facts(*checks(2)), NOW, rules()), remove_obstacle(facts(), NOW, rules())
    assert used is not None
    assert none is not None
    assert (used.sentence, none.sentence) == ("has used the restart already", "has no restart")

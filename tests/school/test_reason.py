"""Reasons for not taking the check: who may be given one, and when it may be taken back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.reason import remove_obstacle, set_obstacle
from tests.school.known import (
    COMPLETE,
    HELD,
    NATIONAL,
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

AFTER = datetime(2027, 6, 21, 9, tzinfo=UTC)
STOPPED = (pin(used=True), taking(outcome=Outcome.STOPPED))


def why(obstacle: Obstacle | None) -> ObstacleCode | None:
    """The code of what is in the way."""
    return obstacle.code if obstacle is not None else None


@pytest.mark.parametrize(
    ("known", "own", "national", "national_after"),
    [
        (facts(), None, None, None),
        (facts(pin()), None, None, None),
        (facts(has_left=True), None, None, None),
        (facts(pin(live=True, kind=Kind.TRY)), None, None, None),
        (facts(reason()), ObstacleCode.HAS_REASON, ObstacleCode.HAS_REASON, ObstacleCode.HAS_REASON),
        (facts(*COMPLETE), ObstacleCode.COMPLETE, ObstacleCode.COMPLETE, ObstacleCode.COMPLETE),
        (facts(*COMPLETE, restart()), None, None, None),
        (facts(*RUNNING), ObstacleCode.RUNNING, ObstacleCode.RUNNING, ObstacleCode.RUNNING),
        (facts(pin(), practice()), ObstacleCode.RUNNING, ObstacleCode.RUNNING, ObstacleCode.RUNNING),
        (facts(*HELD), None, ObstacleCode.HAS_BEGUN, None),
        (facts(*STOPPED), None, ObstacleCode.HAS_BEGUN, None),
    ],
)
def test_who_may_be_given_a_reason(
    known: PupilHistory, own: ObstacleCode | None, national: ObstacleCode | None, national_after: ObstacleCode | None
) -> None:
    """Those who have not begun a check; those who have, once it is over for all, and under our own scheme at once."""
    assert why(set_obstacle(known, "ABSNT", NOW, rules())) is own
    assert why(set_obstacle(known, "ABSNT", NOW, rules(NATIONAL))) is national
    assert why(set_obstacle(known, "ABSNT", AFTER, rules(NATIONAL))) is national_after


def test_a_pin_that_is_not_used_bars_no_reason() -> None:
    """It is cancelled with it; one that the pupil practises with now does."""
    assert set_obstacle(facts(pin(live=True)), "ABSNT", NOW, rules()) is None
    assert why(set_obstacle(facts(pin(live=True), practice()), "ABSNT", NOW, rules())) is ObstacleCode.RUNNING


@pytest.mark.parametrize("known", [facts(*COMPLETE), facts(pin(live=True)), facts(*RUNNING), facts(reason())])
def test_an_annulment_stands_over_everything(known: PupilHistory) -> None:
    """A score, a PIN, a check that is running, another reason."""
    assert set_obstacle(known, "ANLLQ", NOW, rules()) is None


def test_an_annulment_stands_over_no_other() -> None:
    """One is enough."""
    assert why(set_obstacle(facts(reason(code="ANLLH")), "ANLLQ", NOW, rules())) is ObstacleCode.HAS_REASON


@pytest.mark.parametrize(
    ("code", "teacher", "head"),
    [
        ("ABSNT", None, None),
        ("NOABA", ObstacleCode.NEEDS_HEAD, None),
        ("ANLLH", ObstacleCode.NEEDS_HEAD, None),
        ("ANLLQ", ObstacleCode.NEEDS_HEAD, None),
        ("XXXXX", ObstacleCode.UNKNOWN_CODE, ObstacleCode.UNKNOWN_CODE),
    ],
)
def test_which_reasons_there_are(code: str, teacher: ObstacleCode | None, head: ObstacleCode | None) -> None:
    """Three are the head's alone."""
    assert why(rules().reason_obstacle(code, is_head=False)) is teacher
    assert why(rules().reason_obstacle(code, is_head=True)) is head


def test_a_reason_that_is_not_offered_is_not_given() -> None:
    """One given before keeps its name."""
    hidden = rules(reason_codes=tuple(replace(one, offered=one.code != "ABSNT") for one in rules().reason_codes))
    assert why(hidden.reason_obstacle("ABSNT", is_head=True)) is ObstacleCode.NOT_OFFERED
    assert hidden.reason("ABSNT").label == "Absent during check window"


def test_a_teacher_reads_only_the_reasons_a_teacher_may_give() -> None:
    """The head's are not named."""
    obstacle = rules().reason_obstacle("XXXXX", is_head=False)
    assert obstacle is not None
    assert "ABSNT" in obstacle.sentence
    assert "ANLLQ" not in obstacle.sentence


def test_a_code_that_the_school_has_no_more_keeps_its_code() -> None:
    """A row that was written under other settings can still be shown."""
    assert rules(reason_codes=()).reason("ABSNT").label == "ABSNT"


@pytest.mark.parametrize(
    ("known", "teacher", "head"),
    [
        (facts(), ObstacleCode.NO_REASON, ObstacleCode.NO_REASON),
        (facts(reason()), None, None),
        (facts(reason(by_head=True)), None, None),
        (facts(reason(code="NOABA")), ObstacleCode.NEEDS_HEAD, None),
        (facts(reason(), reason("2", undoes="1")), ObstacleCode.NO_REASON, ObstacleCode.NO_REASON),
    ],
)
def test_who_may_take_a_reason_back(
    known: PupilHistory, teacher: ObstacleCode | None, head: ObstacleCode | None
) -> None:
    """Whoever may give it."""
    assert why(remove_obstacle(known, rules(), is_head=False)) is teacher
    assert why(remove_obstacle(known, rules(), is_head=True)) is head

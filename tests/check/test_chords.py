"""A chord that the pupil pressed just before a fault is named with the void (check.machine, rule 7)."""

import pytest

from mtc_kiosk.check.facts import Voided
from mtc_kiosk.check.settings import SECOND

from .robot import Robot


@pytest.mark.parametrize(
    ("before", "named"), [(0, "Alt+Tab"), (1_999_999, "Alt+Tab"), (2_000_000, "Alt+Tab"), (2_000_001, None)]
)
def test_a_chord_pressed_up_to_two_seconds_before_the_fault_is_named(before: int, named: str | None) -> None:
    """The pupil may have caused it: the record says so."""
    robot = Robot()
    robot.reach(1)
    robot.key("Alt+Tab")
    robot.failed(robot.now + before)
    assert robot.last(Voided).chord == named


def test_a_chord_pressed_after_the_loss_began_did_not_cause_it() -> None:
    """It is recorded as a key, and not named with the void."""
    robot = Robot()
    robot.reach(1)
    robot.lost(robot.now)
    robot.key("Win+D", robot.now + 500_000)
    robot.woke(robot.now + SECOND)
    assert robot.last(Voided).chord is None


def test_the_key_plus_is_no_chord() -> None:
    """A child who presses + near a fault has caused nothing."""
    robot = Robot()
    robot.reach(1)
    robot.key("+")
    robot.failed(robot.now)
    assert robot.last(Voided).chord is None


def test_only_the_last_chord_is_named() -> None:
    """The one nearest to the fault."""
    robot = Robot()
    robot.reach(1)
    robot.key("Ctrl+A")
    robot.key("Alt+F4")
    robot.failed(robot.now)
    assert robot.last(Voided).chord == "Alt+F4"

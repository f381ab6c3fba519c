"""The audible time alert: once, when 2.000 s are left, to the microsecond, and never after Enter."""

from dataclasses import replace

import pytest

from mtc_kiosk.check import events
from mtc_kiosk.check.arrangements import Arrangements
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Alerted, Answered, TimedOut
from mtc_kiosk.check.projection import wake_at
from mtc_kiosk.check.replay import replay
from mtc_kiosk.check.settings import SECOND, Timings

from .robot import FORM, PLAIN, Robot

ALERT = replace(PLAIN, arrangements=Arrangements(("ATA",), alert=True))
FOUR_SECONDS = 4_000_000


@pytest.mark.parametrize(("after", "sounded"), [(3_999_999, False), (4_000_000, True), (4_000_001, True)])
def test_the_alert_is_due_when_two_seconds_are_left(after: int, sounded: bool) -> None:
    """Of 6.000 s from the flip, at its own time even where the loop woke late."""
    robot = Robot(ALERT)
    robot.reach(1)
    shown = robot.now
    robot.woke(shown + after)
    assert [alert.at - shown for alert in robot.every(Alerted)] == ([FOUR_SECONDS] if sounded else [])


def test_the_loop_is_woken_for_it() -> None:
    """At the very moment, as for every deadline."""
    robot = Robot(ALERT)
    robot.reach(1)
    shown = robot.now
    robot.woke(shown + 3_500_000)
    assert wake_at(robot.machine, robot.now) == shown + FOUR_SECONDS


def test_it_comes_once_and_then_the_time_out() -> None:
    """A key between the two counts as ever."""
    robot = Robot(ALERT)
    robot.reach(1)
    shown = robot.now
    for after in (4_000_000, 4_500_000, 5_000_000):
        robot.woke(shown + after)
    robot.key("5", shown + 5_999_999)
    robot.woke(shown + 6_000_000)
    assert len(robot.every(Alerted)) == 1
    assert robot.last(Answered).response == "5"
    assert robot.last(TimedOut).at == shown + 6_000_000


def test_there_is_none_after_enter() -> None:
    """Given in time, nothing sounds: not at the alert's time, nor at the end."""
    robot = Robot(ALERT)
    robot.reach(1)
    shown = robot.now
    robot.key("5", shown + SECOND)
    robot.key("Enter", shown + 3_999_999)
    robot.woke(shown + 6_500_000)
    assert [fact for fact in robot.journal if isinstance(fact, Alerted | TimedOut) and not fact.practice] == []


def test_it_sounds_in_practice_too() -> None:
    """And says that it is practice."""
    robot = Robot(ALERT)
    robot.reach(1, practice=True)
    robot.woke(robot.now + FOUR_SECONDS)
    assert robot.last(Alerted).practice


def test_without_the_arrangement_there_is_none() -> None:
    """Nobody else is hurried."""
    robot = Robot(PLAIN)
    robot.reach(1)
    robot.woke(robot.now + 7 * SECOND)
    assert robot.every(Alerted) == []


@pytest.mark.parametrize(("lasts", "alerts"), [(2_000_000, 0), (2_000_001, 1), (None, 0)])
def test_a_question_that_never_has_two_seconds_left_has_none(lasts: int | None, alerts: int) -> None:
    """An alert as the sum appears would tell nothing; without a limit nothing runs out."""
    robot = Robot(replace(ALERT, timings=Timings(question=lasts), practice=()))
    robot.reach(1)
    robot.woke(robot.now + 1_999_999)
    assert len(robot.every(Alerted)) == alerts


def test_while_the_focus_is_away_it_waits() -> None:
    """Back within a second it fires at its own time, before what came after."""
    robot = Robot(ALERT)
    robot.reach(1)
    shown = robot.now
    robot.lost(shown + 3_900_000)
    robot.woke(shown + 4_500_000)
    assert [alert for alert in robot.every(Alerted) if not alert.practice] == []
    said = robot.found(shown + 4_600_000)
    assert [type(fact).__name__ for fact in said] == ["Found", "Alerted"]
    assert robot.last(Alerted).at == shown + FOUR_SECONDS
    assert robot.last(Alerted).late_us == 600_000


def test_the_question_that_replaces_a_void_one_has_its_own() -> None:
    """A fault after the alert: the spare is asked as new."""
    robot = Robot(ALERT)
    robot.reach(1)
    robot.woke(robot.now + FOUR_SECONDS)
    robot.void()
    robot.reach(1, showing=2)
    robot.woke(robot.now + FOUR_SECONDS)
    assert [alert.showing for alert in robot.every(Alerted) if not alert.practice] == [1, 2]


def test_lost_sound_with_the_alert_alone_holds_when_the_question_ends() -> None:
    """It voids none (check.machine, rule 8)."""
    robot = Robot(ALERT)
    robot.reach(1)
    robot.hear(events.HoldAsked(robot.now, Cause.SOUND))
    robot.answer("56")
    assert robot.machine.held is not None
    assert robot.machine.held.cause is Cause.SOUND
    assert robot.machine.voids == 0


def test_a_journal_with_alerts_replays() -> None:
    """To the same machine."""
    robot = Robot(ALERT)
    robot.reach(2)
    robot.woke(robot.now + 5 * SECOND)
    assert replay(FORM, ALERT, robot.journal).machine == robot.machine

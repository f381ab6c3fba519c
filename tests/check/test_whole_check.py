"""The thirty minutes of the whole check: from the first real pause, held time apart (check.machine, rule 8).

Source: docs/reference/pupil-client.md, "Timing".
"""

from dataclasses import replace

import pytest

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Answered, Finished, Outcome, StepBegan, TimeUp
from mtc_kiosk.check.projection import wake_at
from mtc_kiosk.check.script import Asking, Intro, Pause
from mtc_kiosk.check.settings import SECOND, Settings, Timings

from .robot import AUDIO, NEXT_BUTTON, PLAIN, Robot

MINUTE = 60 * SECOND
HALF_AN_HOUR = 30 * MINUTE
SHORT = 12 * SECOND
"""A whole check that is over soon, for pauses that end by themselves."""


def first_pause(settings: Settings = NEXT_BUTTON) -> tuple[Robot, int]:
    """A robot in the first real pause, and when that began."""
    robot = Robot(settings)
    robot.reach(1, Pause)
    return robot, robot.now


@pytest.mark.parametrize(("after", "over"), [(-1, False), (0, True), (1, True)])
def test_in_a_pause_the_check_ends_at_thirty_minutes(after: int, over: bool) -> None:
    """At its own time, whenever the loop wakes."""
    robot, began = first_pause()
    robot.woke(began + HALF_AN_HOUR + after)
    assert (robot.machine.outcome is Outcome.OUT_OF_TIME) is over
    assert [(t.at, t.late_us) for t in robot.every(TimeUp)] == ([(began + HALF_AN_HOUR, after)] if over else [])


def test_the_time_runs_from_the_first_real_pause() -> None:
    """Pages and practice take as long as they take."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause, practice=True)
    robot.woke(robot.now + 2 * HALF_AN_HOUR)
    robot.reach(1, Pause)
    assert robot.machine.outcome is None
    assert robot.machine.first_pause == robot.now


@pytest.mark.parametrize(("after", "moved"), [(-1, True), (0, False)])
def test_next_at_thirty_minutes_is_late(after: int, moved: bool) -> None:
    """Half-open, as everything."""
    robot, began = first_pause()
    robot.pressed_next(began + HALF_AN_HOUR + after)
    assert isinstance(robot.step, Asking) is moved


def test_a_question_that_has_begun_is_let_end() -> None:
    """The pupil answers; then the check is over."""
    robot, began = first_pause()
    robot.pressed_next(began + HALF_AN_HOUR - 1)
    shown = robot.shown()
    robot.key("5", shown + 5 * SECOND)
    said = robot.key("Enter", shown + 5_500_000)
    assert robot.last(Answered).response == "5"
    assert [type(fact) for fact in said][-3:] == [StepBegan, TimeUp, Finished]
    assert (robot.last(TimeUp).at, robot.last(TimeUp).late_us) == (shown + 5_500_000, 0)
    assert robot.machine.outcome is Outcome.OUT_OF_TIME


def test_a_question_that_has_begun_may_time_out_after_the_thirty_minutes() -> None:
    """The other end of a question."""
    robot, began = first_pause()
    robot.pressed_next(began + HALF_AN_HOUR - 1)
    shown = robot.shown()
    robot.woke(shown + 20 * SECOND)
    assert robot.last(Answered).by == "timeout"
    assert robot.last(TimeUp).at == shown + 6 * SECOND


def test_the_last_question_finishes_the_check() -> None:
    """A pupil already in it completes, however late."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(4, Pause)
    robot.saved()
    assert robot.machine.first_pause is not None
    robot.pressed_next(robot.machine.first_pause + HALF_AN_HOUR - 1)
    robot.answer("132")
    assert robot.machine.outcome is Outcome.COMPLETE


def test_a_question_that_is_being_read_is_let_end() -> None:
    """It has begun."""
    robot = Robot(replace(AUDIO, timings=Timings(whole_check=4 * SECOND)))
    robot.reach(1)
    robot.answer("56")
    assert robot.machine.outcome is Outcome.OUT_OF_TIME
    assert len(robot.every(Answered)) == 1


def test_the_end_of_the_time_goes_before_the_end_of_the_pause_at_the_same_moment() -> None:
    """No question begins at thirty minutes."""
    robot, began = first_pause(replace(PLAIN, timings=Timings(whole_check=3 * SECOND)))
    robot.woke(began + 3 * SECOND)
    assert robot.machine.outcome is Outcome.OUT_OF_TIME


@pytest.mark.parametrize(("after", "over"), [(-1, False), (0, True)])
def test_held_time_is_left_out(after: int, over: bool) -> None:
    """From each hold to its release the thirty minutes do not run."""
    robot, began = first_pause()
    robot.hold(began + MINUTE)
    robot.released(began + 11 * MINUTE)
    robot.hold(began + 12 * MINUTE)
    robot.released(began + 17 * MINUTE)
    robot.woke(began + HALF_AN_HOUR + 15 * MINUTE + after)
    assert (robot.machine.outcome is Outcome.OUT_OF_TIME) is over


def test_time_held_before_the_first_real_pause_gives_none_back() -> None:
    """The thirty minutes had not begun."""
    robot = Robot(NEXT_BUTTON)
    robot.hold(SECOND)
    robot.released(10 * MINUTE)
    robot.reach(1, Pause)
    began = robot.now
    robot.woke(began + HALF_AN_HOUR)
    assert robot.machine.outcome is Outcome.OUT_OF_TIME


def test_a_pc_that_slept_over_lunch_takes_no_time_from_the_pupil() -> None:
    """The clock stopped when the failure began, and the thirty minutes with it."""
    robot, began = first_pause()
    robot.failed(began + 2 * HALF_AN_HOUR, Cause.SUSPEND, since=began + MINUTE)
    robot.released(began + 2 * HALF_AN_HOUR + MINUTE)
    assert robot.machine.outcome is None
    robot.woke(robot.now + HALF_AN_HOUR - MINUTE - 1)
    assert robot.machine.outcome is None
    robot.woke(robot.now + HALF_AN_HOUR)
    assert robot.last(TimeUp).at == began + 2 * HALF_AN_HOUR + MINUTE + HALF_AN_HOUR - MINUTE


def test_the_second_away_is_left_out_with_the_hold_that_follows() -> None:
    """The clock stopped at the loss."""
    robot, began = first_pause()
    robot.lost(began + MINUTE)
    robot.woke(began + MINUTE + SECOND)
    robot.found(began + 2 * MINUTE)
    robot.released(began + 5 * MINUTE)
    assert robot.machine.held_us == 4 * MINUTE


def test_a_release_after_the_time_ends_the_check() -> None:
    """The pupil was in a question when the time ended, and staff asked for a hold."""
    robot, began = first_pause()
    robot.pressed_next(began + HALF_AN_HOUR - 1)
    robot.hold()
    robot.answer("56")
    assert robot.machine.held is not None
    robot.released(robot.now + MINUTE)
    assert robot.machine.outcome is Outcome.OUT_OF_TIME


def test_while_held_the_time_does_not_end() -> None:
    """The clock has stopped."""
    robot, began = first_pause()
    robot.hold(began + HALF_AN_HOUR - 1)
    robot.woke(began + 10 * HALF_AN_HOUR)
    assert robot.machine.outcome is None


def test_the_loop_wakes_at_thirty_minutes_in_a_pause_that_waits_for_next() -> None:
    """Otherwise a pupil who left would never be out of time."""
    robot, began = first_pause()
    assert wake_at(robot.machine, began + HALF_AN_HOUR - 60 * SECOND) == began + HALF_AN_HOUR


def test_a_wait_for_the_disk_may_run_into_the_end_of_the_time() -> None:
    """The check is over; the answer given counts."""
    robot = Robot(replace(PLAIN, timings=Timings(whole_check=SHORT)))
    robot.reach(2)
    assert robot.machine.first_pause is not None
    over = robot.machine.first_pause + SHORT
    robot.key("5", over - 4_100_000)
    robot.key("Enter", over - 4 * SECOND)
    robot.woke(over)
    assert robot.machine.outcome is Outcome.OUT_OF_TIME
    assert [a.number for a in robot.every(Answered)] == [1, 2]


def test_a_stopped_clock_of_the_wall_limits_nothing() -> None:
    """Wall-clock time is recorded, never used for a limit (check.machine, rule 2)."""
    robot, _ = first_pause()
    robot.hear(events.Resumed(robot.now, 40 * 60 * 1000, "2027-06-07T10:30:00.000Z", 5))
    robot.released()
    assert robot.machine.outcome is None
    assert not isinstance(robot.step, Intro)

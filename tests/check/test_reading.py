"""The audio version: how a pause and a reading end, and where the six seconds begin (check.machine).

Source: docs/reference/pupil-client.md, "Faults that the kiosk avoids".
"""

from dataclasses import replace

import pytest

from mtc_kiosk.check.facts import Answered, Ignored, ReadingEnded, Shown, StepBegan, Typed, Why
from mtc_kiosk.check.script import Asking, Pause, Reading
from mtc_kiosk.check.settings import SECOND

from .robot import AUDIO, CLIP, LONG_CLIP, Robot

JUST_BEFORE, AT_THE_END = 5_999_999, 6_000_000


@pytest.mark.parametrize(("after", "ended"), [(3_999_999, False), (4_000_000, True), (4_000_001, True)])
def test_a_pause_waits_for_the_end_of_its_own_speech(after: int, ended: bool) -> None:
    """The later of 3 s and the clip."""
    robot = Robot(AUDIO)
    robot.reach(2, Pause)
    robot.saved()
    began = robot.machine.began
    robot.woke(began + after)
    assert LONG_CLIP == 4_000_000
    assert isinstance(robot.step, Reading) is ended


def test_a_pause_with_a_short_speech_still_lasts_three_seconds() -> None:
    """The later of 3 s and the clip, again."""
    robot = Robot(AUDIO)
    robot.reach(1, Pause)
    began = robot.now
    robot.woke(began + 2_999_999)
    assert isinstance(robot.step, Pause)
    robot.woke(began + 3_000_000)
    assert isinstance(robot.step, Reading)


@pytest.mark.parametrize(("after", "ended"), [(2_099_999, False), (2_100_000, True), (2_100_001, True)])
def test_reading_ends_by_schedule_a_tenth_of_a_second_after_its_clip(after: int, ended: bool) -> None:
    """By schedule, not by a signal from the sound."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    began = robot.machine.began
    robot.woke(began + after)
    assert CLIP == 2_000_000
    assert isinstance(robot.step, Asking) is ended
    assert [r.at - began for r in robot.every(ReadingEnded) if not r.practice] == ([2_100_000] if ended else [])


def test_a_late_loop_reads_the_whole_question_before_it_shows_the_sum() -> None:
    """The reading is counted from when it can begin, so that no part of the six seconds is spent on it."""
    robot = Robot(AUDIO)
    robot.reach(1, Pause)
    began = robot.machine.began
    robot.woke(began + 3_900_000)
    assert isinstance(robot.step, Reading)
    robot.woke(began + 3_900_000 + CLIP + 99_999)
    assert isinstance(robot.step, Reading)
    robot.woke(began + 3_900_000 + CLIP + 100_000)
    assert isinstance(robot.step, Asking)


def test_under_rules_1_it_was_counted_from_the_end_of_the_pause() -> None:
    """Old journals replay."""
    robot = Robot(replace(AUDIO, rules=1))
    robot.reach(1, Pause)
    began = robot.machine.began
    robot.woke(began + 3_900_000)
    robot.woke(began + 3_000_000 + CLIP + 100_000)
    assert isinstance(robot.step, Asking)


def test_a_first_digit_ends_the_reading_and_is_kept() -> None:
    """The sum is shown at once; the six seconds run from its flip."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    began = robot.machine.began
    said = robot.key("5", began + SECOND)
    assert [type(fact) for fact in said] == [Typed, StepBegan]
    assert isinstance(robot.step, Asking)
    shown = robot.shown(began + SECOND + 16_000)
    robot.key("6", shown + JUST_BEFORE)
    robot.woke(shown + AT_THE_END)
    assert (robot.last(Answered).response, robot.last(Answered).shown_us) == ("56", shown)


def test_a_second_digit_before_the_flip_is_recorded_and_ignored() -> None:
    """Only the first digit in a reading acts before the sum is shown."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    robot.keys("5", "6")
    assert robot.machine.typed == "5"
    assert (robot.last(Ignored).input, robot.last(Ignored).why) == ("6", Why.BEFORE_SHOWN)


@pytest.mark.parametrize("name", ["Enter", "Backspace", "Delete", "Ctrl+5", "x"])
def test_no_other_key_ends_the_reading(name: str) -> None:
    """Enter before a digit does nothing; nor does a chord with a digit."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    robot.key(name)
    assert isinstance(robot.step, Reading)
    assert robot.last(Ignored).why is Why.BEFORE_SHOWN


def test_enter_before_the_flip_does_not_answer_and_starts_no_second_timer() -> None:
    """The national client could start two timers here (docs/reference/pupil-client.md)."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    robot.keys("5", "Enter")
    robot.shown(robot.now + 16_000)
    robot.keys("Enter")
    assert len([s for s in robot.every(Shown) if not s.practice]) == 1
    assert robot.last(Answered).response == "5"


def test_a_digit_at_the_very_end_of_the_reading_is_late_for_it() -> None:
    """The reading ended first; the sum is not shown yet, so the digit is recorded and ignored."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    robot.key("5", robot.machine.began + 2_100_000)
    assert isinstance(robot.step, Asking)
    assert robot.machine.typed == ""

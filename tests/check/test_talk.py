"""What the audio version says, counted by the recordings' lengths, and what waits for it."""

from dataclasses import replace

import pytest

from mtc_kiosk.check.arrangements import Clips
from mtc_kiosk.check.events import KeyPressed, Source
from mtc_kiosk.check.facts import Ignored, PauseEnded, Repeated, Why
from mtc_kiosk.check.script import Asking, Pause, Reading
from mtc_kiosk.check.settings import SECOND
from mtc_kiosk.check.state import Talk

from .robot import AUDIO, CLIP, PLAIN, Robot

OLD = AUDIO.arrangements.clips
assert OLD is not None
DIGITS = dict.fromkeys("0123456789", 500000)
CLIPS = Clips(OLD.questions, {**OLD.pauses, "2": 2_600_000}, {**DIGITS, "7": 2 * SECOND}, dict.fromkeys(DIGITS, SECOND))
TALKING = replace(AUDIO, arrangements=replace(AUDIO.arrangements, clips=CLIPS))


def test_what_is_said_in_silence_is_said_at_once() -> None:
    """Its end is its own length on."""
    assert Talk().say(10, 5) == Talk(15)
    assert Talk(15).say(15, 5) == Talk(20)


def test_one_plays_and_one_waits() -> None:
    """The second begins when the first is over."""
    assert Talk().say(0, 10).say(5, 3) == Talk(10, 3)
    assert Talk(10, 3).over == 13


def test_a_newer_one_takes_the_waiting_ones_place() -> None:
    """Nobody hears digits of long ago."""
    assert Talk(10, 3).say(9, 7) == Talk(10, 7)


def test_once_the_waiting_one_is_being_said_the_next_waits_for_it() -> None:
    """At the very end of the first, the second is being spoken."""
    assert Talk(10, 3).say(10, 7) == Talk(13, 7)
    assert Talk(10, 3).say(13, 7) == Talk(20)


def test_a_pause_waits_for_the_digit_that_is_being_said() -> None:
    """A long digit typed just before Enter, then the number of the coming question: more than 3 s."""
    robot = Robot(TALKING)
    robot.reach(1)
    robot.key("7", robot.now + SECOND)
    typed = robot.now
    robot.key("Enter", robot.now + SECOND // 2)
    entered = robot.now
    robot.saved()
    said = typed + 2 * SECOND + 2_600_000
    assert said > entered + 3 * SECOND
    robot.woke(said - 1)
    assert isinstance(robot.step, Pause)
    robot.woke(said)
    assert isinstance(robot.step, Reading)
    assert robot.last(PauseEnded).at == said


def test_the_number_of_the_question_takes_the_waiting_digits_place() -> None:
    """Two digits in quick succession: the second is not spoken, and the pause is not lengthened for it."""
    robot = Robot(TALKING)
    robot.reach(1)
    robot.key("5", robot.now + SECOND)
    first = robot.now
    robot.key("6", robot.now + 100_000)
    robot.key("Enter", robot.now + 100_000)
    assert robot.machine.talk == Talk(first + 500_000, 2_600_000)


def test_a_deletion_is_said_with_its_digit() -> None:
    """Its recording is longer than the digit's."""
    robot = Robot(TALKING)
    robot.reach(1)
    robot.key("5", robot.now + SECOND)
    robot.key("Backspace", robot.now + SECOND)
    assert robot.machine.talk == Talk(robot.now + SECOND)


def test_a_first_digit_in_the_reading_waits_for_the_question() -> None:
    """What is being read out is not cut."""
    robot = Robot(TALKING)
    robot.reach(1, Reading)
    began = robot.machine.began
    robot.key("5", began + SECOND)
    assert robot.machine.talk == Talk(began + CLIP, 500_000)


def test_a_held_check_says_nothing() -> None:
    """The pause that begins again after it counts from there."""
    robot = Robot(TALKING)
    robot.reach(1)
    robot.key("7", robot.now + SECOND)
    robot.void()
    assert robot.machine.talk == Talk(robot.now + SECOND)


@pytest.mark.parametrize(("name", "source"), [("Tab", Source.KEYBOARD), ("Repeat", Source.TOUCH)])
def test_the_question_is_repeated_until_the_first_digit(name: str, source: Source) -> None:
    """By Tab or the speaker on the screen; the clock runs on."""
    robot = Robot(TALKING)
    robot.reach(1)
    shown = robot.now
    robot.hear(KeyPressed(shown + SECOND, name, source))
    robot.hear(KeyPressed(shown + 2 * SECOND, name, source))
    assert [again.at - shown for again in robot.every(Repeated)] == [SECOND, 2 * SECOND]
    assert robot.machine.talk == Talk(shown + SECOND + CLIP, CLIP)
    robot.key("5", shown + 3 * SECOND)
    robot.hear(KeyPressed(shown + 4 * SECOND, name, source))
    assert len(robot.every(Repeated)) == 2
    assert robot.last(Ignored).why is Why.NO_MEANING
    robot.woke(shown + 6 * SECOND)
    assert not isinstance(robot.step, Asking)


@pytest.mark.parametrize(("rules", "repeats"), [(3, 1), (2, 2)])
def test_once_a_digit_was_typed_the_question_is_not_repeated(rules: int, repeats: int) -> None:
    """Also where it was taken back: the pupil has begun to answer. Under rules 2 an empty box was enough."""
    robot = Robot(replace(TALKING, rules=rules))
    robot.reach(1)
    robot.keys("Tab", "5", "Delete")
    speaker = robot.machine.may_repeat
    robot.keys("Tab")
    assert len(robot.every(Repeated)) == repeats
    assert speaker == (repeats == 2), "the speaker on the screen says the same"
    assert all(ignored.why is Why.NO_MEANING for ignored in robot.every(Ignored))


def test_the_next_question_can_be_repeated_again() -> None:
    """What was typed counts for its own question alone."""
    robot = Robot(TALKING)
    robot.reach(1)
    robot.keys("5", "Enter")
    robot.reach(2)
    robot.keys("Tab")
    assert len(robot.every(Repeated)) == 1


def test_nothing_is_repeated_while_it_is_being_read() -> None:
    """It is being spoken already; the key is recorded."""
    robot = Robot(TALKING)
    robot.reach(1, Reading)
    robot.key("Tab", robot.machine.began + SECOND)
    assert robot.last(Ignored).why is Why.BEFORE_SHOWN


@pytest.mark.parametrize("settings", [PLAIN, replace(TALKING, rules=1)])
def test_without_the_audio_version_or_under_rules_1_tab_means_nothing(settings: object) -> None:
    """As it was."""
    robot = Robot(settings)  # type: ignore[arg-type] # both are settings
    robot.reach(1)
    robot.key("Tab")
    assert robot.last(Ignored).why is Why.NO_MEANING


def test_under_rules_1_a_pause_waits_for_its_own_speech_alone() -> None:
    """Old journals replay."""
    robot = Robot(replace(TALKING, rules=1))
    robot.reach(1)
    robot.key("7", robot.now + SECOND)
    robot.key("Enter", robot.now + SECOND // 2)
    entered = robot.now
    robot.saved()
    robot.woke(entered + 3 * SECOND)
    assert isinstance(robot.step, Reading)

"""What a key does to an answer (check.machine, rule 5; docs/reference/pupil-client.md, "Typing")."""

import pytest

from mtc_kiosk.check.events import Source
from mtc_kiosk.check.facts import Answered, Entered, Erased, Ignored, StepBegan, Typed, Why
from mtc_kiosk.check.script import Asking, Pause

from .robot import NEXT_BUTTON, Robot


def asking(number: int = 1) -> Robot:
    """A robot that has just been shown a question."""
    robot = Robot()
    robot.reach(number)
    return robot


@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_is_added_to_the_answer(digit: str) -> None:
    """Each of the ten, on an empty answer and after others."""
    robot = asking()
    robot.keys(digit, "1", digit)
    assert robot.machine.typed == f"{digit}1{digit}"


def test_a_digit_counts_in_the_order_pressed_even_at_the_same_microsecond() -> None:
    """Keys that fall together keep the order in which they went down."""
    robot = asking()
    for digit in "12":
        robot.key(digit, robot.now)
    assert robot.machine.typed == "12"


def test_leading_zeros_are_kept() -> None:
    """The answer is a string; marking reads it as a number."""
    robot = asking()
    robot.answer("00056")
    assert robot.last(Answered).response == "00056"


def test_a_sixth_digit_is_recorded_and_ignored() -> None:
    """An answer has five digits at most."""
    robot = asking()
    robot.keys(*"123456")
    assert robot.machine.typed == "12345"
    assert (robot.last(Ignored).input, robot.last(Ignored).why) == ("6", Why.FULL)


def test_the_fifth_digit_may_be_erased_and_typed_again() -> None:
    """A full answer is still open."""
    robot = asking()
    robot.keys(*"12345", "Backspace", "6")
    assert robot.machine.typed == "12346"


@pytest.mark.parametrize("eraser", ["Backspace", "Delete"])
def test_an_eraser_takes_the_last_digit_back(eraser: str) -> None:
    """One digit a press."""
    robot = asking()
    robot.keys(*"147", eraser, eraser)
    assert robot.machine.typed == "1"
    assert [erased.input for erased in robot.every(Erased)] == [eraser, eraser]


@pytest.mark.parametrize("name", ["Backspace", "Delete", "Enter"])
def test_an_eraser_or_enter_on_an_empty_answer_is_recorded_and_ignored(name: str) -> None:
    """The question goes on."""
    robot = asking()
    robot.key(name)
    assert isinstance(robot.step, Asking)
    assert (robot.last(Ignored).input, robot.last(Ignored).why) == (name, Why.EMPTY)


def test_enter_on_an_answer_erased_to_nothing_is_ignored() -> None:
    """What counts is whether there is a digit, not whether there was one."""
    robot = asking()
    robot.keys("5", "Backspace", "Enter")
    assert isinstance(robot.step, Asking)


def test_enter_with_one_digit_gives_the_answer_and_begins_the_next_pause_at_that_moment() -> None:
    """Enter ends the question; the pause runs from the press."""
    robot = asking()
    shown = robot.now
    robot.keys("7", "Enter")
    answered = robot.last(Answered)
    assert (answered.response, answered.by, answered.shown_us, answered.at) == ("7", "enter", shown, robot.now)
    assert isinstance(robot.step, Pause)
    assert robot.machine.began == robot.now


@pytest.mark.parametrize("name", ["a", "F5", "Tab", "Left", "Space", "Keypad .", "-", "", "10", "٣", "²", "enter", "+"])
def test_a_key_without_a_meaning_is_recorded_and_ignored(name: str) -> None:
    """Every key is kept until the question ends; none but digits, erasers and Enter acts."""
    robot = asking()
    robot.keys("4", name)
    assert robot.machine.typed == "4"
    assert (robot.last(Ignored).input, robot.last(Ignored).why) == (name, Why.NO_MEANING)


@pytest.mark.parametrize(
    "name", ["Ctrl+5", "Alt+Tab", "Win+1", "Ctrl+Enter", "Ctrl+Backspace", "Ctrl+Alt+Delete", "Ctrl++"]
)
def test_a_chord_never_acts_and_is_recorded(name: str) -> None:
    """Ctrl, Alt or Win with a digit is no digit."""
    robot = asking()
    robot.keys("4", name)
    assert robot.machine.typed == "4"
    assert (robot.last(Ignored).input, robot.last(Ignored).why) == (name, Why.CHORD)


@pytest.mark.parametrize("name", ["5", "Enter", "Backspace", "Ctrl+5", "a"])
def test_before_the_sum_is_shown_a_key_is_recorded_and_ignored(name: str) -> None:
    """Asking has begun but the flip has not returned."""
    robot = Robot()
    robot.reach(1, Pause)
    robot.end_pause()
    assert isinstance(robot.step, Asking)
    robot.key(name)
    assert (robot.last(Ignored).input, robot.last(Ignored).why) == (name, Why.BEFORE_SHOWN)
    assert robot.machine.typed == ""


def test_a_key_in_a_pause_is_recorded_with_the_coming_question_and_ignored() -> None:
    """A key held over from the last answer becomes no digit of the next."""
    robot = Robot()
    robot.reach(2, Pause)
    robot.key("5")
    ignored = robot.last(Ignored)
    assert (ignored.number, ignored.showing, ignored.why) == (2, 1, Why.BEFORE_SHOWN)


def test_the_enter_that_gave_the_answer_is_the_last_key_that_acts() -> None:
    """1, 2, 3, Enter, 4, Enter leaves 123 and one answer."""
    robot = asking()
    robot.keys(*"123", "Enter", "4", "Enter")
    assert [answered.response for answered in robot.every(Answered)] == ["123"]
    assert [ignored.why for ignored in robot.every(Ignored)] == [Why.BEFORE_SHOWN] * 2


def test_keys_on_a_page_are_not_the_checks() -> None:
    """A page has a button; no key is recorded."""
    robot = Robot()
    assert robot.key("5") == ()


def test_keys_while_the_check_is_held_are_not_the_checks() -> None:
    """The calm screen takes nothing."""
    robot = asking()
    robot.failed(robot.now)
    assert robot.key("5") == ()


def test_a_key_of_practice_is_marked_practice_and_leaves_no_answer() -> None:
    """Practice is the same machine; its keys are never inputs, and it has no answers (check.machine, rule 10)."""
    robot = Robot()
    robot.reach(1, practice=True)
    robot.keys("1", "2", "Backspace", "x", "Enter")
    facts = [fact for fact in robot.journal if isinstance(fact, Typed | Erased | Entered | Ignored)]
    assert len(facts) == 5
    assert all(fact.practice for fact in facts)
    assert robot.every(Answered) == []


def test_a_key_keeps_what_it_was_pressed_with() -> None:
    """The on-screen pad and the keyboard give the same event, but for the source."""
    robot = asking()
    robot.key("5")
    assert robot.last(Typed).source is Source.KEYBOARD


@pytest.mark.parametrize("doubted", ["5", "Backspace", "Enter"])
def test_a_key_in_doubt_that_acts_marks_the_answer(doubted: str) -> None:
    """Its own time is not known: the answer says so (check.machine, rule 4)."""
    robot = asking()
    robot.keys("1", "2")
    robot.key(doubted, stall=True)
    robot.keys("6", "Enter") if doubted != "Enter" else None
    assert robot.last(Answered).stall


def test_a_key_in_doubt_that_does_nothing_marks_no_answer() -> None:
    """Only what is in the answer can put it in doubt."""
    robot = asking()
    robot.key("x", stall=True)
    robot.keys("6", "Enter")
    assert not robot.last(Answered).stall


def test_the_mark_of_doubt_ends_with_its_question() -> None:
    """The next answer is not in doubt."""
    robot = asking()
    robot.key("5", stall=True)
    robot.keys("Enter")
    robot.reach(2)
    robot.answer("5")
    assert [answered.stall for answered in robot.every(Answered)] == [True, False]


def test_an_answer_of_the_next_button_check_is_the_same() -> None:
    """Arrangements change the script, not the keys; a key on the pause does not press Next."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    robot.key("Enter", robot.now + 2_500_000)
    assert isinstance(robot.step, Pause)
    assert not [began for began in robot.every(StepBegan) if began.step == "asking" and not began.practice]

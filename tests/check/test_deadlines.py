"""When things end by themselves: to the microsecond, half-open, at their own time (check.machine, rules 2 to 4)."""

from dataclasses import replace

import pytest

from mtc_kiosk.check import events
from mtc_kiosk.check.facts import (
    Answered,
    Ignored,
    NextPressed,
    PauseEnded,
    ReadingEnded,
    Shown,
    StepBegan,
    TimedOut,
    Typed,
)
from mtc_kiosk.check.script import Asking, Pause
from mtc_kiosk.check.settings import SECOND, Timings

from .robot import AUDIO, NEXT_BUTTON, PLAIN, Robot

JUST_BEFORE, AT_THE_END, JUST_AFTER = 5_999_999, 6_000_000, 6_000_001


def asking() -> Robot:
    """A robot that was just shown the first question."""
    robot = Robot()
    robot.reach(1)
    return robot


@pytest.mark.parametrize(("after", "response"), [(JUST_BEFORE, "5"), (AT_THE_END, ""), (JUST_AFTER, "")])
def test_a_digit_counts_before_six_seconds_and_not_at_six(after: int, response: str) -> None:
    """A key at exactly the deadline is late."""
    robot = asking()
    shown = robot.now
    robot.key("5", shown + after)
    robot.woke(shown + 7 * SECOND)
    assert [(a.response, a.by, a.at) for a in robot.every(Answered)] == [(response, "timeout", shown + AT_THE_END)]


@pytest.mark.parametrize(("after", "by"), [(JUST_BEFORE, "enter"), (AT_THE_END, "timeout"), (JUST_AFTER, "timeout")])
def test_enter_counts_before_six_seconds_and_not_at_six(after: int, by: str) -> None:
    """What has been typed is the answer either way."""
    robot = asking()
    shown = robot.now
    robot.key("5", shown + 1)
    robot.key("Enter", shown + after)
    [answered] = robot.every(Answered)
    assert (answered.response, answered.by, answered.at) == ("5", by, shown + min(after, AT_THE_END))


@pytest.mark.parametrize(("after", "typed"), [(JUST_BEFORE, "1"), (AT_THE_END, "12"), (JUST_AFTER, "12")])
def test_an_eraser_counts_before_six_seconds_and_not_at_six(after: int, typed: str) -> None:
    """Late takes nothing back."""
    robot = asking()
    shown = robot.now
    robot.keys("1", "2")
    robot.key("Backspace", shown + after)
    robot.woke(shown + 7 * SECOND)
    assert robot.last(Answered).response == typed


@pytest.mark.parametrize(("after", "ended"), [(JUST_BEFORE, False), (AT_THE_END, True), (JUST_AFTER, True)])
def test_a_question_times_out_at_six_seconds_whenever_the_loop_wakes(after: int, ended: bool) -> None:
    """It ends at its own time, and says how late the loop was."""
    robot = asking()
    shown = robot.now
    robot.woke(shown + after)
    timed_out = [(t.at, t.late_us) for t in robot.every(TimedOut) if not t.practice]
    assert timed_out == ([(shown + AT_THE_END, after - AT_THE_END)] if ended else [])


def test_the_six_seconds_run_from_the_flip_that_first_shows_the_sum() -> None:
    """Not from the step: however late the flip is, the pupil has six seconds."""
    robot = Robot()
    robot.reach(1, Pause)
    robot.end_pause()
    began = robot.now
    robot.woke(began + 20 * SECOND)
    robot.shown(began + 21 * SECOND)
    robot.key("5", began + 21 * SECOND + JUST_BEFORE)
    assert robot.machine.typed == "5"
    robot.woke(began + 21 * SECOND + AT_THE_END)
    assert robot.last(Answered).shown_us == began + 21 * SECOND


def test_only_the_first_flip_starts_the_time() -> None:
    """One timer start a question; later flips only redraw."""
    robot = asking()
    shown = robot.now
    robot.key("5", shown + SECOND)
    robot.shown(shown + 2 * SECOND)
    assert [s.at for s in robot.every(Shown) if not s.practice] == [shown]
    robot.woke(shown + AT_THE_END)
    assert robot.last(Answered).at == shown + AT_THE_END


def test_a_flip_outside_a_question_shows_no_sum() -> None:
    """On a page, a pause or while held there is no sum to show."""
    robot = Robot()
    robot.reach(1, Pause)
    assert robot.hear(events.Shown(robot.now)) == ()


@pytest.mark.parametrize(("after", "ended"), [(2_999_999, False), (3_000_000, True), (3_000_001, True)])
def test_a_pause_ends_at_three_seconds(after: int, ended: bool) -> None:
    """By itself, at its own time."""
    robot = Robot()
    robot.reach(1, Pause)
    began = robot.now
    robot.woke(began + after)
    assert isinstance(robot.step, Asking) is ended
    assert robot.machine.began == (began + 3_000_000 if ended else began)


def test_nothing_the_pupil_does_shortens_a_pause() -> None:
    """Without the arrangement there is no Next."""
    robot = Robot()
    robot.reach(1, Pause)
    began = robot.now
    robot.key("Enter", began + 2_999_999)
    robot.pressed_next(began + 2_999_999)
    assert isinstance(robot.step, Pause)


@pytest.mark.parametrize(("after", "moved"), [(1_999_999, False), (2_000_000, True), (2_000_001, True)])
def test_next_counts_once_two_seconds_have_passed(after: int, moved: bool) -> None:
    """Before that the button is not there (fix ac1223462 of the national client)."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    began = robot.now
    robot.pressed_next(began + after)
    assert isinstance(robot.step, Asking) is moved
    assert [n.at for n in robot.every(NextPressed) if n.number == 1 and n.at > began] == (
        [began + after] if moved else []
    )


def test_a_pause_with_the_next_button_never_ends_by_itself() -> None:
    """Only the whole check's time ends it."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    robot.woke(robot.now + 29 * 60 * SECOND)
    assert isinstance(robot.step, Pause)


def test_deadlines_fire_in_order_each_at_its_own_time_before_the_key_in_hand() -> None:
    """One late wake goes through the time-out, the pause and the reading, then takes the key (rules 1)."""
    robot = Robot(replace(AUDIO, rules=1))
    robot.reach(2)
    shown = robot.now
    # The answer is on the disk as soon as it is given, so only time decides.
    robot.key("5", shown + SECOND)
    robot.woke(shown + 6 * SECOND)
    robot.saved()
    said = robot.key("7", shown + 12 * SECOND)
    assert [(type(fact), fact.at - shown) for fact in said] == [
        (PauseEnded, 9_000_000),
        (StepBegan, 9_000_000),
        (ReadingEnded, 11_100_000),
        (StepBegan, 11_100_000),
        (Ignored, 12_000_000),
    ]
    assert [fact.late_us for fact in said if isinstance(fact, PauseEnded | ReadingEnded)] == [3_000_000, 900_000]


def test_a_key_behind_a_late_wake_meets_the_reading_that_begins_then() -> None:
    """A pause that the loop was late for ends at its own time; the question is read from now, and a digit ends it."""
    robot = Robot(AUDIO)
    robot.reach(2)
    shown = robot.now
    robot.key("5", shown + SECOND)
    robot.woke(shown + 6 * SECOND)
    robot.saved()
    said = robot.key("7", shown + 12 * SECOND)
    assert [(type(fact), fact.at - shown) for fact in said] == [
        (PauseEnded, 9_000_000),
        (StepBegan, 12_000_000),
        (Typed, 12_000_000),
        (StepBegan, 12_000_000),
    ]
    assert [fact.late_us for fact in said if isinstance(fact, PauseEnded)] == [3_000_000]


def test_a_key_stamped_in_doubt_just_before_the_deadline_counts() -> None:
    """The shell stamps such keys 1 us before the deadline: the doubt is the pupil's (check.machine, rule 4)."""
    robot = asking()
    shown = robot.now
    for name in ("5", "6", "Enter"):
        robot.key(name, shown + JUST_BEFORE, stall=True)
    [answered] = robot.every(Answered)
    assert (answered.response, answered.by, answered.at, answered.stall) == ("56", "enter", shown + JUST_BEFORE, True)


def test_a_time_out_with_a_key_in_doubt_is_marked() -> None:
    """However it ends, the answer is marked if a key of it has an uncertain time."""
    robot = asking()
    shown = robot.now
    robot.key("5", shown + JUST_BEFORE, stall=True)
    robot.woke(shown + AT_THE_END)
    assert (robot.last(Answered).by, robot.last(Answered).stall) == ("timeout", True)


def test_an_event_stamped_before_the_last_one_counts_as_of_that_one() -> None:
    """Time never goes back within an attempt."""
    robot = asking()
    shown = robot.now
    robot.key("5", shown + SECOND)
    robot.key("6", shown)
    assert [typed.at - shown for typed in robot.every(Typed) if not typed.practice] == [SECOND, SECOND]


def test_a_wake_that_changes_nothing_moves_no_time() -> None:
    """A key that the operating system stamped before an idle wake keeps its own time."""
    robot = asking()
    shown = robot.now
    robot.woke(shown + AT_THE_END - 1)
    robot.key("5", shown + SECOND)
    assert robot.last(Typed).at == shown + SECOND


def test_practice_has_the_same_times_and_leaves_no_answer() -> None:
    """Practice is the same machine with another script."""
    robot = Robot()
    robot.reach(1, practice=True)
    shown = robot.now
    robot.woke(shown + AT_THE_END)
    assert [(t.at, t.practice) for t in robot.every(TimedOut)] == [(shown + AT_THE_END, True)]
    assert robot.every(Answered) == []


def test_changed_timings_are_kept_as_exactly() -> None:
    """A school may change the rules; the machine knows no 6 and no 3."""
    robot = Robot(replace(PLAIN, timings=Timings(question=2_500_000, pause=1_250_000)))
    robot.reach(1, Pause)
    began = robot.now
    robot.woke(began + 1_249_999)
    assert isinstance(robot.step, Pause)
    robot.woke(began + 1_250_000)
    shown = robot.shown()
    robot.key("5", shown + 2_499_999)
    robot.key("6", shown + 2_500_000)
    assert (robot.last(Answered).response, robot.last(Answered).at) == ("5", shown + 2_500_000)

"""What the pupil should see, and when the loop must wake to change it."""

from dataclasses import replace

import pytest

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Outcome, TimedOut
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.projection import view, wake_at
from mtc_kiosk.check.script import Asking, Intro, Page, Pause, Reading
from mtc_kiosk.check.settings import SECOND, Settings, Timings
from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView, QuestionView, View

from .robot import AUDIO, NEXT_BUTTON, PLAIN, Robot


def seen(robot: Robot, at: int | None = None) -> View:
    """What the robot's pupil sees."""
    return view(robot.machine, robot.now if at is None else at)


def seconds_left(robot: Robot, at: int) -> int:
    """The countdown of the open question."""
    question = seen(robot, at)
    assert isinstance(question, QuestionView)
    return question.seconds_left


@pytest.mark.parametrize(
    ("after", "left"),
    [
        *((0, 6), (1, 6), (999_999, 6), (1_000_000, 5), (1_000_001, 5), (1_999_999, 5), (2_000_000, 4)),
        *((3_000_000, 3), (3_999_999, 3), (4_000_000, 2), (4_999_999, 2), (5_000_000, 1), (5_999_999, 1)),
        *((6_000_000, 1), (7_000_000, 1)),
    ],
)
def test_the_countdown_shows_whole_seconds_rounded_up_and_never_nought(after: int, left: int) -> None:
    """6 at the flip, 2 from 4.0 s, 1 during the last second (docs/reference/pupil-client.md, "Timing")."""
    robot = Robot()
    robot.reach(1)
    assert seconds_left(robot, robot.now + after) == left


def test_the_countdown_never_shows_more_than_its_full() -> None:
    """Not even for a moment before the flip."""
    robot = Robot()
    robot.reach(1)
    assert seconds_left(robot, robot.now - 1) == 6


def test_the_countdown_asks_for_no_wake_once_it_has_run_out() -> None:
    """A question that waits for a device to come back has nothing more to count."""
    robot = Robot(replace(PLAIN, timings=Timings(failure_after=3 * SECOND)))
    robot.reach(1)
    over = robot.now + 6 * SECOND
    robot.lost(over - 500_000)
    assert wake_at(robot.machine, over) == over + 2_500_000


def test_the_countdown_stands_at_six_until_the_sum_is_shown() -> None:
    """Nothing runs before the flip."""
    robot = Robot()
    robot.reach(1, Pause)
    robot.end_pause()
    assert seconds_left(robot, robot.now + 5 * SECOND) == 6


def test_a_sum_that_is_read_out_is_hidden() -> None:
    """With the countdown at its full."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    question = seen(robot, robot.now + SECOND)
    assert isinstance(question, QuestionView)
    assert (question.sum_shown, question.seconds_left, question.typed) == (False, 6, "")


def test_a_question_shows_its_sum_its_number_and_what_is_typed() -> None:
    """All that the screen needs."""
    robot = Robot()
    robot.reach(2)
    robot.keys("5")
    assert seen(robot) == QuestionView(
        number=2,
        total=4,
        practice=False,
        showing=1,
        factor1=6,
        factor2=9,
        sum_shown=True,
        typed="5",
        seconds_left=6,
        seconds=6,
    )


def test_a_question_of_practice_has_the_numbers_of_practice() -> None:
    """One of one here, not one of four."""
    robot = Robot()
    robot.reach(1, practice=True)
    question = seen(robot)
    assert isinstance(question, QuestionView)
    assert (question.number, question.total, question.practice) == (1, 1, True)


def test_practice_adds_nothing_to_the_total() -> None:
    """A short form for "try it out" may have fewer questions than the practice."""
    robot = Robot(Settings(), Form("try", (Item(7, 8), Item(6, 9)), ask_again_last=True))
    page = seen(robot)
    assert isinstance(page, PageView)
    assert (page.practice_questions, page.questions) == (3, 2)


def test_a_spare_adds_nothing_to_the_total() -> None:
    """Four questions are four questions."""
    robot = Robot()
    robot.reach(3)
    robot.void()
    pause = seen(robot)
    assert isinstance(pause, PauseView)
    assert (pause.number, pause.total) == (3, 4)


def test_the_loop_wakes_for_every_second_and_for_the_end_and_for_nothing_else() -> None:
    """Six wakes a question: five changes of the countdown and the time-out."""
    robot = Robot()
    robot.reach(1)
    shown, wakes = robot.now, []
    while isinstance(robot.step, Asking):
        wake = wake_at(robot.machine, robot.now)
        assert wake is not None
        wakes.append(wake - shown)
        robot.woke(wake)
    assert wakes == [n * SECOND for n in range(1, 7)]
    assert robot.last(TimedOut).late_us == 0


def test_a_question_of_two_and_a_half_seconds_counts_three_two_one() -> None:
    """Seconds are counted from the end."""
    robot = Robot(replace(PLAIN, timings=Timings(question=2_500_000)))
    robot.reach(1)
    shown = robot.now
    assert [seconds_left(robot, shown + after) for after in (0, 499_999, 500_000, 1_500_000)] == [3, 3, 2, 1]
    assert wake_at(robot.machine, shown) == shown + 500_000
    assert wake_at(robot.machine, shown + 500_000) == shown + 1_500_000


def test_the_loop_sleeps_until_the_flip_is_reported() -> None:
    """Nothing can come due before the sum is shown."""
    robot = Robot()
    robot.reach(1, Pause)
    robot.end_pause()
    assert wake_at(robot.machine, robot.now) is None


def test_the_loop_sleeps_on_a_page_and_after_the_end() -> None:
    """Only the pupil ends a page."""
    robot = Robot()
    assert wake_at(robot.machine, robot.now) is None
    robot.reach_end()
    assert wake_at(robot.machine, robot.now) is None


def test_the_loop_wakes_at_the_end_of_a_pause() -> None:
    """And not before: a pause does not move."""
    robot = Robot()
    robot.reach(1, Pause)
    assert wake_at(robot.machine, robot.now) == robot.now + 3 * SECOND


@pytest.mark.parametrize(("after", "button"), [(1_999_999, False), (2_000_000, True), (2_000_001, True)])
def test_the_next_button_comes_up_at_two_seconds(after: int, button: bool) -> None:
    """At the very moment when Next counts."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    pause = seen(robot, robot.now + after)
    assert isinstance(pause, PauseView)
    assert pause.next_button is button
    wake = wake_at(robot.machine, robot.now + after)
    assert wake == robot.now + (30 * SECOND if button else 2_000_000)


def test_a_pause_without_the_arrangement_never_has_a_button() -> None:
    """However long it waits for the disk."""
    robot = Robot()
    robot.reach(1, Pause)
    pause = seen(robot, robot.now + 60 * SECOND)
    assert isinstance(pause, PauseView)
    assert not pause.next_button


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (6_000_000, "6"),
        (6_500_000, "6.5"),
        (2_250_000, "2.25"),
        (10_000_000, "10"),
        (60_000_000, "60"),
        (1_000_001, "1.000001"),
    ],
)
def test_a_page_knows_the_numbers_that_its_words_need(question: int, words: str) -> None:
    """The texts come from the settings (TM-20)."""
    robot = Robot(replace(PLAIN, timings=Timings(question=question)))
    assert seen(robot) == PageView(Page.EXPECT, practice_questions=1, questions=4, seconds=words)


@pytest.mark.parametrize("settings", [PLAIN, NEXT_BUTTON, AUDIO], ids=["plain", "next button", "audio"])
def test_a_check_shows_its_screens_in_order(settings: Settings) -> None:
    """Pages, practice, then a pause and a question each, and the end."""
    robot, screens = Robot(settings), []
    while robot.machine.outcome is None:
        screens.append(type(seen(robot)))
        robot.go_on()
    kinds = [kind for n, kind in enumerate(screens) if n == 0 or kind is not screens[n - 1]]
    ask = [PauseView, QuestionView]
    assert kinds == [PageView, *ask, PageView, *(ask * 4)]
    assert seen(robot) == EndedView(Outcome.COMPLETE)


def test_a_held_check_shows_why_and_whether_it_may_go_on() -> None:
    """Nothing of the question is left on the screen."""
    robot = Robot()
    robot.reach(1)
    robot.failed(robot.now, Cause.JOURNAL)
    assert seen(robot) == HeldView(Cause.JOURNAL, only_stop=False)


@pytest.mark.parametrize("outcome", [Outcome.COMPLETE, Outcome.STOPPED, Outcome.OUT_OF_TIME])
def test_an_ended_check_shows_how_it_ended(outcome: Outcome) -> None:
    """Whatever came before."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    match outcome:
        case Outcome.COMPLETE:
            robot.reach_end()
        case Outcome.STOPPED:
            robot.hold()
            robot.hear(events.Stopped(robot.now))
        case _:
            robot.woke(robot.now + 1_800 * SECOND)
    assert seen(robot) == EndedView(outcome)


@pytest.mark.parametrize(
    ("after", "left"),
    [(29_999_999, None), (30_000_000, 30), (60_000_000, 29), (60_000_001, 29), (30 * 60_000_000 - 1, 1)],
)
def test_a_long_pause_tells_the_minutes_left(after: int, left: int | None) -> None:
    """After 30 s, in whole minutes rounded up, of the 30 from the first real pause."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    seen = view(robot.machine, robot.machine.began + after)
    assert isinstance(seen, PauseView)
    assert seen.minutes_left == left


def test_held_time_is_no_part_of_the_minutes() -> None:
    """Ten minutes held leave the 30 as they were."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    robot.hold()
    robot.released(robot.now + 600 * SECOND)
    seen = view(robot.machine, robot.now + 30 * SECOND)
    assert isinstance(seen, PauseView)
    assert seen.minutes_left == 30


def test_practice_and_plain_pauses_tell_no_minutes() -> None:
    """Nothing runs out in practice."""
    for settings, practice in ((NEXT_BUTTON, True), (PLAIN, False)):
        robot = Robot(settings)
        robot.reach(1, Pause, practice=practice)
        seen = view(robot.machine, robot.now + 2 * SECOND)
        assert isinstance(seen, PauseView)
        assert seen.minutes_left is None


def test_the_loop_wakes_when_the_minutes_change() -> None:
    """At 30 s, and then once a minute until less than one is left."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    began, now, woken = robot.machine.began, robot.machine.began + 2 * SECOND, []
    for _ in range(3):
        wake = wake_at(robot.machine, now)
        assert wake is not None
        now = wake
        woken.append(now - began)
    assert woken == [30 * SECOND, 60 * SECOND, 120 * SECOND]


@pytest.mark.parametrize(
    ("keys", "practised"), [((), False), (("Enter", "q"), False), (("1",), True), (("1", "Delete"), True)]
)
def test_the_page_behind_the_practice_knows_whether_anything_was_typed_in_it(
    keys: tuple[str, ...], practised: bool
) -> None:
    """In any of its questions, and taken back or not; the other pages do not tell."""
    robot = Robot()
    robot.reach(1, practice=True)
    robot.keys(*keys)
    robot.woke(robot.now + 6 * SECOND)
    while not isinstance(robot.step, Intro):
        robot.woke(robot.now + SECOND)
        if isinstance(robot.step, Asking) and robot.machine.shown is None:
            robot.shown()
    seen = view(robot.machine, robot.now)
    assert isinstance(seen, PageView)
    assert (seen.page, seen.practised) == (Page.PRACTICE_COMPLETE, practised)
    robot.pressed_next()
    seen = view(robot.machine, robot.now)
    assert isinstance(seen, PageView)
    assert seen.practised

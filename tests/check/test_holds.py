"""Holds that staff ask for, and what they may do with a held check (check.machine, rules 6 and 8)."""

import pytest

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause, HoldAsked, Noted, Released, SetAside, Stopped
from mtc_kiosk.check.facts import Answered, Finished, Held, Outcome, StepBegan, Voided
from mtc_kiosk.check.projection import wake_at
from mtc_kiosk.check.script import Asking, Intro, Pause, Reading
from mtc_kiosk.check.settings import SECOND

from .robot import AUDIO, NEXT_BUTTON, Robot


def test_a_hold_asked_in_a_question_waits_for_its_end_and_voids_nothing() -> None:
    """The pupil answers in peace; the check is held before the next pause begins."""
    robot = Robot()
    robot.reach(1)
    robot.hold()
    robot.keys("5", "6", "Enter")
    assert [(a.number, a.by, a.response) for a in robot.every(Answered)] == [(1, "enter", "56")]
    assert (robot.last(Held).cause, robot.last(Held).at) == (Cause.STAFF, robot.now)
    assert [b.number for b in robot.every(StepBegan) if b.step == "pause" and not b.practice] == [1]


def test_a_hold_asked_in_a_question_takes_effect_at_its_time_out() -> None:
    """The time of the question is its end too."""
    robot = Robot()
    robot.reach(1)
    shown = robot.now
    robot.hold(shown + SECOND)
    robot.woke(shown + 10 * SECOND)
    assert robot.last(Held).at == shown + 6 * SECOND
    assert robot.every(Voided) == []


def test_a_hold_asked_while_a_question_is_read_waits_for_its_answer() -> None:
    """Reading and asking are one question."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    robot.hold()
    robot.woke(robot.machine.began + 2_100_000)
    assert isinstance(robot.step, Asking)
    assert robot.machine.held is None
    robot.answer("5")
    assert robot.machine.held is not None


def test_a_hold_asked_while_a_question_is_read_waits_when_a_digit_ends_the_reading() -> None:
    """The same, by the other way out."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    robot.hold()
    robot.keys("5")
    assert robot.machine.held is None


def test_a_hold_asked_in_practice_waits_for_the_practice_question() -> None:
    """Practice is a question like any other."""
    robot = Robot()
    robot.reach(1, practice=True)
    robot.hold()
    assert robot.machine.held is None
    robot.answer("12")
    assert robot.machine.held is not None


@pytest.mark.parametrize("number", [None, 1])
def test_a_hold_asked_on_a_page_or_in_a_pause_takes_effect_at_once(number: int | None) -> None:
    """No question is open."""
    robot = Robot()
    if number is not None:
        robot.reach(number, Pause)
    robot.hold(robot.now + SECOND)
    assert [type(fact) for fact in robot.turns[-1]] == [HoldAsked, Held]


def test_a_hold_asked_in_the_last_question_comes_too_late() -> None:
    """The pupil has finished: there is nothing left to hold."""
    robot = Robot()
    robot.reach(4)
    robot.hold()
    robot.answer("132")
    assert robot.machine.outcome is Outcome.COMPLETE
    assert robot.every(Held) == []


def test_the_cause_of_a_hold_that_waited_is_kept() -> None:
    """A lost sound with only the time alert waits like staff (check.machine, rule 8)."""
    robot = Robot()
    robot.reach(1)
    robot.hear(events.HoldAsked(robot.now, Cause.SOUND))
    robot.answer("56")
    assert robot.last(Held).cause is Cause.SOUND


def test_a_failure_overtakes_a_hold_that_waits() -> None:
    """The question is void after all, and the check is held once."""
    robot = Robot()
    robot.reach(1)
    robot.hold()
    robot.failed(robot.now)
    robot.released()
    robot.reach(2)
    assert [held.cause for held in robot.every(Held)] == [Cause.STALL]


def test_a_hold_asked_while_held_changes_nothing() -> None:
    """It is held already."""
    robot = Robot()
    robot.hold()
    assert robot.hold() == ()


def held_on_a_page() -> Robot:
    """A robot whose check is held on its first page."""
    robot = Robot()
    robot.hold()
    return robot


def held_in_a_pause() -> Robot:
    """A robot whose check is held in a pause that has a button."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    robot.hold()
    return robot


def held_in_practice(*, shown: bool) -> Robot:
    """A robot whose check is held in a practice question, its sum shown or not."""
    robot = Robot()
    robot.reach(1, Pause, practice=True)
    robot.end_pause()
    if shown:
        robot.shown()
    robot.failed(robot.now)
    return robot


@pytest.mark.parametrize(
    "robot",
    [held_on_a_page(), held_in_a_pause(), held_in_practice(shown=False), held_in_practice(shown=True)],
    ids=["page", "pause", "practice", "practice shown"],
)
def test_a_held_check_waits_for_staff_alone(robot: Robot) -> None:
    """No deadline, no countdown, no key, no button, no flip."""
    assert wake_at(robot.machine, robot.now) is None
    for event in (
        events.Woke(robot.now + 3600 * SECOND),
        events.KeyPressed(robot.now, "5", events.Source.KEYBOARD),
        events.Next(robot.now, events.Source.MOUSE),
        events.Shown(robot.now),
    ):
        assert robot.hear(event) == ()


def test_a_released_pause_begins_anew() -> None:
    """Its whole three seconds."""
    robot = Robot()
    robot.reach(2, Pause)
    robot.saved()
    robot.hold(robot.now + 2 * SECOND)
    robot.released(robot.now + 100 * SECOND)
    released = robot.now
    assert [type(fact) for fact in robot.turns[-1]] == [Released, StepBegan]
    robot.woke(released + 2_999_999)
    assert isinstance(robot.step, Pause)
    robot.woke(released + 3_000_000)
    assert isinstance(robot.step, Asking)


def test_a_hold_that_waited_leads_to_the_next_step_when_released() -> None:
    """Not back to the question that was answered."""
    robot = Robot()
    robot.reach(1)
    robot.hold()
    robot.answer("56")
    robot.released()
    assert isinstance(robot.step, Pause)
    assert robot.question.number == 2


def test_a_released_page_begins_anew() -> None:
    """The pupil reads it again."""
    robot = Robot()
    robot.hold(SECOND)
    robot.released(2 * SECOND)
    assert isinstance(robot.step, Intro)
    assert robot.machine.began == 2 * SECOND


def test_what_is_not_held_cannot_be_released_set_aside_or_stopped() -> None:
    """Staff hold first."""
    robot = Robot()
    for event in (events.Released(1), events.SetAside(1), events.Stopped(1)):
        assert robot.hear(event) == ()
    assert robot.machine.outcome is None


def test_a_check_set_aside_stays_held_and_may_go_on_later() -> None:
    """Another run takes it up, and staff release it."""
    robot = Robot()
    robot.reach(2, Pause)
    robot.hold()
    assert [type(fact) for fact in robot.hear(events.SetAside(robot.now + SECOND))] == [SetAside]
    robot.resumed(robot.now + SECOND)
    assert robot.machine.held is not None
    robot.released(robot.now + SECOND)
    robot.reach_end()
    assert robot.machine.outcome is Outcome.COMPLETE


def test_a_stopped_check_is_over() -> None:
    """With what was answered so far."""
    robot = Robot()
    robot.reach(2, Pause)
    robot.hold()
    robot.hear(events.Stopped(robot.now + SECOND))
    assert [type(fact) for fact in robot.turns[-1]] == [Stopped, Finished]
    assert (robot.machine.outcome, robot.machine.held) == (Outcome.STOPPED, None)
    assert [a.number for a in robot.every(Answered)] == [1]


@pytest.mark.parametrize("outcome", [Outcome.COMPLETE, Outcome.STOPPED])
def test_after_the_end_nothing_is_heard(outcome: Outcome) -> None:
    """The record of the check is sealed."""
    robot = Robot()
    if outcome is Outcome.COMPLETE:
        robot.reach_end()
    else:
        robot.hold()
        robot.hear(events.Stopped(robot.now))
    assert robot.last(Finished).outcome is outcome
    ended = robot.machine
    for event in (
        events.Woke(robot.now + 3600 * SECOND),
        events.KeyPressed(robot.now, "5", events.Source.KEYBOARD),
        events.Saved(robot.now, 4, 1, 10),
        events.Failed(robot.now, Cause.STALL, robot.now),
        events.Lost(robot.now, events.Device.FOCUS),
        events.HoldAsked(robot.now, Cause.STAFF),
        events.Released(robot.now),
        events.Stopped(robot.now),
        events.Resumed(robot.now, None, "2027-06-07T09:05:00.000Z", 5),
        events.Noted(robot.now, "clock", "stepped"),
    ):
        assert robot.hear(event) == ()
        assert robot.machine == ended


def test_a_note_changes_nothing_and_is_kept() -> None:
    """A wall-clock step alone holds nothing."""
    robot = Robot()
    robot.reach(1)
    before = robot.machine
    robot.hear(events.Noted(robot.now, "wall_clock_stepped", "3600000 ms"))
    assert robot.last(Noted).detail == "3600000 ms"
    assert robot.machine == before

"""A new run that finds an unfinished attempt: what was open is void, and the check is held (check.machine, rule 6)."""

import pytest

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause, Resumed
from mtc_kiosk.check.facts import Answered, Held, Outcome, StepBegan, Voided
from mtc_kiosk.check.replay import counting_answers, replay
from mtc_kiosk.check.script import Asking, Intro, Pause, Reading
from mtc_kiosk.check.settings import SECOND

from .robot import AUDIO, Robot


def test_an_open_question_is_void_whatever_the_gap() -> None:
    """A crash of a moment is a crash."""
    robot = Robot()
    robot.reach(2)
    robot.keys("5")
    robot.hear(events.Resumed(robot.now, 0, "2027-06-07T09:05:00.000Z", 5))
    assert [type(fact) for fact in robot.turns[-1]] == [Resumed, Answered, Voided, Held]
    assert (robot.last(Voided).cause, robot.last(Held).cause) == (Cause.UNKNOWN, Cause.UNKNOWN)
    robot.released()
    assert (robot.question.number, robot.question.showing) == (2, 2)


def test_a_question_being_read_is_void() -> None:
    """It was open."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    robot.resumed()
    assert len(robot.every(Voided)) == 1


@pytest.mark.parametrize("kind", [Intro, Pause])
def test_a_page_or_a_pause_begins_again_and_nothing_is_void(kind: type[Intro | Pause]) -> None:
    """The check is held first, so that a teacher seats the pupil again."""
    robot = Robot()
    if kind is Pause:
        robot.reach(2, Pause)
    step = robot.step
    robot.resumed()
    assert (robot.every(Voided), robot.last(Held).cause) == ([], Cause.UNKNOWN)
    robot.released(robot.now + SECOND)
    assert (robot.step, robot.machine.began) == (step, robot.now)


def test_practice_begins_again_and_nothing_is_void() -> None:
    """The practice question is asked again."""
    robot = Robot()
    robot.reach(1, practice=True)
    robot.keys("1")
    robot.resumed()
    robot.released()
    assert robot.every(Voided) == []
    assert isinstance(robot.step, Asking)
    assert robot.question.practice
    assert (robot.machine.typed, robot.last(StepBegan).practice) == ("", True)


def test_a_held_check_stays_held_for_its_own_cause() -> None:
    """A new run finds it as staff left it, and voids nothing more."""
    robot = Robot()
    robot.reach(1)
    robot.failed(robot.now, Cause.FOCUS)
    robot.resumed()
    assert [type(fact) for fact in robot.turns[-1]] == [Resumed]
    assert robot.machine.held is not None
    assert robot.machine.held.cause is Cause.FOCUS
    assert robot.machine.voids == 1


def test_the_clock_stood_still_between_the_last_event_and_the_new_run() -> None:
    """No deadline of the dead run fires in the new one, even if the new run's first stamp is later."""
    robot = Robot()
    robot.reach(1)
    shown = robot.now
    robot.key("5", shown + 5 * SECOND)
    robot.resumed(shown + 9 * SECOND)
    [answered] = robot.every(Answered)
    assert (answered.by, answered.at) == ("void", shown + 5 * SECOND)
    assert robot.last(Held).at == shown + 9 * SECOND


def test_a_dead_runs_pause_does_not_end_in_the_new_one() -> None:
    """No question opens before staff have let the check go on."""
    robot = Robot()
    robot.reach(1, Pause)
    robot.resumed(robot.now + 60 * SECOND)
    assert isinstance(robot.step, Pause)
    assert robot.every(Voided) == []


def test_what_was_away_in_the_dead_run_is_forgotten() -> None:
    """The new run looks for itself."""
    robot = Robot()
    robot.reach(2, Pause)
    robot.lost(robot.now)
    robot.resumed()
    robot.released()
    robot.woke(robot.now + 3 * SECOND)
    assert isinstance(robot.step, Asking)


def test_a_hold_that_waited_in_the_dead_run_comes_once() -> None:
    """The new run holds the check anyway."""
    robot = Robot()
    robot.reach(1)
    robot.hold()
    robot.resumed()
    robot.released()
    robot.reach(2)
    assert len(robot.every(Held)) == 1


def test_a_crash_in_every_question_but_the_fourth_is_made_good() -> None:
    """Three spares, and the pupil completes with four answers of their own."""
    robot = Robot()
    for number in (1, 2, 3):
        robot.reach(number)
        robot.resumed()
        robot.released()
    robot.reach_end()
    assert robot.machine.outcome is Outcome.COMPLETE
    assert [(a.number, a.showing, a.by) for a in counting_answers(robot.journal)] == [
        (1, 2, "enter"),
        (2, 2, "enter"),
        (3, 2, "enter"),
        (4, 1, "enter"),
    ]


def test_a_machine_taken_up_from_its_journal_goes_on_as_the_dead_one_would() -> None:
    """The journal is all that a new run has."""
    robot = Robot()
    robot.reach(3)
    robot.keys("1")
    machine = replay(robot.form, robot.settings, robot.journal).machine
    assert machine == robot.machine

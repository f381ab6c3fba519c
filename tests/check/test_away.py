"""Away: deadlines wait for a second, then the question in which the loss began is void (check.machine, rule 6)."""

import pytest

from mtc_kiosk.check.events import Cause, Device, Found, Lost
from mtc_kiosk.check.facts import Answered, AwayTooLong, Held, Ignored, TimedOut, Voided, Why
from mtc_kiosk.check.projection import wake_at
from mtc_kiosk.check.script import Asking, Intro, Pause, Reading
from mtc_kiosk.check.settings import SECOND

from .robot import AUDIO, NEXT_BUTTON, Robot


def asking() -> Robot:
    """A robot that was just shown the first question."""
    robot = Robot()
    robot.reach(1)
    return robot


@pytest.mark.parametrize(("away", "void"), [(999_999, False), (1_000_000, True), (1_000_001, True)])
@pytest.mark.parametrize("device", list(Device))
def test_away_for_a_second_voids_the_open_question(device: Device, away: int, void: bool) -> None:
    """Back within the second is no harm; at the second it is a failure with the device as its cause."""
    robot = asking()
    lost = robot.now + 2 * SECOND
    robot.lost(lost, device)
    robot.found(lost + away, device)
    assert bool(robot.every(Voided)) is void
    if void:
        voided, held = robot.last(Voided), robot.last(Held)
        assert (voided.cause, voided.at) == (Cause(device.value), lost)
        assert (held.cause, held.at) == (Cause(device.value), lost + SECOND)
        assert robot.last(AwayTooLong).late_us == away - SECOND


def test_the_second_passes_without_anything_coming_back() -> None:
    """The loop only has to wake."""
    robot = asking()
    robot.lost(robot.now)
    assert wake_at(robot.machine, robot.now) == robot.now + SECOND
    robot.woke(robot.now + SECOND)
    assert robot.machine.held is not None


def test_a_deadline_that_passed_while_away_fires_at_its_own_time_when_back() -> None:
    """Back within the second: the pupil neither gains nor loses time."""
    robot = asking()
    shown = robot.now
    robot.key("5", shown + SECOND)
    robot.lost(shown + 5_500_000)
    said = robot.found(shown + 6_200_000)
    assert [type(fact) for fact in said][:3] == [Found, TimedOut, Answered]
    assert (robot.last(TimedOut).at, robot.last(TimedOut).late_us) == (shown + 6_000_000, 200_000)
    assert robot.machine.began == shown + 6_000_000


def test_a_deadline_that_passed_while_away_does_not_save_the_question() -> None:
    """Away for the second: the question in which the loss began is void, though its time ran out meanwhile."""
    robot = asking()
    shown = robot.now
    robot.lost(shown + 5_500_000)
    robot.woke(shown + 7 * SECOND)
    assert [(a.number, a.by, a.at) for a in robot.every(Answered)] == [(1, "void", shown + 5_500_000)]


def test_a_question_that_ended_as_the_loss_began_stands() -> None:
    """Half-open: at 6.000 s the question is over, the loss began in the pause."""
    robot = asking()
    shown = robot.now
    robot.lost(shown + 6_000_000)
    robot.woke(shown + 8 * SECOND)
    assert [a.by for a in robot.every(Answered)] == ["timeout"]
    assert robot.machine.held is not None
    assert robot.every(Voided) == []


def test_what_is_answered_while_away_stands() -> None:
    """The pupil pressed Enter on the pad in time: the loss spoilt nothing."""
    robot = asking()
    shown = robot.now
    robot.lost(shown + SECOND, Device.KEYBOARD)
    robot.key("5", shown + 1_200_000)
    robot.key("Enter", shown + 1_400_000)
    robot.woke(shown + 3 * SECOND)
    assert [(a.response, a.by) for a in robot.every(Answered)] == [("5", "enter")]
    assert robot.every(Voided) == []
    assert robot.last(Held).cause is Cause.KEYBOARD
    assert isinstance(robot.step, Pause)


@pytest.mark.parametrize(("after", "response"), [(5_999_999, "5"), (6_000_000, ""), (6_000_001, "")])
def test_a_key_while_away_is_late_at_the_deadline_all_the_same(after: int, response: str) -> None:
    """The deadline is reported later, but keeps its own time."""
    robot = asking()
    shown = robot.now
    robot.lost(shown + 5_500_000)
    robot.key("5", shown + after)
    robot.found(shown + 6_400_000)
    assert (robot.last(Answered).response, robot.last(Answered).by) == (response, "timeout")
    late = [(ignored.number, ignored.why) for ignored in robot.every(Ignored)]
    assert late == ([(1, Why.LATE)] if response == "" else [])


def test_a_pause_that_ran_out_while_away_ends_at_its_own_time_when_back() -> None:
    """The next question begins then, and its six seconds from its flip as ever."""
    robot = Robot()
    robot.reach(1, Pause)
    began = robot.now
    robot.lost(began + 2_500_000)
    robot.woke(began + 3_400_000)
    assert isinstance(robot.step, Pause)
    robot.found(began + 3_400_000)
    assert isinstance(robot.step, Asking)
    assert robot.machine.began == began + 3_000_000


def test_no_question_begins_while_away() -> None:
    """A pause waits, by whatever it would have ended."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    robot.lost(robot.now + 3 * SECOND)
    robot.pressed_next(robot.now + 500_000)
    assert isinstance(robot.step, Pause)


def test_a_loss_that_began_in_a_pause_voids_nothing_even_if_the_disk_ends_the_pause() -> None:
    """The answer reaches the disk while the focus is away: the next question does not begin under another window."""
    robot = asking()
    robot.answer("56")
    began = robot.now
    robot.woke(began + 3 * SECOND)
    robot.lost(began + 3_200_000)
    robot.saved(began + 3_400_000)
    assert isinstance(robot.step, Pause)
    robot.woke(began + 4_200_000)
    assert robot.every(Voided) == []
    assert robot.machine.held is not None


def test_a_pause_whose_answer_was_saved_while_away_ends_at_that_time_when_back() -> None:
    """Its own time, as every deadline; even where the disk's two seconds have passed meanwhile."""
    robot = asking()
    robot.answer("56")
    began = robot.now
    robot.woke(began + 3 * SECOND)
    robot.lost(began + 4_500_000)
    robot.saved(began + 4_900_000)
    robot.found(began + 5_400_000)
    assert isinstance(robot.step, Asking)
    assert robot.machine.began == began + 4_900_000


def test_reading_goes_on_by_schedule_when_back_within_the_second() -> None:
    """The sum shows from the schedule's own time."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    began = robot.machine.began
    robot.lost(began + 1_900_000)
    robot.key("5", began + 2_100_000)
    assert isinstance(robot.step, Reading)
    robot.found(began + 2_200_000)
    assert isinstance(robot.step, Asking)
    assert (robot.machine.began, robot.machine.typed) == (began + 2_100_000, "")


def test_a_first_digit_ends_a_reading_while_away_until_its_own_end() -> None:
    """A microsecond before the schedule's end the digit still counts."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    began = robot.machine.began
    robot.lost(began + 1_900_000, Device.KEYBOARD)
    robot.key("5", began + 2_099_999)
    assert isinstance(robot.step, Asking)
    assert robot.machine.typed == "5"


@pytest.mark.parametrize("practice", [True, False])
def test_away_too_long_outside_a_real_question_holds_and_voids_nothing(practice: bool) -> None:
    """On a page and in practice the check is held, and the step begins again."""
    robot = Robot()
    if practice:
        robot.reach(1, practice=True)
    step = robot.step
    assert isinstance(step, Asking if practice else Intro)
    robot.lost(robot.now)
    robot.woke(robot.now + SECOND)
    assert robot.machine.held is not None
    assert (robot.every(Voided), robot.step) == ([], step)


def test_the_same_loss_twice_is_one_loss() -> None:
    """Its second runs from the first."""
    robot = asking()
    robot.lost(robot.now)
    assert robot.lost(robot.now + 900_000) == ()
    robot.woke(robot.now + 100_000)
    assert robot.machine.held is not None


def test_what_was_never_lost_cannot_be_found() -> None:
    """A return without a loss emits no fact."""
    assert asking().found(10 * SECOND, Device.DISPLAY) == ()


def test_of_two_losses_each_has_its_own_second() -> None:
    """The earlier comes back in time, the later does not."""
    robot = asking()
    lost = robot.now
    robot.lost(lost, Device.FOCUS)
    robot.lost(lost + 500_000, Device.KEYBOARD)
    robot.found(lost + 900_000, Device.FOCUS)
    robot.woke(lost + 1_499_999)
    assert robot.machine.held is None
    robot.woke(lost + 1_500_000)
    assert (robot.last(Held).cause, robot.last(Voided).at) == (Cause.KEYBOARD, lost + 500_000)


def test_of_two_losses_that_both_last_the_earlier_is_the_cause() -> None:
    """The question is void as of the earlier."""
    robot = asking()
    lost = robot.now
    robot.lost(lost, Device.KEYBOARD)
    robot.lost(lost + 1, Device.DISPLAY)
    robot.woke(lost + 2 * SECOND)
    assert (robot.last(Held).cause, robot.last(Voided).at) == (Cause.KEYBOARD, lost)


def test_a_question_whose_time_ran_out_before_the_later_of_two_losses_stands() -> None:
    """The earlier came back in time, so the time-out came at its own time; the later began in the pause."""
    robot = asking()
    shown = robot.now
    robot.key("5", shown + SECOND)
    robot.lost(shown + 5_500_000, Device.FOCUS)
    robot.lost(shown + 6_200_000, Device.KEYBOARD)
    robot.found(shown + 6_300_000, Device.FOCUS)
    robot.woke(shown + 7_200_000)
    assert [(a.response, a.by, a.at) for a in robot.every(Answered)] == [("5", "timeout", shown + 6_000_000)]
    assert robot.every(Voided) == []
    assert robot.last(Held).at == shown + 7_200_000


def test_a_question_whose_time_ran_out_as_the_later_of_two_losses_began_stands() -> None:
    """Half-open: the later loss began in the pause."""
    robot = asking()
    shown = robot.now
    robot.lost(shown + 5_500_000, Device.FOCUS)
    robot.lost(shown + 6_000_000, Device.KEYBOARD)
    robot.found(shown + 6_300_000, Device.FOCUS)
    assert [(a.by, a.at) for a in robot.every(Answered)] == [("timeout", shown + 6_000_000)]
    assert isinstance(robot.step, Pause)


def test_a_loss_while_held_gets_a_second_of_its_own_after_the_release() -> None:
    """Staff let the check go on with the focus still away: it is held again, and nothing is void."""
    robot = asking()
    robot.failed(robot.now)
    robot.lost(robot.now + SECOND)
    robot.released(robot.now + 60 * SECOND)
    released = robot.now
    robot.woke(released + 999_999)
    assert robot.machine.held is None
    robot.woke(released + 1_000_000)
    assert robot.last(Held).cause is Cause.FOCUS
    assert len(robot.every(Voided)) == 1


def test_back_while_held_is_back() -> None:
    """After the release deadlines run as ever."""
    robot = asking()
    robot.lost(robot.now)
    robot.woke(robot.now + SECOND)
    robot.found(robot.now + SECOND)
    robot.saved()
    robot.released(robot.now + SECOND)
    robot.woke(robot.now + 3 * SECOND)
    assert isinstance(robot.step, Asking)
    assert len(robot.every(Lost)) == 1

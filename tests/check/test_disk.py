"""An answer not on the disk when its pause ends lengthens the pause; after 2 s the check is held (store.journal)."""

import pytest

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause, Saved
from mtc_kiosk.check.facts import Answered, DiskTooSlow, Held, PauseEnded, SlowDisk, StepBegan, Voided
from mtc_kiosk.check.projection import view, wake_at
from mtc_kiosk.check.script import Asking, Pause
from mtc_kiosk.check.settings import SECOND, Settings
from mtc_kiosk.check.view import PauseView

from .robot import NEXT_BUTTON, PLAIN, Robot


def unsaved(settings: Settings = PLAIN) -> tuple[Robot, int]:
    """A robot in the pause after an answer that is not on the disk, and when that pause began."""
    robot = Robot(settings)
    robot.reach(1)
    robot.answer("56")
    return robot, robot.now


def test_an_answer_saved_in_its_pause_costs_no_time() -> None:
    """The pause ends at 3 s."""
    robot, began = unsaved()
    robot.saved(began + SECOND)
    robot.woke(began + 3 * SECOND)
    assert isinstance(robot.step, Asking)
    assert robot.last(PauseEnded).waited_us == 0
    assert robot.every(SlowDisk) == []


@pytest.mark.parametrize(
    ("after", "waited"), [(2_999_999, None), (3_000_000, 0), (3_000_001, 1), (4_999_999, 1_999_999)]
)
def test_a_pause_waits_for_the_disk_and_ends_when_it_has_the_answer(after: int, waited: int | None) -> None:
    """The wait is in the journal."""
    robot, began = unsaved()
    robot.saved(began + after)
    if waited is None:
        assert isinstance(robot.step, Pause)
        return
    assert isinstance(robot.step, Asking)
    assert robot.machine.began == began + after
    assert [type(fact) for fact in robot.turns[-1]][-3:] == [Saved, PauseEnded, StepBegan]
    assert robot.last(PauseEnded).waited_us == waited
    assert (robot.last(SlowDisk).at, robot.last(SlowDisk).number) == (began + 3_000_000, 1)


@pytest.mark.parametrize(("after", "held"), [(4_999_999, False), (5_000_000, True), (5_000_001, True)])
def test_two_seconds_past_the_pause_the_check_is_held(after: int, held: bool) -> None:
    """Nothing is void: the answer was given."""
    robot, began = unsaved()
    robot.woke(began + after)
    assert (robot.machine.held is not None) is held
    assert bool(robot.every(DiskTooSlow)) is held
    assert robot.every(Voided) == []
    if held:
        assert (robot.last(Held).cause, robot.last(Held).at) == (Cause.SLOW_DISK, began + 5_000_000)


def test_an_answer_saved_at_two_seconds_is_too_late() -> None:
    """Half-open, as everything."""
    robot, began = unsaved()
    robot.saved(began + 5_000_000)
    assert robot.machine.held is not None


def test_a_pause_that_waits_says_so_on_the_screen() -> None:
    """From the pause's end, and not before."""
    robot, began = unsaved()
    before = view(robot.machine, began + SECOND)
    robot.woke(began + 3 * SECOND)
    after = view(robot.machine, robot.now)
    assert isinstance(before, PauseView)
    assert isinstance(after, PauseView)
    assert (before.saving, after.saving) == (False, True)
    assert wake_at(robot.machine, robot.now) == began + 5 * SECOND


def test_the_disk_is_waited_for_again_after_a_release() -> None:
    """A question never begins while the answer before it may be lost: staff cannot wave that away."""
    robot, began = unsaved()
    robot.woke(began + 5 * SECOND)
    robot.released(began + 60 * SECOND)
    robot.woke(began + 63 * SECOND)
    assert isinstance(robot.step, Pause)
    assert robot.machine.waiting_since == began + 63 * SECOND
    robot.saved(began + 64 * SECOND)
    assert isinstance(robot.step, Asking)


def test_an_answer_saved_while_held_is_not_waited_for() -> None:
    """The disk woke up meanwhile."""
    robot, began = unsaved()
    robot.woke(began + 5 * SECOND)
    robot.saved(began + 6 * SECOND)
    robot.released(began + 60 * SECOND)
    robot.woke(began + 63 * SECOND)
    assert isinstance(robot.step, Asking)


def test_a_new_run_waits_for_nothing() -> None:
    """What it read from the disk is on the disk."""
    robot, began = unsaved()
    robot.resumed(began + SECOND)
    robot.released(began + SECOND)
    robot.woke(began + 4 * SECOND)
    assert isinstance(robot.step, Asking)


def test_a_void_showing_is_waited_for_too() -> None:
    """It is part of the record as any answer."""
    robot = Robot()
    robot.reach(1)
    robot.void()
    began = robot.now
    robot.woke(began + 3 * SECOND)
    assert robot.last(SlowDisk).showing == 1
    robot.saved(began + 4 * SECOND)
    assert isinstance(robot.step, Asking)


def test_word_of_another_answer_ends_no_wait() -> None:
    """Number and showing must both be those that are waited for."""
    robot, began = unsaved()
    for number, showing in ((2, 1), (1, 2)):
        robot.hear(events.Saved(began + SECOND, number, showing, 5))
    robot.woke(began + 3 * SECOND)
    assert isinstance(robot.step, Pause)


def test_with_the_next_button_the_wait_begins_at_next() -> None:
    """The pupil decides when the pause is over; the disk may lengthen it."""
    robot, began = unsaved(NEXT_BUTTON)
    robot.pressed_next(began + 10 * SECOND)
    assert isinstance(robot.step, Pause)
    assert robot.last(SlowDisk).at == began + 10 * SECOND
    assert robot.pressed_next(began + 11 * SECOND) == ()
    robot.saved(began + 11_500_000)
    assert isinstance(robot.step, Asking)
    assert robot.last(PauseEnded).waited_us == 1_500_000


def test_with_the_next_button_the_check_is_held_two_seconds_after_next() -> None:
    """The same limit."""
    robot, began = unsaved(NEXT_BUTTON)
    robot.pressed_next(began + 10 * SECOND)
    robot.woke(began + 11_999_999)
    assert robot.machine.held is None
    robot.woke(began + 12_000_000)
    assert robot.last(Held).cause is Cause.SLOW_DISK


def test_with_the_next_button_an_unsaved_answer_alone_holds_nothing() -> None:
    """Until Next there is nothing that waits."""
    robot, began = unsaved(NEXT_BUTTON)
    robot.woke(began + 60 * SECOND)
    assert robot.machine.held is None


def test_practice_waits_for_no_disk() -> None:
    """It leaves no answer."""
    robot = Robot()
    robot.reach(1, practice=True)
    robot.answer("12")
    assert robot.machine.unsaved is None


def test_the_last_answer_ends_the_check_without_a_wait() -> None:
    """The shell seals it on the disk; the machine has no pause left."""
    robot = Robot()
    robot.reach(4)
    robot.answer("132")
    assert robot.machine.outcome is not None
    assert robot.last(Answered).number == 4

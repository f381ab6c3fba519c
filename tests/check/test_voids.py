"""A fault voids only the open question; a spare replaces it (check.machine, rules 6 and 7)."""

from dataclasses import replace

import pytest

from mtc_kiosk.check.arrangements import Arrangements
from mtc_kiosk.check.events import Cause, Failed
from mtc_kiosk.check.facts import Answered, AnsweredBy, Held, TimedOut, Voided
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.projection import view
from mtc_kiosk.check.replay import counting_answers
from mtc_kiosk.check.script import Asking, Intro, Page, Pause, Reading
from mtc_kiosk.check.settings import SECOND, Settings
from mtc_kiosk.check.view import HeldView, PauseView

from .robot import AUDIO, NEXT_BUTTON, PLAIN, Robot


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause not in (Cause.STAFF, Cause.SLOW_DISK)])
def test_a_failure_voids_the_open_question_and_holds_the_check(cause: Cause) -> None:
    """Whatever failed, the question is void as of then and the screen is calm."""
    robot = Robot()
    robot.reach(2)
    robot.keys("5")
    robot.failed(robot.now + SECOND, cause)
    answered, voided = robot.last(Answered), robot.last(Voided)
    assert (answered.number, answered.showing, answered.by, answered.response) == (2, 1, AnsweredBy.VOID, "5")
    assert (voided.number, voided.showing, voided.cause, voided.voids, voided.at) == (2, 1, cause, 1, robot.now)
    assert view(robot.machine, robot.now) == HeldView(cause, only_stop=False)


def test_a_void_answer_does_not_count() -> None:
    """Only the replacement's does."""
    robot = Robot()
    robot.reach(1)
    robot.void()
    robot.reach_end()
    counting = counting_answers(robot.journal)
    assert [(a.number, a.showing, a.by) for a in counting] == [
        (1, 2, "enter"),
        (2, 1, "enter"),
        (3, 1, "enter"),
        (4, 1, "enter"),
    ]


def test_the_replacement_is_a_spare_of_the_same_table_with_a_pause_of_its_own() -> None:
    """Same number, the next showing."""
    robot = Robot()
    robot.reach(1)
    robot.failed(robot.now)
    robot.released(robot.now + 60 * SECOND)
    assert isinstance(robot.step, Pause)
    assert robot.machine.began == robot.now
    question = robot.question
    assert (question.number, question.showing, question.item) == (1, 2, Item(7, 5))
    voided = robot.last(Voided)
    assert (voided.factor1, voided.factor2) == (7, 5)
    shown = view(robot.machine, robot.now)
    assert isinstance(shown, PauseView)
    assert (shown.number, shown.total) == (1, 4)


def test_a_spare_that_is_spoilt_is_replaced_by_the_tables_other_spare() -> None:
    """No item is asked twice."""
    robot = Robot()
    robot.reach(1)
    robot.void()
    robot.reach(1, showing=2)
    robot.void()
    robot.reach(1, showing=3)
    assert robot.question.item == Item(7, 2)


def test_a_spare_is_spent_only_on_its_own_table() -> None:
    """Each table has its own."""
    robot = Robot()
    robot.reach(2)
    robot.void()
    robot.reach(3)
    robot.void()
    assert [(v.factor1, v.factor2) for v in robot.every(Voided)] == [(6, 5), (3, 5)]


def test_three_voids_are_replaced_and_at_the_fourth_only_stop_is_offered() -> None:
    """The check stays held whatever else staff ask for."""
    robot = Robot()
    for number in (1, 2, 3):
        robot.reach(number)
        robot.void()
    robot.reach(4)
    robot.failed(robot.now)
    assert robot.last(Held).only_stop
    assert view(robot.machine, robot.now) == HeldView(Cause.STALL, only_stop=True)
    assert robot.released() == ()
    robot.resumed()
    assert robot.released() == ()
    assert [a for a in counting_answers(robot.journal) if a.number == 4] == []
    assert (robot.last(Voided).voids, robot.last(Voided).factor1) == (4, None)


def test_how_many_voids_are_replaced_is_a_setting() -> None:
    """None: the first void is the last."""
    robot = Robot(replace(PLAIN, voids_replaced=0))
    robot.reach(1)
    robot.failed(robot.now)
    assert robot.last(Held).only_stop


def test_a_spoilt_item_of_chosen_tables_is_asked_again_at_the_end() -> None:
    """Chosen tables have no spares: the same item comes last, under its own number."""
    robot = Robot(form=Form("try", (Item(7, 8), Item(6, 9)), ask_again_last=True))
    robot.reach(1)
    robot.void()
    assert (robot.question.number, robot.question.showing) == (2, 1)
    robot.reach(1, showing=2)
    assert robot.question.item == Item(7, 8)
    robot.void()
    robot.reach(1, showing=3)
    robot.reach_end()
    assert [(a.number, a.showing) for a in counting_answers(robot.journal)] == [(1, 3), (2, 1)]


def test_a_question_that_is_being_read_out_is_open() -> None:
    """The pupil has heard it: it is void, and its spare is read out in turn."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    robot.failed(robot.now, Cause.SOUND)
    assert (robot.last(Answered).by, robot.last(Answered).shown_us) == ("void", None)
    robot.released()
    assert isinstance(robot.step, Pause)
    robot.reach(1, Reading, showing=2)
    assert robot.question.item == Item(7, 5)


def test_a_question_whose_reading_was_ended_by_a_digit_is_void_once() -> None:
    """It is one question, in whichever step."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    robot.keys("5")
    robot.void()
    assert (robot.question.number, robot.question.showing) == (1, 2)
    robot.reach_end()
    assert [a.number for a in counting_answers(robot.journal)] == [1, 2, 3, 4]


def test_a_question_that_has_begun_but_is_not_shown_is_open() -> None:
    """The flip may have been seen: the spare costs nothing."""
    robot = Robot()
    robot.reach(1, Pause)
    robot.end_pause()
    robot.failed(robot.now)
    assert (robot.last(Answered).by, robot.last(Answered).shown_us) == ("void", None)


@pytest.mark.parametrize("page", list(Page))
def test_on_a_page_nothing_is_void_and_the_page_begins_again(page: Page) -> None:
    """Staff are still asked."""
    every_page = Arrangements(settings_page=True, asks_assistant=True, no_pad=True)
    robot = Robot(replace(PLAIN, arrangements=every_page))
    while robot.step != Intro(page):
        robot.go_on()
    robot.failed(robot.now)
    assert (robot.every(Voided), robot.last(Held).only_stop) == ([], False)
    robot.released(robot.now + SECOND)
    assert (robot.step, robot.machine.began) == (Intro(page), robot.now)


@pytest.mark.parametrize("settings", [PLAIN, NEXT_BUTTON, AUDIO], ids=["plain", "next button", "audio"])
def test_in_a_pause_nothing_is_void_and_the_pause_begins_again(settings: Settings) -> None:
    """The whole pause, with the same question to come."""
    robot = Robot(settings)
    robot.reach(2, Pause)
    robot.saved()
    robot.failed(robot.now + SECOND)
    robot.released(robot.now + SECOND)
    assert robot.every(Voided) == []
    assert isinstance(robot.step, Pause)
    assert (robot.question.number, robot.question.showing, robot.machine.began) == (2, 1, robot.now)


def test_in_practice_nothing_is_void_and_the_step_begins_again() -> None:
    """The practice question is asked again with nothing typed and its whole time."""
    robot = Robot()
    robot.reach(1, practice=True)
    robot.keys("1", "2")
    robot.failed(robot.now)
    robot.released()
    assert (robot.every(Voided), robot.every(Answered)) == ([], [])
    assert isinstance(robot.step, Asking)
    assert (robot.machine.typed, robot.machine.shown) == ("", None)
    shown = robot.shown(robot.now + SECOND)
    robot.woke(shown + 5_999_999)
    assert isinstance(robot.step, Asking)


def test_what_was_answered_before_the_fault_stands() -> None:
    """A fault in the pause after an answer does not reach back."""
    robot = Robot()
    robot.reach(1)
    robot.answer("56")
    robot.failed(robot.now)
    assert [(a.number, a.by) for a in robot.every(Answered)] == [(1, "enter")]


@pytest.mark.parametrize(("since", "by"), [(5_999_999, "void"), (6_000_000, "timeout"), (6_000_001, "timeout")])
def test_a_stall_stops_the_clock_where_it_began(since: int, by: str) -> None:
    """A deadline after that moment never came; one at or before it did."""
    robot = Robot()
    robot.reach(1)
    shown = robot.now
    robot.keys("5")
    robot.failed(shown + 8_500_000, since=shown + since)
    [answered] = robot.every(Answered)
    assert (answered.by, answered.at) == (by, shown + min(since, 6_000_000))
    assert len([t for t in robot.every(TimedOut) if not t.practice]) == (by == "timeout")
    assert robot.last(Held).at == shown + 8_500_000


def test_a_stall_that_began_in_a_pause_opens_no_question() -> None:
    """The pause would have ended during the stall; it did not."""
    robot = Robot()
    robot.reach(1, Pause)
    began = robot.now
    robot.failed(began + 20 * SECOND, since=began + 1)
    assert robot.every(Voided) == []
    assert isinstance(robot.step, Pause)


def test_nothing_broke_before_what_was_heard_after_it() -> None:
    """A fault dated before the last event counts as of that one, and one dated later than now as of now."""
    robot = Robot()
    robot.reach(1)
    shown = robot.now
    robot.key("5", shown + SECOND)
    robot.failed(shown + 2 * SECOND, since=shown - 5 * SECOND)
    assert (robot.last(Failed).since_us, robot.last(Voided).at) == (shown + SECOND, shown + SECOND)
    robot.released()
    robot.reach(1, showing=2)
    robot.failed(robot.now + 1, since=robot.now + SECOND)
    assert robot.last(Voided).at == robot.now


def test_a_second_failure_while_held_voids_nothing_more() -> None:
    """It is kept in the journal."""
    robot = Robot()
    robot.reach(1)
    robot.failed(robot.now)
    robot.failed(robot.now + SECOND, Cause.SUSPEND)
    assert [type(fact) for fact in robot.turns[-1]] == [Failed]
    assert robot.machine.voids == 1
    assert robot.machine.held is not None
    assert robot.machine.held.cause is Cause.STALL

"""The power fails: the kiosk comes back held, and what it takes up is whole."""

from collections.abc import Callable

import pytest

from mtc_kiosk.check.events import Cause, Released
from mtc_kiosk.check.facts import Answered, AnsweredBy, Finished, Held, Ignored, Outcome, StepBegan
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.eyes import Place
from tests.kiosk.virtual import Bench

Make = Callable[..., Bench]


def test_a_killed_kiosk_comes_back_held(bench: Make) -> None:
    """After a power cut the PC shows the held check; Carry on asks a spare, and the check ends whole."""
    desk = bench()
    desk.reach(Place.QUESTION, 2)
    desk.type_in("1")
    desk.power_cut()
    assert desk.at(Place.HELD)
    desk.point(Button.RESUME)
    desk.reach(Place.QUESTION, 2)
    assert desk.sight.sum == (3, 5)
    while not desk.at(Place.HOW_WAS_IT):
        desk.pass_ms(1_000)
        desk.tap(keyboard.ENTER)
    answers = [(a.number, a.showing, a.factor1, a.response, a.by.value) for a in desk.every(Answered)]
    assert answers == [
        (1, 1, 7, "56", "enter"),
        (2, 1, 3, "1", "void"),
        (2, 2, 3, "", "timeout"),
        (3, 1, 12, "", "timeout"),
    ]
    assert desk.every(Finished)[0].outcome is Outcome.COMPLETE
    assert desk.rows("select distinct run from event order by run") == [(1,), (2,)]


@pytest.mark.parametrize("place", [Place.PAGE, Place.PAUSE])
def test_a_power_cut_outside_a_question_voids_nothing(bench: Make, place: Place) -> None:
    """On a page or in a pause that step begins again."""
    desk = bench()
    desk.reach(place, 2 if place is Place.PAUSE else None)
    desk.pass_ms(1_000)
    desk.power_cut()
    desk.point(Button.RESUME)
    assert desk.at(place)
    desk.reach(Place.QUESTION, 3)
    assert {answer.by for answer in desk.every(Answered)} == {AnsweredBy.ENTER}


def test_a_power_cut_in_practice_voids_nothing(bench: Make) -> None:
    """The practice question begins again, with all of its time and an empty box."""
    desk = bench()
    desk.reach(Place.QUESTION, 1, practice=True)
    desk.type_in("9")
    desk.power_cut()
    desk.point(Button.RESUME)
    sight = desk.sight
    assert (sight.place, sight.practice, sight.typed, sight.seconds_left) == (Place.QUESTION, True, "", 6)
    desk.reach(Place.QUESTION, 1)
    assert desk.every(Answered) == []


def test_a_power_cut_while_held_leaves_it_held(bench: Make) -> None:
    """A second cut before staff came changes nothing but the run."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    desk.power_cut()
    desk.power_cut()
    assert desk.at(Place.HELD)
    assert [held.cause for held in desk.every(Held)] == [Cause.UNKNOWN]
    assert len([answer for answer in desk.every(Answered) if answer.by is AnsweredBy.VOID]) == 1


def test_at_the_fourth_void_only_stop_is_left(bench: Make) -> None:
    """Three spoilt questions are replaced. The fourth can only be stopped, and what was answered is kept."""
    desk = bench()
    for _ in range(4):
        desk.reach(Place.QUESTION)
        while desk.sight.practice:
            desk.type_in("1")
            desk.tap(keyboard.ENTER)
            desk.reach(Place.QUESTION)
        desk.power_cut()
        if desk.sight.find(Button.RESUME) is not None:
            desk.point(Button.RESUME)
    assert [seen.what for seen in desk.sight.controls] == [Button.STOP]
    desk.point(Button.STOP)
    desk.point(Button.STOP)
    assert desk.at(Place.AGAIN)
    assert desk.every(Finished)[0].outcome is Outcome.STOPPED


def test_an_unreadable_leftover_does_not_keep_the_next_pupil_out(bench: Make) -> None:
    """An attempt that cannot be read is reported to staff, and the kiosk is free."""
    desk = bench()
    desk.reach(Place.QUESTION, 2)
    desk.flush()
    beside = desk.beside()
    beside.execute("drop trigger event_is_never_changed")
    beside.execute("update event set data = '{}' where seq = 3")
    beside.close()
    desk.power_cut()
    assert desk.at(Place.WELCOME)
    assert len(desk.told) == 1
    desk.reach(Place.QUESTION, 1)
    assert desk.rows("select count(*) from attempt where outcome is null") == [(2,)]


def test_held_time_is_not_the_pupils(bench: Make) -> None:
    """After an hour held the check goes on: the 30 minutes leave held time out."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    desk.power_cut()
    desk.pass_ms(3_600_000)
    desk.point(Button.RESUME)
    desk.reach(Place.QUESTION, 2)
    assert len(desk.every(Released)) == 1
    assert not [fact for fact in desk.every(StepBegan) if fact.step == "done"]
    assert desk.every(Ignored) == []

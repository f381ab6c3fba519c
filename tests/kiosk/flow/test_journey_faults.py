"""Faults during a check, through the real client: stalls, sleep, late waking, lost devices.

Each test takes a check on a virtual clock and breaks one thing. A fault voids the open question; nothing else does.
"""

import pytest

from mtc_kiosk.check.events import Cause, Failed, Noted, Source
from mtc_kiosk.check.facts import Answered, AnsweredBy, AwayTooLong, Held, Voided
from mtc_kiosk.kiosk.system.devices import Present
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.acts import FocusGoes, KeyGoesDown
from mtc_kiosk.robots.clock import MS, SECOND
from mtc_kiosk.robots.eyes import Place
from tests.kiosk.breaking import Make, asked, voided
from tests.kiosk.virtual import Bench

# -- the loop stalls


def test_a_loop_that_stood_still_for_a_second_voids_the_question(bench: Make) -> None:
    """SIGSTOP for 1.5 s in a question: void, held, and a spare of the same table once staff let it go on."""
    desk = asked(bench)
    desk.window.late_ns = 1_500 * MS
    desk.pass_ms(10)
    assert desk.at(Place.HELD)
    assert voided(desk) == [(1, 1, Cause.STALL)]
    desk.point(Button.RESUME)
    desk.reach(Place.QUESTION, 1)
    assert desk.sight.sum == (7, 5)


def test_a_loop_that_stood_still_for_less_voids_nothing(bench: Make) -> None:
    """0.7 s and the heartbeat's wait make less than a second."""
    desk = asked(bench)
    desk.window.late_ns = 700 * MS
    desk.pass_ms(10)
    assert desk.at(Place.QUESTION)
    assert desk.every(Failed) == []


def test_a_loop_that_stood_still_in_a_pause_voids_nothing(bench: Make) -> None:
    """Held all the same; the pause begins again."""
    desk = asked(bench)
    desk.tap(keyboard.ENTER)
    desk.window.late_ns = 5 * SECOND
    desk.pass_ms(10)
    assert [(held.cause, held.only_stop) for held in desk.every(Held)] == [(Cause.STALL, False)]
    assert voided(desk) == []
    desk.point(Button.RESUME)
    assert desk.at(Place.PAUSE)
    desk.reach(Place.QUESTION, 2)
    assert len(desk.every(Answered)) == 1


# -- woken late, with keys waiting


def woken_late(desk: Bench, late_ms: int, keys: dict[int, str]) -> Answered:
    """The loop sleeps over the end of the question; ``keys`` are pressed so many ms from its end. The answer."""
    ends = desk.now + 6 * SECOND
    desk.type_in("5")
    desk.until(ends - 100 * MS)
    for at_ms, name in keys.items():
        key = keyboard.ENTER if name == "Enter" else keyboard.top_row(name)
        desk.chair.agenda.add(KeyGoesDown(ends + at_ms * MS, key))
    desk.window.late_ns = (late_ms - min(keys)) * MS
    desk.until(ends + (late_ms + 100) * MS)
    return desk.every(Answered)[-1]


def test_woken_late_without_stamps_the_doubt_is_the_pupils(bench: Make) -> None:
    """More than 20 ms past the end with keys waiting: they count as typed in time, and the answer is marked."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    answer = woken_late(desk, 25, {-30: "6"})
    assert (answer.response, answer.by, answer.stall) == ("56", AnsweredBy.TIMEOUT, True)


def test_woken_late_without_stamps_even_enter_counts(bench: Make) -> None:
    """A whole answer that waited ends the question by Enter."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    answer = woken_late(desk, 40, {-30: "6", -20: "Enter"})
    assert (answer.response, answer.by, answer.stall) == ("56", AnsweredBy.ENTER, True)
    assert answer.shown_us is not None
    assert answer.at - answer.shown_us == 5_999_999


def test_woken_a_little_late_the_loops_own_stamp_decides(bench: Make) -> None:
    """Up to 20 ms past the end a key that waited is late."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    answer = woken_late(desk, 20, {-1: "6"})
    assert (answer.response, answer.stall) == ("5", False)


def test_woken_late_with_stamps_each_key_counts_by_its_own(bench: Make) -> None:
    """Where the system stamps keys, those pressed before the end count, and nothing is in doubt."""
    desk = bench(stamped=True)
    desk.reach(Place.QUESTION, 1)
    answer = woken_late(desk, 300, {-30: "6", 30: "7"})
    assert (answer.response, answer.by, answer.stall) == ("56", AnsweredBy.TIMEOUT, False)


# -- focus and devices


def test_a_focus_lost_before_the_check_began_holds_it(bench: Make) -> None:
    """Whoever begins by touch while another window has the keyboard would type into that one: the check is held."""
    desk = bench()
    desk.chair.agenda.add(FocusGoes(desk.now))
    desk.point(Button.TRY_IT_OUT, Source.TOUCH)
    desk.pass_ms(1_500)
    assert [held.cause for held in desk.every(Held)] == [Cause.FOCUS]


def test_a_focus_that_came_back_untold_is_noticed(bench: Make) -> None:
    """The window has the keyboard again though no event says so: the question goes on with the time it has."""
    desk = asked(bench)
    begun = desk.now
    desk.chair.agenda.add(FocusGoes(desk.now))
    desk.pass_ms(300)
    desk.window.focused = True
    desk.pass_ms(2_000)
    assert desk.at(Place.QUESTION)
    assert desk.every(Held) == []
    desk.end_question()
    assert desk.now - begun <= 6 * SECOND


def test_focus_back_within_a_second_harms_nothing(bench: Make) -> None:
    """0.9 s away in the middle of a question: it goes on, with the time it has."""
    desk = asked(bench)
    desk.focus_away(900)
    assert desk.at(Place.QUESTION)
    desk.end_question()
    (answer,) = desk.every(Answered)
    assert (answer.response, answer.by, voided(desk)) == ("5", AnsweredBy.TIMEOUT, [])
    assert answer.shown_us is not None
    assert answer.at - answer.shown_us == 6_000_000


def test_focus_away_for_a_second_voids_the_question(bench: Make) -> None:
    """1.0 s is too long: void as of the loss."""
    desk = asked(bench)
    lost = desk.now
    desk.focus_away(1_000)
    desk.pass_ms(10)
    assert desk.at(Place.HELD)
    assert voided(desk) == [(1, 1, Cause.FOCUS)]
    (away,) = desk.every(AwayTooLong)
    assert away.at - desk.every(Voided)[0].at == 1_000_000
    assert desk.now > lost


def test_focus_away_over_the_end_of_a_question_fires_at_its_own_time(bench: Make) -> None:
    """Back in time, the question ended when its six seconds did."""
    desk = asked(bench)
    desk.pass_ms(5_500)
    desk.focus_away(900)
    desk.pass_ms(10)
    (answer,) = desk.every(Answered)
    assert answer.shown_us is not None
    assert (answer.response, answer.by, answer.at - answer.shown_us) == ("5", AnsweredBy.TIMEOUT, 6_000_000)


def test_a_keyboard_that_is_pulled_out_voids_the_question(bench: Make) -> None:
    """Gone for a second, and it was used: void. Where the platform cannot say, nothing is."""
    desk = asked(bench)
    desk.present = Present(keyboard=False)
    desk.pass_ms(1_500)
    assert voided(desk) == [(1, 1, Cause.KEYBOARD)]


def test_a_pc_that_slept_voids_the_question(bench: Make) -> None:
    """Two clocks apart by ten minutes: suspended, void, held."""
    desk = asked(bench)
    desk.clock.sleep(600 * SECOND)
    desk.pass_ms(10)
    assert desk.at(Place.HELD)
    assert voided(desk) == [(1, 1, Cause.SUSPEND)]


@pytest.mark.parametrize("by_ms", [3_600_000, -3_600_000])
def test_a_wall_clock_that_steps_is_only_noted(bench: Make, by_ms: int) -> None:
    """Summer time, or a clock put right, changes nothing in the check."""
    desk = asked(bench)
    desk.clock.set_wall(by_ms)
    desk.end_question()
    (answer,) = desk.every(Answered)
    assert answer.shown_us is not None
    assert answer.at - answer.shown_us == 6_000_000
    assert [note.detail for note in desk.every(Noted)][1:] == [f"{by_ms} ms"]

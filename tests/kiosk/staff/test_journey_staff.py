"""What staff do at the kiosk: the chord, the passcode, carry on, set aside, leave."""

import pytest

from mtc_kiosk.check.events import Cause, Released
from mtc_kiosk.check.facts import Held
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.staff.passcode import TRIES
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.eyes import Place
from tests.kiosk.breaking import Make, asked, held_chord, passcode


def test_with_a_passcode_a_held_check_waits_for_staff(bench: Make) -> None:
    """No button for the pupil; the chord and the passcode bring Carry on."""
    desk = asked(bench, passcode="secret")
    desk.power_cut()
    assert desk.sight.controls == ()
    desk.tap(keyboard.ENTER, keyboard.SPACE, keyboard.ESCAPE)
    held_chord(desk, 2)
    assert staff_words.STAFF not in desk.sight.texts
    held_chord(desk)
    assert staff_words.STAFF in desk.sight.texts
    passcode(desk, "wrong")
    assert desk.sight.find(Button.RESUME) is None
    passcode(desk, "secret")
    desk.point(Button.RESUME)
    assert desk.at(Place.PAUSE)
    assert len(desk.every(Released)) == 1


def test_a_check_set_aside_frees_the_pc_and_comes_back_when_it_starts_anew(bench: Make) -> None:
    """The next pupil finds the welcome page; the check that was set aside is held again at the next start."""
    desk = asked(bench, passcode="secret", kind=Kind.OFFICIAL)
    desk.power_cut()
    held_chord(desk)
    passcode(desk, "secret")
    desk.point(Button.SET_ASIDE)
    assert desk.at(Place.WELCOME)
    desk.power_cut()
    assert desk.every(Held)[-1].cause is Cause.UNKNOWN
    held_chord(desk)
    passcode(desk, "secret")
    desk.point(Button.RESUME)
    desk.reach(Place.QUESTION, 1)
    assert desk.sight.sum == (7, 5)


def test_guessing_the_passcode_is_slowed(bench: Make) -> None:
    """After five wrong tries even the right one waits half a minute."""
    desk = asked(bench, passcode="secret")
    desk.power_cut()
    held_chord(desk)
    for _ in range(TRIES):
        passcode(desk, "guess")
    passcode(desk, "secret")
    assert desk.sight.find(Button.RESUME) is None
    desk.pass_ms(31_000)
    passcode(desk, "secret")
    assert desk.sight.find(Button.RESUME) is not None


def test_staff_leave_the_kiosk_by_the_passcode(bench: Make) -> None:
    """From the welcome page the passcode ends the program with exit code 3."""
    desk = bench(passcode="secret")
    held_chord(desk)
    passcode(desk, "secret")
    assert desk.kiosk.state.exit_code == 3


@pytest.mark.parametrize(("code", "leaves"), [(None, 0), ("secret", None)])
def test_escape_leaves_only_where_no_passcode_is_set(bench: Make, code: str | None, leaves: int | None) -> None:
    """Escape held for 2 s ends the program, unless a passcode locks it."""
    desk = bench(passcode=code)
    desk.down(keyboard.ESCAPE)
    desk.pass_ms(2_100)
    assert desk.kiosk.state.exit_code == leaves


def test_whoever_leaves_early_does_not_find_the_check_held_next_time(bench: Make) -> None:
    """Escape held in a question ends the attempt as stopped; what was open is void and nothing typed is lost."""
    desk = asked(bench)
    desk.down(keyboard.ESCAPE)
    desk.pass_ms(2_100)
    desk.flush()
    assert desk.kiosk.state.exit_code == 0
    assert desk.rows("select outcome from attempt") == [("stopped",)]
    assert desk.rows("select response, by from answer") == [("5", "void")]

"""A check begins beside no second screen, unless kiosk.yaml allows it (lockdown.allow_second_display)."""

from collections.abc import Callable

import pytest

from mtc_kiosk.kiosk.system.desktop import SECOND_SCREEN
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button

from .school import School

Schools = Callable[..., School]


def signed_in(at: School) -> bool:
    """Whether "is this you?" is on the screen."""
    return words.IS_THIS_YOU in at.desk.sight.texts


def test_nobody_signs_in_beside_a_second_screen(school: Schools) -> None:
    """The first page says what to do, before a session and within one; once it is gone, the pupil signs in."""
    at = school("pointer: large")
    at.displays = 2
    at.desk.pass_ms(1_500)
    assert words.SECOND_SCREEN in at.desk.sight.texts
    at.start()
    at.desk.pass_ms(1_500)
    assert words.SECOND_SCREEN in at.desk.sight.texts
    at.sign_in(None)
    assert not signed_in(at)
    assert at.rows("select * from attempt") == []
    assert at.told.count(SECOND_SCREEN) == 1
    at.displays = 1
    at.desk.pass_ms(1_500)
    at.sign_in(None)
    assert signed_in(at)


@pytest.mark.parametrize("said_yes", [False, True])
def test_a_screen_that_comes_while_somebody_signs_in_stops_them(school: Schools, said_yes: bool) -> None:
    """Before the last digit, or before "yes": no attempt begins, and the PIN stays good."""
    at = school("pointer: large")
    at.start()
    if said_yes:
        at.sign_in(None)
        assert signed_in(at)
        at.displays = 2
        at.desk.point(Button.THATS_ME)
    else:
        at.desk.pass_ms(1_500)
        at.type_password()
        at.displays = 2
        at.type_pin()
    assert set(words.SECOND_SCREEN_FOUND) <= set(at.desk.sight.texts)
    assert at.rows("select * from attempt") == []
    assert at.rows("select used_at from pin") == [(None,)]


def test_a_second_screen_that_is_allowed_is_in_nobodys_way(school: Schools) -> None:
    """As kiosk.yaml says."""
    at = school("pointer: large", "lockdown: {allow_second_display: yes}\n")
    at.displays = 2
    at.sign_in()
    assert signed_in(at)
    assert at.told == []


def test_a_check_that_runs_goes_on(school: Schools) -> None:
    """A projector that is switched on takes no question from a pupil."""
    at = school("pointer: large")
    at.sign_in()
    at.confirm()
    at.displays = 2
    at.desk.pass_ms(1_500)
    assert at.rows("select outcome from attempt") == [(None,)]
    assert at.rows("select count(*) from event where type = 'Held'") == [(0,)]

"""The pages of the staff's lists: what is offered for a held check, and what is said where nothing is."""

import pytest

from mtc_kiosk.kiosk.staff.lists import held_view
from mtc_kiosk.kiosk.staff.port import HeldFound
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import HeldRow


def held(*, is_here: bool, only_stop: bool) -> HeldFound:
    """A held check of a made-up pupil, of this kiosk or of PC-07."""
    return HeldFound("a", HeldRow("Testerly, Amy", "PC-07", "The PC went to sleep.", "10:42"), is_here, only_stop)


@pytest.mark.parametrize(
    ("only_stop", "said"),
    [
        (False, "Carry on at PC-07, or give a restart."),
        (True, "Stop it at PC-07, or give a restart."),
    ],
)
def test_of_another_kiosks_check_the_page_says_what_can_be_done_there(only_stop: bool, said: str) -> None:
    """A check with no spare questions left can only be stopped, so nobody is sent there to carry on with it."""
    view = held_view([held(is_here=False, only_stop=only_stop)], 1, 0)
    assert (view.offered, view.message) == (frozenset(), said)


@pytest.mark.parametrize("only_stop", [False, True])
def test_of_a_check_of_this_kiosk_what_can_be_done_is_a_button(only_stop: bool) -> None:
    """And nothing is said beside it."""
    view = held_view([held(is_here=True, only_stop=only_stop)], 1, 0)
    assert (view.offered, view.message) == ({Button.STOP} if only_stop else {Button.RESUME, Button.STOP}, "")

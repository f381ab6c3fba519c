"""The window of a school's kiosk takes another size while somebody signs in."""

from collections.abc import Callable

from mtc_kiosk.robots import keyboard
from tests.kiosk.flow.test_journey_resize import shows_whole_picture

from .school import School


def test_the_door_goes_on_with_what_was_typed(school: Callable[[str], School]) -> None:
    """A password half typed is still there, and the next letter goes behind it."""
    here = school("arrangements: [CCT]")
    here.start()
    desk = here.desk
    desk.pass_ms(1_500)
    desk.tap(keyboard.letter("c"))
    desk.resize(600, 800)
    assert shows_whole_picture(desk, (600, 800))
    desk.tap(keyboard.letter("h"))
    assert "ch" in " ".join(desk.sight.texts)
    assert shows_whole_picture(desk, (600, 800))

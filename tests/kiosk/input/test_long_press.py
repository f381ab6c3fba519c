"""Long presses: staff's chord and Escape."""

import pytest

from mtc_kiosk.kiosk.input.events import KeyDown, KeyUp
from mtc_kiosk.kiosk.input.long_press import LEAVE_NS, STAFF_NS, LongPress

ESCAPE, F12 = 41, 69


def down(name: str, code: int, *, shift: bool = False, at_ns: int = 0) -> KeyDown:
    """A key that goes down."""
    return KeyDown(at_ns, None, name, code, "", shift)


@pytest.mark.parametrize(
    ("key", "lasts", "meaning"),
    [
        (down("Ctrl+F12", F12, shift=True), STAFF_NS, "staff"),
        (down("Escape", ESCAPE), LEAVE_NS, "leave"),
    ],
)
def test_a_long_press_means_something_when_it_has_lasted(key: KeyDown, lasts: int, meaning: str) -> None:
    """A nanosecond short means nothing; at its time it means what it says, once."""
    holding = LongPress()
    holding.down(key)
    assert holding.wake_ns() == lasts
    assert holding.lasted(lasts - 1) is None
    assert holding.lasted(lasts) == meaning
    assert holding.lasted(lasts + 1) is None
    assert holding.wake_ns() is None


@pytest.mark.parametrize("name", ["F12", "Ctrl+F11", "Ctrl+Alt+F12", "a"])
def test_other_keys_held_long_mean_nothing(name: str) -> None:
    """Only the whole chord is staff's."""
    holding = LongPress()
    holding.down(down(name, F12, shift=True))
    assert holding.wake_ns() is None


def test_the_chord_needs_shift() -> None:
    """Ctrl+F12 alone is not staff's chord."""
    holding = LongPress()
    holding.down(down("Ctrl+F12", F12))
    assert holding.wake_ns() is None


def test_any_key_that_comes_up_ends_the_press() -> None:
    """The chord is held as a whole."""
    holding = LongPress()
    holding.down(down("Ctrl+F12", F12, shift=True))
    holding.up(KeyUp(1, 224))
    assert holding.lasted(STAFF_NS) is None


def test_another_key_or_a_lost_focus_ends_the_press() -> None:
    """A hand that types on, or a keyboard that goes elsewhere, holds nothing."""
    for end in (lambda h: h.down(down("a", 4)), lambda h: h.let_go()):
        holding = LongPress()
        holding.down(down("Escape", ESCAPE))
        end(holding)
        assert holding.lasted(LEAVE_NS) is None

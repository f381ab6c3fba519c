"""What the X server tells, and the presses that SDL keeps to itself."""

import struct

import pytest

from mtc_kiosk.kiosk.sdl import HiddenPresses, X11Press, x11_press

DIGIT_SIX = 15


def raw(kind: int, ms: int, code: int) -> bytes:
    """An XEvent as it lies in memory on a 64-bit system."""
    event = bytearray(192)
    event[0] = kind
    struct.pack_into("=Q", event, 56, ms)
    struct.pack_into("=I", event, 84, code)
    return bytes(event)


@pytest.mark.parametrize(
    ("event", "press"),
    [
        (raw(2, 1_234, DIGIT_SIX), X11Press(1_234, DIGIT_SIX)),
        (raw(2, 2**32 + 7, DIGIT_SIX), X11Press(7, DIGIT_SIX)),
        (raw(4, 1_234, 1), X11Press(1_234, None)),
        (raw(3, 1_234, DIGIT_SIX), None),
        (raw(6, 1_234, 0), None),
        (b"\x02short", None),
        (None, None),
    ],
)
def test_presses_are_read_from_what_the_server_tells(event: bytes | None, press: X11Press | None) -> None:
    """A key press has its stamp and its code, a button press its stamp; nothing else is a press."""
    assert x11_press(event) == press


def test_a_second_digit_that_sdl_hid_is_found() -> None:
    """The second 6 of 66, stamped together with the release before it, is a key that went down."""
    presses: HiddenPresses[str] = HiddenPresses()
    presses.told(X11Press(1_000, DIGIT_SIX), "6")
    assert presses.hidden(X11Press(1_060, DIGIT_SIX)) == "6"
    assert presses.hidden(X11Press(1_120, DIGIT_SIX)) == "6"


@pytest.mark.parametrize(("after", "found"), [(249, "6"), (250, None), (533, None)])
def test_the_servers_own_repeats_stay_hidden(after: int, found: str | None) -> None:
    """A key held down repeats only after a while; each repeat is reckoned from the press that a finger made."""
    presses: HiddenPresses[str] = HiddenPresses()
    presses.told(X11Press(2**32 - 100, DIGIT_SIX), "6")
    assert presses.hidden(X11Press((after - 100) % 2**32, DIGIT_SIX)) == found


def test_a_held_key_repeats_into_nothing() -> None:
    """A key-leaner types one digit however long the key is held."""
    presses: HiddenPresses[str] = HiddenPresses()
    presses.told(X11Press(0, DIGIT_SIX), "6")
    assert [presses.hidden(X11Press(ms, DIGIT_SIX)) for ms in range(500, 3_000, 33)] == [None] * 76


def test_a_key_that_was_never_told_is_unknown() -> None:
    """Without a first press there is nothing to go by."""
    presses: HiddenPresses[str] = HiddenPresses()
    assert presses.hidden(X11Press(0, DIGIT_SIX)) is None
    assert presses.hidden(X11Press(0, None)) is None

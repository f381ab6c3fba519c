"""What the X server tells of keys, the presses that SDL keeps to itself, and the repeats of a key that is held."""

import struct

import pytest

from mtc_kiosk.check.events import Source
from mtc_kiosk.kiosk.input.events import InputEvent, KeyDown, Press
from mtc_kiosk.kiosk.system.x11_keys import X11Keys

SIX, SEVEN = 15, 16
CTRL, SHIFT, NUM_LOCK = 4, 1, 16
KEY_PRESS, KEY_RELEASE, BUTTON_PRESS, KEYMAP, MAPPING = 2, 3, 4, 11, 34
NOW_NS = 9_000_000_000


def raw(kind: int, ms: int = 0, code: int = 0, state: int = 0) -> bytes:
    """An XEvent as it lies in memory on a 64-bit system."""
    event = bytearray(192)
    event[0] = kind
    struct.pack_into("=Q", event, 56, ms)
    struct.pack_into("=I", event, 80, state)
    struct.pack_into("=I", event, 84, code)
    return bytes(event)


def keys_down(*codes: int) -> bytes:
    """What the server says of the keys that are down as the window gets the keyboard."""
    event = bytearray(raw(KEYMAP))
    for code in codes:
        event[40 + code // 8] |= 1 << code % 8
    return bytes(event)


def key(name: str, at_ns: int = 1, shift: bool = False) -> KeyDown:
    """What SDL makes of a press."""
    return KeyDown(at_ns, None, name, 35, name, shift)


def names(happenings: list[InputEvent]) -> list[str]:
    """The keys among these."""
    return [one.name for one in happenings if isinstance(one, KeyDown)]


def hear(keys: X11Keys, *events: bytes | KeyDown) -> list[str]:
    """One pass of the loop: raw events, and what SDL makes of them; the keys that went down."""
    happened: list[InputEvent] = []
    for event in events:
        happened += keys.raw(event, NOW_NS) if isinstance(event, bytes) else keys.match(event)
    return names(happened + keys.end(NOW_NS))


def test_a_second_digit_that_sdl_hid_is_found() -> None:
    """66 on a server that was kept waiting: two presses with a release between, of which SDL tells the first."""
    keys = X11Keys(knows_repeats=True)
    press, release = raw(KEY_PRESS, 1_000, SIX), raw(KEY_RELEASE, 1_000, SIX)
    assert hear(keys, press, key("6"), release, press, release) == ["6", "6"]
    assert hear(keys, press, release, press, release) == ["6", "6"], "in a later pass too"


@pytest.mark.parametrize("after_ms", [1, 100, 249, 250, 5_000])
def test_a_held_key_repeats_into_nothing(after_ms: int) -> None:
    """Presses without a release between are the server's own, however soon they come."""
    keys = X11Keys(knows_repeats=True)
    assert hear(keys, raw(KEY_PRESS, 1_000, SIX), key("6")) == ["6"]
    assert hear(keys, *(raw(KEY_PRESS, 1_000 + after_ms * count, SIX) for count in range(1, 30))) == []
    assert hear(keys, raw(KEY_RELEASE, 9_000, SIX), raw(KEY_PRESS, 9_001, SIX)) == ["6"]


def test_a_key_held_as_the_window_gets_the_keyboard_types_nothing() -> None:
    """To SDL its repeat is a new press; the server says that it has been down all the time."""
    keys = X11Keys(knows_repeats=True)
    assert hear(keys, keys_down(SIX), raw(KEY_PRESS, 1_000, SIX), key("6")) == []
    assert hear(keys, raw(KEY_PRESS, 1_010, SEVEN), key("7")) == ["7"]
    assert hear(keys, raw(KEY_RELEASE, 1_020, SIX), raw(KEY_PRESS, 1_030, SIX), key("6")) == ["6"]


def test_a_key_let_go_elsewhere_types_again() -> None:
    """Its release went to another window: the server's list of keys that are down no longer has it."""
    keys = X11Keys(knows_repeats=True)
    hear(keys, raw(KEY_PRESS, 1_000, SIX), key("6"))
    assert hear(keys, keys_down(), raw(KEY_PRESS, 2_000, SIX), key("6")) == ["6"]


def test_a_hidden_press_has_the_modifiers_that_were_held_with_it() -> None:
    """Ctrl+6 right behind a 6 is a chord and types nothing; Num Lock is no modifier."""
    keys = X11Keys(knows_repeats=True)
    hear(keys, raw(KEY_PRESS, 1_000, SIX, NUM_LOCK), key("6"), raw(KEY_RELEASE, 1_000, SIX))
    assert hear(keys, raw(KEY_PRESS, 1_000, SIX, CTRL), raw(KEY_RELEASE, 1_000, SIX)) == ["Ctrl+6"]
    assert hear(keys, raw(KEY_PRESS, 1_000, SIX), raw(KEY_RELEASE, 1_000, SIX)) == ["6"]
    keys.raw(raw(KEY_PRESS, 1_000, SIX, SHIFT), NOW_NS)
    (shifted,) = keys.end(NOW_NS)
    assert isinstance(shifted, KeyDown)
    assert (shifted.name, shifted.text, shifted.shift) == ("6", "", True)


def test_after_another_keyboard_layout_no_old_name_is_used() -> None:
    """What a key was called before is forgotten; a press that SDL tells is never lost by that."""
    keys = X11Keys(knows_repeats=True)
    hear(keys, raw(KEY_PRESS, 1_000, SIX), key("6"), raw(KEY_RELEASE, 1_000, SIX))
    assert hear(keys, raw(MAPPING), raw(KEY_PRESS, 1_000, SIX), raw(KEY_RELEASE, 1_000, SIX)) == []
    assert hear(keys, raw(KEY_PRESS, 1_010, SIX), key("-")) == ["-"]


def test_where_repeats_cannot_be_told_sdl_is_believed() -> None:
    """Nothing is guessed: no hidden press is found, and no press that SDL tells is dropped."""
    keys = X11Keys(knows_repeats=False)
    press, release = raw(KEY_PRESS, 1_000, SIX), raw(KEY_RELEASE, 1_000, SIX)
    assert hear(keys, press, key("6"), release, press) == ["6"]
    assert hear(keys, press, key("6")) == ["6"]


def test_presses_have_the_servers_stamp() -> None:
    """Of a key, a hidden key and a button; 2**32 ms on, and none from a server on another clock."""
    keys = X11Keys(knows_repeats=True)
    now_ns = (2**32 + 50) * 1_000_000
    keys.raw(raw(KEY_PRESS, 20, SIX), now_ns)
    assert keys.stamp(now_ns) == (2**32 + 20) * 1_000_000
    keys.match(key("6"))
    assert keys.stamp(now_ns) is None
    keys.raw(raw(KEY_RELEASE, 21, SIX), now_ns)
    keys.raw(raw(KEY_PRESS, 21, SIX), now_ns)
    (hidden,) = keys.end(now_ns)
    assert isinstance(hidden, KeyDown)
    assert (hidden.at_ns, hidden.os_ns) == (now_ns, (2**32 + 21) * 1_000_000)
    keys.raw(raw(BUTTON_PRESS, 40, 1), now_ns)
    assert keys.stamp(now_ns) == (2**32 + 40) * 1_000_000
    assert keys.match(Press(now_ns, None, 1, 1, Source.MOUSE, -1))
    keys.raw(raw(KEY_PRESS, 50 + 10_000, SEVEN), now_ns)
    assert keys.stamp(now_ns) is None


def test_anything_else_is_not_read() -> None:
    """Too short, none at all, or of another kind."""
    keys = X11Keys(knows_repeats=True)
    assert [keys.raw(event, NOW_NS) for event in (None, b"\x02short", raw(6, 1, SIX))] == [[], [], []]
    assert keys.end(NOW_NS) == []

"""Key presses as the X server tells them, matched with what SDL makes of them.

SDL drops a release that is followed by a press of the same key within 2 ms of the server's time, and then takes that
press for a repeat. A server that is kept waiting stamps both together, and the second digit of 11 or 66 is gone. And a
key that is held while the window comes back to the keyboard is to SDL a new press. Which is which is known from the
server: it reports no release of a key that only repeats (detectable auto-repeat), and says which keys are down when
the window gets the keyboard.
"""

import struct
from dataclasses import dataclass, replace

from mtc_kiosk.kiosk.input.events import InputEvent, KeyDown, Press

_KEY_PRESS, _KEY_RELEASE, _BUTTON_PRESS, _KEYMAP, _MAPPING = 2, 3, 4, 11, 34
_TIME, _STATE, _CODE = 56, 80, 84  # offsets in XKeyEvent and XButtonEvent, on 64-bit systems
_KEYS_DOWN = slice(40, 72)  # of XKeymapEvent: a bit for each keycode
_SHIFT = 1
_CHORDS = ((4, "Ctrl"), (8 | 128, "Alt"), (64, "Win"))
_MODIFIERS = 1 | 4 | 8 | 64 | 128
_MS = 1_000_000
_LONGEST_AGO_MS = 60_000


@dataclass(frozen=True)
class X11Press:
    """A press as the server told it: its stamp in ms modulo 2**32, the keycode (None: a button), the modifiers held.

    ``repeats``: the key was down already, so no finger pressed it now.
    """

    ms: int
    keycode: int | None
    state: int = 0
    repeats: bool = False


class X11Keys:
    """Hears the server's raw events and SDL's, in the order of SDL's queue.

    ``knows_repeats`` is whether the server reports no release of a key that repeats. Where it does, nothing can be
    known of what SDL keeps to itself, and SDL is believed.
    """

    def __init__(self, *, knows_repeats: bool) -> None:
        self._knows_repeats = knows_repeats
        self._down: set[int] = set()
        self._told: dict[int, tuple[int, KeyDown]] = {}
        self._press: X11Press | None = None  # the server told of it; what SDL makes of it comes next

    def raw(self, event: bytes | None, at_ns: int) -> list[InputEvent]:
        """The server's own event; the key down before it, where SDL kept one to itself."""
        if event is None or len(event) < _CODE + 4:
            return []
        match event[0]:
            case kind if kind in (_KEY_PRESS, _BUTTON_PRESS):
                hidden = self.end(at_ns)
                self._press = self._read(event)
                return hidden
            case kind if kind == _KEY_RELEASE:
                hidden = self.end(at_ns)
                self._down.discard(_number(event, _CODE))
                return hidden
            case kind if kind == _KEYMAP:
                bits = int.from_bytes(event[_KEYS_DOWN], "little")
                self._down = {keycode for keycode in range(256) if bits >> keycode & 1}
            case kind if kind == _MAPPING:
                self._told.clear()  # the keys have other names now
            case _:
                pass
        return []

    def stamp(self, at_ns: int) -> int | None:
        """The server's stamp of the press that SDL's next event is about, on our clock."""
        return _on_our_clock(self._press.ms, at_ns) if self._press is not None else None

    def match(self, happening: InputEvent) -> list[InputEvent]:
        """What SDL made of the server's press; nothing where a finger has been on the key all the time."""
        press = self._press
        if press is None or not isinstance(happening, KeyDown | Press):
            return [happening]
        self._press = None
        if isinstance(happening, KeyDown) and press.keycode is not None:
            if press.repeats and self._knows_repeats:
                return []
            self._told[press.keycode] = (press.state & _MODIFIERS, happening)
        return [happening]

    def end(self, at_ns: int) -> list[InputEvent]:
        """Nothing more comes of the server's last press: the key down that SDL hid, where a finger made it."""
        press, self._press = self._press, None
        if press is None or press.keycode not in self._told or press.repeats or not self._knows_repeats:
            return []
        state, key = self._told[press.keycode]
        if press.state & _MODIFIERS != state:
            key = _with_modifiers(key, press.state)
        return [replace(key, at_ns=at_ns, os_ns=_on_our_clock(press.ms, at_ns))]

    def _read(self, event: bytes) -> X11Press:
        (stamp,) = struct.unpack_from("=Q", event, _TIME)
        keycode = _number(event, _CODE) if event[0] == _KEY_PRESS else None
        repeats = keycode in self._down
        if keycode is not None:
            self._down.add(keycode)
        return X11Press(int(stamp) & 0xFFFFFFFF, keycode, _number(event, _STATE), repeats)


def _number(event: bytes, offset: int) -> int:
    (number,) = struct.unpack_from("=I", event, offset)
    return int(number)


def _with_modifiers(key: KeyDown, state: int) -> KeyDown:
    """The same key with other modifiers held; what it types then is not known."""
    held = [word for mask, word in _CHORDS if state & mask]
    return replace(key, name="+".join([*held, key.name.rpartition("+")[2]]), text="", shift=bool(state & _SHIFT))


def _on_our_clock(server_ms: int, now_ns: int) -> int | None:
    """The X server's stamp in nanoseconds of our clock; None where the server is on another clock (a far display)."""
    ago_ms = (now_ns // _MS - server_ms) & 0xFFFFFFFF
    return (now_ns // _MS - ago_ms) * _MS if ago_ms < _LONGEST_AGO_MS else None

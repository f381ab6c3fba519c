"""Matches key presses reported by the X server with what SDL makes of them.

SDL drops a release that is followed by a press of the same key within 2 ms of the server's time, and then takes that
press for a repeat. A busy server stamps both together, and the second digit of 11 or 66 is lost. Also, a key held while
the window gets the keyboard back is a new press to SDL. The server tells which is which: it reports no release of a key
that only repeats (detectable auto-repeat), and which keys are down when the window gets the keyboard.
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
    """A press reported by the server: its stamp in ms modulo 2**32, the keycode (None: a button), the modifiers held.

    ``repeats``: the key was down already, so no finger pressed it now.
    """

    ms: int
    keycode: int | None
    state: int = 0
    repeats: bool = False


class X11Keys:
    """Takes the server's raw events and SDL's, in the order of SDL's queue.

    ``knows_repeats``: the server reports no release of a key that repeats. If it does report them, hidden presses
    cannot be detected, and SDL is trusted.
    """

    def __init__(self, *, knows_repeats: bool) -> None:
        self._knows_repeats = knows_repeats
        self._down: set[int] = set()
        self._reported: dict[int, tuple[int, KeyDown]] = {}
        self._press: X11Press | None = None  # reported by the server; SDL's event comes next

    def raw(self, event: bytes | None, at_ns: int) -> list[InputEvent]:
        """Handle the server's own event; returns the key press before it that SDL hid, if any."""
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
                self._reported.clear()  # the keyboard mapping changed
            case _:
                pass
        return []

    def stamp(self, at_ns: int) -> int | None:
        """The server's stamp of the press that SDL's next event is about, on our clock."""
        return _on_our_clock(self._press.ms, at_ns) if self._press is not None else None

    def match(self, event: InputEvent) -> list[InputEvent]:
        """SDL's event for the server's press; nothing if the key was held down all the time."""
        press = self._press
        if press is None or not isinstance(event, KeyDown | Press):
            return [event]
        self._press = None
        if isinstance(event, KeyDown) and press.keycode is not None:
            if press.repeats and self._knows_repeats:
                return []
            self._reported[press.keycode] = (press.state & _MODIFIERS, event)
        return [event]

    def end(self, at_ns: int) -> list[InputEvent]:
        """The server's last press is complete: the key press that SDL hid, if a finger made it."""
        press, self._press = self._press, None
        if press is None or press.keycode not in self._reported or press.repeats or not self._knows_repeats:
            return []
        state, key = self._reported[press.keycode]
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
    """The same key with other modifiers; the character it types is then unknown."""
    held = [word for mask, word in _CHORDS if state & mask]
    return replace(key, name="+".join([*held, key.name.rpartition("+")[2]]), text="", shift=bool(state & _SHIFT))


def _on_our_clock(server_ms: int, now_ns: int) -> int | None:
    """The X server's stamp in nanoseconds of our clock; None if the server uses another clock (a remote display)."""
    ago_ms = (now_ns // _MS - server_ms) & 0xFFFFFFFF
    return (now_ns // _MS - ago_ms) * _MS if ago_ms < _LONGEST_AGO_MS else None

"""SDL functions that pygame does not offer, called in pygame's own copy of SDL.

``wait`` blocks in the operating system until an event comes; pygame's own wait asks every millisecond. Where the
library cannot be found, ``load`` gives None and the window falls back on pygame's wait and says so.
"""

import ctypes
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import pygame

SYSWM_EVENT = 0x201
_ENABLE = 1
_X11_KEY_PRESS, _X11_BUTTON_PRESS = 2, 4
_X11_CODE_OFFSET = 84  # the keycode of XKeyEvent, the button of XButtonEvent
_X11_TIME_OFFSET = 56  # of XKeyEvent and XButtonEvent, on 64-bit systems


class Sdl:
    """The few functions, typed."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._wait: Callable[[None, int], int] = library.SDL_WaitEventTimeout
        library.SDL_WaitEventTimeout.argtypes = [ctypes.c_void_p, ctypes.c_int]
        library.SDL_WaitEventTimeout.restype = ctypes.c_int
        self._event_state: Callable[[int, int], int] = library.SDL_EventState
        library.SDL_EventState.argtypes = [ctypes.c_uint32, ctypes.c_int]
        library.SDL_EventState.restype = ctypes.c_uint8

    def wait(self, milliseconds: int) -> bool:
        """Block until an event waits in the queue (True) or the time is over (False)."""
        return bool(self._wait(None, milliseconds))

    def report_raw_events(self) -> None:
        """Let the window system's own events come too: X11's carry the server's stamps."""
        self._event_state(SYSWM_EVENT, _ENABLE)


def load() -> Sdl | None:
    """Pygame's own SDL, or None where its file is not found."""
    package = Path(pygame.__file__).parent
    names = [
        *sorted(package.parent.glob("pygame_ce.libs/libSDL2-2*.so*")),
        package / "SDL2.dll",
        *sorted(package.glob(".dylibs/libSDL2-2*.dylib")),
    ]
    for name in names:
        if name.is_file():
            try:
                return Sdl(ctypes.CDLL(str(name)))
            except (OSError, AttributeError):
                continue
    return None


@dataclass(frozen=True)
class X11Press:
    """A press as the X server told it: its stamp in ms modulo 2**32, and the keycode, None for a button."""

    ms: int
    keycode: int | None


def x11_press(raw: bytes | None) -> X11Press | None:
    """A raw key or button press of the X server; None for anything else."""
    if raw is None or len(raw) < _X11_CODE_OFFSET + 4 or raw[0] not in (_X11_KEY_PRESS, _X11_BUTTON_PRESS):
        return None
    (stamp,) = struct.unpack_from("=Q", raw, _X11_TIME_OFFSET)
    (code,) = struct.unpack_from("=I", raw, _X11_CODE_OFFSET)
    return X11Press(int(stamp) & 0xFFFFFFFF, int(code) if raw[0] == _X11_KEY_PRESS else None)


Told = TypeVar("Told")


class HiddenPresses(Generic[Told]):
    """Finds the presses that SDL takes for the server's own repeats, though a finger made them.

    SDL drops a release that is followed by a press of the same key within 2 ms of the server's time. A server that is
    kept waiting stamps a release and the next press together, and the second digit of 11 or 66 is gone. The server's
    own repeats begin no sooner than ``REPEATS_AFTER_MS`` after the press that a finger made; what comes sooner is a
    finger's.
    """

    REPEATS_AFTER_MS = 250

    def __init__(self) -> None:
        self._last: dict[int, tuple[int, Told]] = {}

    def told(self, press: X11Press, key: Told) -> None:
        """SDL told of this press, as this key."""
        if press.keycode is not None:
            self._last[press.keycode] = (press.ms, key)

    def hidden(self, press: X11Press) -> Told | None:
        """SDL told nothing of this press: the key that a finger pressed all the same, None for a repeat."""
        if press.keycode is None or press.keycode not in self._last:
            return None
        ms, key = self._last[press.keycode]
        if (press.ms - ms) & 0xFFFFFFFF >= self.REPEATS_AFTER_MS:
            return None
        self._last[press.keycode] = (press.ms, key)
        return key

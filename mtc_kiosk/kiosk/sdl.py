"""SDL functions that pygame does not offer, called in pygame's own copy of SDL.

``wait`` blocks in the operating system until an event comes; pygame's own wait asks every millisecond. Where the
library cannot be found, ``load`` gives None and the window falls back on pygame's wait and says so.
"""

import ctypes
import struct
from collections.abc import Callable
from pathlib import Path

import pygame

SYSWM_EVENT = 0x201
_ENABLE = 1
_X11_KEY_PRESS, _X11_BUTTON_PRESS = 2, 4
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


def x11_press_ms(raw: bytes | None) -> int | None:
    """The X server's stamp, in ms modulo 2**32, of a raw key or button press; None for anything else."""
    if raw is None or len(raw) < _X11_TIME_OFFSET + 8 or raw[0] not in (_X11_KEY_PRESS, _X11_BUTTON_PRESS):
        return None
    (stamp,) = struct.unpack_from("=Q", raw, _X11_TIME_OFFSET)
    return int(stamp) & 0xFFFFFFFF

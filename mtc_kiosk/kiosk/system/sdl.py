"""SDL functions that pygame does not offer, called in pygame's own copy of SDL.

``wait`` blocks in the operating system until an event comes; pygame's own wait polls every millisecond. If the library
cannot be found, ``load`` returns None and the window uses pygame's wait and says so.
"""

import ctypes
from collections.abc import Callable
from pathlib import Path

import pygame

SYSWM_EVENT = 0x201
_ENABLE = 1


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
        """Also deliver the window system's own events: X11's carry the server's stamps."""
        self._event_state(SYSWM_EVENT, _ENABLE)


def load() -> Sdl | None:
    """Pygame's own SDL, or None if its file is not found."""
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


def x11_display() -> int:
    """The address of SDL's connection to the X server; KeyError or ValueError if it has none."""
    get_pointer = ctypes.pythonapi.PyCapsule_GetPointer
    get_pointer.restype, get_pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    return int(get_pointer(pygame.display.get_wm_info()["display"], b"display"))


def report_no_repeats() -> bool:
    """Ask the X server to report no release for a held key that repeats; True if it does so."""
    done = ctypes.c_int()
    try:
        x11 = ctypes.CDLL("libX11.so.6")
        x11.XkbSetDetectableAutoRepeat.restype = ctypes.c_int
        x11.XkbSetDetectableAutoRepeat.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(ctypes.c_int)]
        x11.XkbSetDetectableAutoRepeat(ctypes.c_void_p(x11_display()), 1, ctypes.byref(done))
    except (OSError, AttributeError, KeyError, ValueError):
        return False
    return bool(done.value)

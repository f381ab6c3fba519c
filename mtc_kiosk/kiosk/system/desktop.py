"""The displays of this PC: the present size of the one under the window, and whether a second one is connected.

SDL on X11 reads the sizes of displays once, when it starts. So we ask the X server itself, over a separate connection
that blocks the loop only when something has changed.
"""

import ctypes
from collections.abc import Callable
from typing import Any, Protocol

import pygame

from mtc_kiosk.kiosk.system.staff_log import TellStaff

_STRUCTURE_NOTIFY = 1 << 17
_SCREEN_CHANGE, _CRTC_CHANGE = 1 << 0, 1 << 1
_QUEUED_AFTER_READING = 1
_EVENT_BYTES = 192
_MONITORS_SINCE = (1, 5)

Size = tuple[int, int]


class Desktop(Protocol):
    """The displays of this PC."""

    def changed(self) -> bool:
        """Whether a display may have changed size since the last call; fast, called in every pass of the loop."""

    def size_at(self, place: tuple[int, int]) -> Size | None:
        """The size of the display that shows this point of the desktop; None if unknown."""

    def count(self) -> int:
        """How many displays there are now."""


class SdlDesktop:
    """The displays as SDL knows them: on Windows, macOS and Wayland SDL tracks them itself."""

    def __init__(self, screen: int) -> None:
        self._screen = screen
        self._sizes = pygame.display.get_desktop_sizes()

    def changed(self) -> bool:
        """Whether SDL has other sizes than before."""
        sizes = pygame.display.get_desktop_sizes()
        changed, self._sizes = sizes != self._sizes, sizes
        return changed

    def size_at(self, place: tuple[int, int]) -> Size | None:
        """The size of the display that the window was opened on."""
        return self._sizes[self._screen] if self._screen < len(self._sizes) else None

    def count(self) -> int:
        """As many as SDL has sizes of."""
        return len(pygame.display.get_desktop_sizes())


class Monitor(ctypes.Structure):
    """XRRMonitorInfo: one display, as the X server describes it."""

    _fields_ = (
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("outputs", ctypes.c_int),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("width_mm", ctypes.c_int),
        ("height_mm", ctypes.c_int),
        ("output", ctypes.c_void_p),
    )


_Address, _Number, _Id = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
_Numbers = ctypes.POINTER(ctypes.c_int)
_X11 = {
    "XOpenDisplay": (_Address, ctypes.c_char_p),
    "XCloseDisplay": (_Number, _Address),
    "XDefaultRootWindow": (_Id, _Address),
    "XRootWindow": (_Id, _Address, _Number),
    "XScreenCount": (_Number, _Address),
    "XSelectInput": (_Number, _Address, _Id, ctypes.c_long),
    "XFlush": (_Number, _Address),
    "XEventsQueued": (_Number, _Address, _Number),
    "XNextEvent": (_Number, _Address, _Address),
    "XGetGeometry": (_Number, _Address, _Id, ctypes.POINTER(_Id), *(_Numbers for _ in range(6))),
}
_RANDR = {
    "XRRGetMonitors": (ctypes.POINTER(Monitor), _Address, _Id, _Number, _Numbers),
    "XRRFreeMonitors": (None, ctypes.POINTER(Monitor)),
    "XRRQueryExtension": (_Number, _Address, _Numbers, _Numbers),
    "XRRQueryVersion": (_Number, _Address, _Numbers, _Numbers),
    "XRRSelectInput": (None, _Address, _Id, _Number),
}
"""What each function returns, and what it takes."""


def _declared(library: str, functions: dict[str, tuple[Any, ...]]) -> ctypes.CDLL:
    """A library with typed functions; OSError or AttributeError if it is missing or lacks one."""
    loaded = ctypes.CDLL(library)
    for name, (result, *takes) in functions.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = result, takes
    return loaded


class X11Desktop:
    """The displays as the X server knows them; OSError if its libraries or the server are unavailable."""

    def __init__(self) -> None:
        self._x11 = _declared("libX11.so.6", _X11)
        display = self._x11.XOpenDisplay(None)
        if not display:
            raise OSError("The X server accepts no more connections.")
        self._display = ctypes.c_void_p(display)
        self._root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._display))
        self._randr = self._monitors_library()
        self._x11.XSelectInput(self._display, self._root, ctypes.c_long(_STRUCTURE_NOTIFY))
        if self._randr is not None:
            self._randr.XRRSelectInput(self._display, self._root, _SCREEN_CHANGE | _CRTC_CHANGE)
        self._x11.XFlush(self._display)

    def changed(self) -> bool:
        """Whether the server has reported a change; never blocks."""
        waiting = self._x11.XEventsQueued(self._display, _QUEUED_AFTER_READING)
        event = ctypes.create_string_buffer(_EVENT_BYTES)
        for _ in range(waiting):
            self._x11.XNextEvent(self._display, event)
        return bool(waiting)

    def size_at(self, place: tuple[int, int]) -> Size | None:
        """The monitor that shows this point, else the first one, else all of the X screen."""
        return self._monitor_at(place) or self._whole()

    def count(self) -> int:
        """The monitors of all X screens, mirrored ones included."""
        roots = (self._x11.XRootWindow(self._display, n) for n in range(self._x11.XScreenCount(self._display)))
        return sum(max(1, len(self._monitors(ctypes.c_ulong(root)))) for root in roots)

    def close(self) -> None:
        """End the connection."""
        self._x11.XCloseDisplay(self._display)

    def _monitors_library(self) -> ctypes.CDLL | None:
        """The library that knows monitors, if it and the server are new enough."""
        try:
            randr = _declared("libXrandr.so.2", _RANDR)
        except (OSError, AttributeError):
            return None
        first, second = ctypes.c_int(), ctypes.c_int()
        known = randr.XRRQueryExtension(self._display, ctypes.byref(first), ctypes.byref(second))
        if not known or not randr.XRRQueryVersion(self._display, ctypes.byref(first), ctypes.byref(second)):
            return None
        return randr if (first.value, second.value) >= _MONITORS_SINCE else None

    def _monitor_at(self, place: tuple[int, int]) -> Size | None:
        monitors = self._monitors(self._root)
        under = [rect for rect in monitors if rect.collidepoint(place)]
        return (under or monitors)[0].size if monitors else None

    def _monitors(self, root: ctypes.c_ulong) -> list[pygame.Rect]:
        """Where the monitors of an X screen are; empty if the server cannot list them."""
        if self._randr is None:
            return []
        count = ctypes.c_int()
        found = self._randr.XRRGetMonitors(self._display, root, 1, ctypes.byref(count))
        if not found:
            return []
        monitors = [pygame.Rect(one.x, one.y, one.width, one.height) for one in found[: count.value]]
        self._randr.XRRFreeMonitors(found)
        return monitors

    def _whole(self) -> Size | None:
        root, x, y, width, height, border, depth = (ctypes.c_ulong(), *(ctypes.c_int() for _ in range(6)))
        answers = (ctypes.byref(one) for one in (root, x, y, width, height, border, depth))
        answered = self._x11.XGetGeometry(self._display, self._root, *answers)
        return (width.value, height.value) if answered else None


SECOND_SCREEN = (
    "A second screen is connected, so no pupil can sign in. Disconnect it, or allow it with"
    " lockdown.allow_second_display in kiosk.yaml."
)


class SecondScreen:
    """Whether a second screen prevents checks from beginning: it shows a desktop, or the check to a room.

    It checks each time it is called; ``tell`` gets a sentence for staff once each time one is found.
    """

    def __init__(self, displays: Callable[[], int], *, allowed: bool, tell: TellStaff) -> None:
        self._displays, self._allowed, self._tell = displays, allowed, tell
        self._reported = False

    def in_the_way(self) -> bool:
        """Whether there is a second screen that is not allowed."""
        found = not self._allowed and self._displays() > 1
        if found and not self._reported:
            self._tell((SECOND_SCREEN,))
        self._reported = found
        return found

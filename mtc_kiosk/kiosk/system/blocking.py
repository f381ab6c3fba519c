"""How the window blocks in the operating system: with the most exact method that this system has.

On X11 a poll with a timer, on Windows a waitable timer, else SDL's wait in whole milliseconds, else pygame's.
"""

import time

import pygame

from mtc_kiosk.kiosk.system.sdl import Sdl, x11_display
from mtc_kiosk.kiosk.system.x11_wait import X11Wait, x11_wait
from mtc_kiosk.windows.waiting import MessageWait, message_wait

_MS = 1_000_000
_TRIES_AGAIN_NS = 200_000_000
_LONGEST_DEAF_NS = 100_000
"""SDL's wait counts whole milliseconds: sleep through the last one in pieces, and check the queue after each."""


class Blocking:
    """The way the window waits; call ``begin`` for each new window. ``step_ns``: waits are multiples of this."""

    def __init__(self) -> None:
        self.step_ns = 1
        self._sdl: Sdl | None = None
        self._messages = message_wait()
        self._x11: X11Wait | None = None
        self._waited: list[pygame.Event] = []

    def begin(self, sdl: Sdl | None, *, x11: bool) -> None:
        """Choose the way for the window that is open now."""
        self._sdl = sdl
        self._x11 = (self._x11 or x11_wait()) if x11 else None
        if self._x11 is not None:
            self._x11.listen(x11_display())
        self.step_ns = _MS if self._own is None else 1

    @property
    def about(self) -> str:
        """The way in a word."""
        if self._own is not None:
            return self._own.about
        return "sdl" if self._sdl is not None else "pygame"

    def until(self, until_ns: int) -> bool:
        """Block until something may have come (True), or until about this moment of ``perf_counter_ns`` (False)."""
        opened = pygame.display.get_init()
        if opened and self._x11 is not None:
            return pygame.event.peek() or self._x11.wait(until_ns)
        ns = max(0, until_ns - time.perf_counter_ns())
        if not opened:
            time.sleep(min(ns, _TRIES_AGAIN_NS) / 1e9)
            return True
        if self._messages is not None:
            return self._messages.wait(ns)
        milliseconds = (ns + _LONGEST_DEAF_NS) // _MS
        if milliseconds == 0:
            time.sleep(min(ns, _LONGEST_DEAF_NS) / 1e9)
            return True
        return self._whole(milliseconds)

    def waited(self) -> list[pygame.Event]:
        """Take the event that ended the wait, if the wait took it out of the queue."""
        waited, self._waited = self._waited, []
        return waited

    def wake(self) -> None:
        """End a wait after queueing an event; may be called from any thread."""
        if self._own is not None:
            self._own.wake()

    @property
    def _own(self) -> MessageWait | X11Wait | None:
        return self._messages or self._x11

    def _whole(self, milliseconds: int) -> bool:
        if self._sdl is not None:
            return self._sdl.wait(milliseconds)
        # Without SDL's own wait pygame polls every millisecond: stamps come later, the check is the same.
        waited = pygame.event.wait(milliseconds)
        if waited.type == pygame.NOEVENT:
            return False
        self._waited = [waited]  # back in the queue it would come after later presses
        return True

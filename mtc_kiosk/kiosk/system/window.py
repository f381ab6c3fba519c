"""The window: open it once, full screen; block until something happens; update only what changed.

Only this module reads SDL's queue and shows pixels. ``Window`` is what the loop needs; the robots' window implements
the same.
"""

import contextlib
import os
import sys
import time
from collections.abc import Sequence
from typing import Protocol

import pygame

from mtc_kiosk.kiosk.input.characters import Characters
from mtc_kiosk.kiosk.input.events import InputEvent, Resized
from mtc_kiosk.kiosk.input.keys import translate
from mtc_kiosk.kiosk.input.typed import LooseText
from mtc_kiosk.kiosk.system.blocking import Blocking
from mtc_kiosk.kiosk.system.desktop import Desktop, SdlDesktop, X11Desktop
from mtc_kiosk.kiosk.system.native_stderr import quiet_libraries
from mtc_kiosk.kiosk.system.sdl import Sdl, load, report_no_repeats
from mtc_kiosk.kiosk.system.waiting import Waiter
from mtc_kiosk.kiosk.system.x11_keys import X11Keys
from mtc_kiosk.windows.awake import keep_awake
from mtc_kiosk.windows.messages import MessageHook

TITLE = "mtc_kiosk"
FOCUS_COMES_NS = 2_000_000_000
"""A window that was just opened has the keyboard within this time; if not, it is a loss of focus."""

_NOT_A_SCREEN = frozenset({"dummy", "offscreen", "evdev"})
_HINTS = {
    # Without this SDL minimises a grabbed full-screen window on Alt+Tab.
    "SDL_ALLOW_ALT_TAB_WHILE_GRABBED": "0",
    "SDL_GRAB_KEYBOARD": "1",
    "SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS": "0",
    "SDL_WINDOWS_NO_CLOSE_ON_ALT_F4": "1",
    "SDL_MOUSE_FOCUS_CLICKTHROUGH": "0",
    "SDL_VIDEO_ALLOW_SCREENSAVER": "0",
    "SDL_WINDOWS_DPI_AWARENESS": "permonitorv2",
    # Screens rarely change: showing changed pixels directly takes 0.1 ms, through a renderer 10 ms.
    "SDL_FRAMEBUFFER_ACCELERATION": "0",
    # A finger is a finger, not also a mouse.
    "SDL_TOUCH_MOUSE_EVENTS": "0",
}
_WANTED = (
    pygame.KEYDOWN,
    pygame.KEYUP,
    pygame.TEXTINPUT,
    pygame.MOUSEBUTTONDOWN,
    pygame.MOUSEBUTTONUP,
    pygame.FINGERDOWN,
    pygame.FINGERUP,
    pygame.WINDOWFOCUSLOST,
    pygame.WINDOWFOCUSGAINED,
    pygame.WINDOWEXPOSED,
    pygame.WINDOWSIZECHANGED,
    pygame.WINDOWDISPLAYCHANGED,
    pygame.WINDOWRESTORED,
    pygame.AUDIODEVICEREMOVED,
    pygame.QUIT,
    pygame.SYSWMEVENT,
    pygame.USEREVENT,
)


class NoScreen(RuntimeError):
    """There is no screen to open a window on; the message is a sentence for a person."""


class Window(Protocol):
    """What the loop needs of a window."""

    surface: pygame.Surface
    about: str

    def wait(self, until_ns: int, *, exactly: bool) -> Sequence[InputEvent]:
        """Block until something happens or ``until_ns`` (monotonic); ``exactly`` if a deadline is due then."""

    def show(self, dirty: Sequence[pygame.Rect]) -> None:
        """Bring the painted areas to the screen; returns when the flip has returned."""

    def renew(self) -> None:
        """Get ``surface`` again, in the size the window must have now; pygame.error or NoScreen if there is none.

        The earlier surface must not be used any more.
        """

    def has_focus(self) -> bool | None:
        """Whether this window has the keyboard; None if unknown."""

    def wake(self) -> None:
        """End a ``wait`` early; may be called from any thread."""

    def close(self) -> None:
        """Close the window."""


class SdlWindow:
    """The real window. ``size`` None is full screen at the display's own size."""

    def __init__(self, size: tuple[int, int] | None = None, *, screen: int = 0, grab: bool = True) -> None:
        for name, value in _HINTS.items():
            os.environ.setdefault(name, value)
        self._wanted, self._screen, self._grab = size, screen, grab
        self._sdl: Sdl | None = None
        self._desktop: Desktop | None = None
        self._woken = False
        self._blocking = Blocking()
        self._waiter = Waiter(self._blocking.until, time.perf_counter_ns)
        self._message_hook = MessageHook(Characters(pygame.event.post).message)
        self._open()
        self.about = self._describe()

    def _open(self) -> None:
        """Open a window on the present displays; NoScreen if there is none."""
        try:
            with quiet_libraries():
                pygame.display.init()
            screen = self._screen if self._screen < pygame.display.get_num_displays() else 0
            flags = pygame.FULLSCREEN if self._wanted is None else 0
            self.surface = pygame.display.set_mode(self._wanted or (0, 0), flags, display=screen)
        except pygame.error as problem:
            pygame.display.quit()
            raise NoScreen(_no_screen()) from problem
        driver = pygame.display.get_driver()
        if driver in _NOT_A_SCREEN and "SDL_VIDEODRIVER" not in os.environ:
            pygame.display.quit()
            raise NoScreen(_no_screen())
        pygame.display.set_caption(TITLE)
        pygame.key.stop_text_input()  # an input method would swallow digits
        pygame.event.set_allowed(None)
        pygame.event.set_blocked(None)
        pygame.event.set_allowed(_WANTED)
        if self._wanted is None and self._grab:
            pygame.event.set_grab(True)
        self._size = self._made_for = self.surface.get_size()
        self._misfit = self._had_focus = False
        self._opened_ns = time.perf_counter_ns()
        self._is_screen = driver not in _NOT_A_SCREEN
        self._x11 = driver == "x11" and sys.maxsize > 2**32
        self._sdl = self._sdl or load()
        if self._sdl is not None and self._x11:
            self._sdl.report_raw_events()
        self._loose = LooseText()
        self._keys = X11Keys(knows_repeats=self._x11 and report_no_repeats())
        self._blocking.begin(self._sdl, x11=self._x11)
        self._waiter.step_ns = self._blocking.step_ns
        keep_awake(on=True)
        self._desktop = self._desktop_of(driver, screen)

    def _desktop_of(self, driver: str, screen: int) -> Desktop:
        if isinstance(self._desktop, X11Desktop):
            return self._desktop  # it has its own connection, which outlives the window
        if driver == "x11":
            with contextlib.suppress(OSError, AttributeError):
                return X11Desktop()
        return SdlDesktop(screen)

    def wait(self, until_ns: int, *, exactly: bool) -> Sequence[InputEvent]:
        """Block in the operating system, and spin only just before an exact deadline."""
        while True:
            over = self._waiter.wait(until_ns, exactly=exactly)
            happened = self._events()
            if over or happened or self._woken:
                return happened

    def may_spin(self, *, raised: bool) -> None:
        """Set whether the program runs before others, so that spinning before a deadline helps."""
        self._waiter.may_spin(raised=raised)

    def show(self, dirty: Sequence[pygame.Rect]) -> None:
        """Bring the painted areas to the screen."""
        if dirty:
            pygame.display.update(list(dirty))

    def renew(self) -> None:
        """Get SDL's surface again; if the window no longer fits its display, open it again first."""
        if self._misfit and self._wanted is None:
            pygame.display.quit()  # SDL on X11 reads the sizes of displays only when it starts
        if not pygame.display.get_init():
            self._open()
        elif self._misfit:
            self.surface = pygame.display.set_mode(self._fitting(self._made_for))
            pygame.display.set_window_position((0, 0))
            self._misfit = False
        surface = pygame.display.get_surface()
        if surface is None:
            raise NoScreen(_no_screen())
        self.surface, self._size = surface, surface.get_size()

    def has_focus(self) -> bool | None:
        """Ask SDL each time: it reports no loss of focus from before this window opened."""
        if not self._is_screen or not pygame.display.get_init():
            return None
        if pygame.key.get_focused():
            self._had_focus = True
            return True
        return False if self._had_focus or time.perf_counter_ns() - self._opened_ns >= FOCUS_COMES_NS else None

    def displays(self) -> int:
        """How many displays there are now; 1 if there is no window to ask through."""
        return self._desktop.count() if self._desktop is not None and pygame.display.get_init() else 1

    def wake(self) -> None:
        """Put an event of the program's own into SDL's queue, which ends a blocking wait."""
        with contextlib.suppress(pygame.error):  # the window is closed, or just being opened again
            if pygame.display.get_init():
                pygame.event.post(pygame.event.Event(pygame.USEREVENT))
                self._blocking.wake()

    def close(self) -> None:
        """Release the keyboard and the screen."""
        if isinstance(self._desktop, X11Desktop):
            self._desktop.close()
        if pygame.display.get_init():
            pygame.event.set_grab(False)
            pygame.display.quit()
        keep_awake(on=False)
        self._message_hook.close()

    def _misfits(self) -> bool:
        """Whether a display has changed so that the window no longer fits the one it is on."""
        if self._desktop is None or not self._desktop.changed():
            return False
        size = self._desktop.size_at(pygame.display.get_window_position())
        if size is None or size == self._made_for:
            return False
        self._made_for = size
        self._misfit = self._fitting(size) != self._size
        return self._misfit

    def _fitting(self, desktop: tuple[int, int]) -> tuple[int, int]:
        """The window's size for a display of this size: all of it, or at most that in a window."""
        if self._wanted is None:
            return desktop
        return min(self._size[0], desktop[0]), min(self._size[1], desktop[1])

    def _events(self) -> list[InputEvent]:
        at_ns = time.perf_counter_ns()
        if not pygame.display.get_init():
            return [Resized(at_ns)]  # the window was lost while it was opened again: try again
        events: list[InputEvent] = []
        self._woken = False
        for event in [*self._blocking.waited(), *pygame.event.get()]:
            if event.type == pygame.SYSWMEVENT:
                if self._x11:
                    events += self._keys.raw(getattr(event, "event", None), at_ns)
                continue
            self._woken = self._woken or event.type == pygame.USEREVENT
            if event.type == pygame.WINDOWSIZECHANGED:
                self._size = event.x, event.y  # touches after it are on a window of the new size
            for one in self._loose.as_keys(event):
                input_event = translate(one, at_ns, self._keys.stamp(at_ns), self._size)
                if input_event is not None:
                    events += self._keys.match(input_event)
        events += self._keys.end(at_ns)
        return [*events, Resized(at_ns)] if self._misfits() else events

    def _describe(self) -> str:
        width, height = self.surface.get_size()
        stamps = "x11" if self._x11 and self._sdl is not None else "loop"
        return f"driver={pygame.display.get_driver()} size={width}x{height} wait={self._blocking.about} stamps={stamps}"


def _no_screen() -> str:
    return "There is no screen to show the check on. To see robot pupils take it without one: mtc-kiosk simulate"

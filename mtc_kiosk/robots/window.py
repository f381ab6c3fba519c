"""The robots' window: a surface without a display, a robot in front of it, and virtual time.

It implements ``kiosk.system.window.Window``. A robot's acts become SDL events, which go through the same translator as
a real pupil's.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import pygame

from mtc_kiosk.check.events import Source
from mtc_kiosk.kiosk.drawing.marks import Mark
from mtc_kiosk.kiosk.input.events import InputEvent
from mtc_kiosk.kiosk.input.keys import translate
from mtc_kiosk.robots.acts import (
    FocusComes,
    FocusGoes,
    InputAction,
    KeyComesUp,
    KeyGoesDown,
    PlugPulled,
    PointComesUp,
    PointGoesDown,
    SizeChanges,
)
from mtc_kiosk.robots.clock import MS, VirtualClock
from mtc_kiosk.robots.eyes import Sight, see

SIZE = (1366, 768)


class PlugIsPulled(Exception):
    """The PC has lost its power, for ``off_ns``."""

    def __init__(self, off_ns: int) -> None:
        super().__init__("A robot's PC lost its power.")
        self.off_ns = off_ns


class InFront(Protocol):
    """A user in front of the window."""

    def look(self, sight: Sight, now_ns: int) -> None:
        """Look at a changed picture."""

    def next_act(self, until_ns: int) -> InputAction | None:
        """The next act up to this time, returned once; None if there is none."""


class RobotWindow:
    """A window of ``size`` pixels. ``flip_ns`` is how long a flip takes; ``stamped`` adds time stamps to keys as X11
    does.

    ``marks`` returns what is on the screen, ``focused`` is whether this window has the keyboard. With ``late_ns`` the
    next wait returns that much too late, as in a process that was stopped; keys wait in the meantime.
    """

    def __init__(
        self,
        clock: VirtualClock,
        robot: InFront,
        *,
        size: tuple[int, int] = SIZE,
        flip_ns: Callable[[], int] = lambda: 0,
        stamped: bool = False,
    ) -> None:
        self.surface = pygame.Surface(size)
        self.about = f"driver=robot size={size[0]}x{size[1]} wait=virtual stamps={'virtual' if stamped else 'loop'}"
        self.robot = robot
        self.marks: Callable[[], Sequence[Mark]] = tuple
        self.late_ns = 0
        self._size, self.focused = size, True
        self._clock, self._flip_ns, self._stamped = clock, flip_ns, stamped
        self._down: set[int] = set()
        self._modifiers = pygame.KMOD_NONE

    def wait(self, until_ns: int, *, exactly: bool) -> Sequence[InputEvent]:
        """Move the time to the robot's next act, or to ``until_ns``; always exact."""
        act = self.robot.next_act(until_ns)
        self._clock.move_to(until_ns if act is None else act.at_ns)
        self._clock.pass_by(self.late_ns)
        self.late_ns = 0
        happenings: list[InputEvent] = []
        while act is not None:
            happenings += self._done(act)
            act = self.robot.next_act(self._clock.now_ns())
        return happenings

    def show(self, dirty: Sequence[pygame.Rect]) -> None:
        """Let the flip take its time, then let the robot look."""
        if dirty:
            self._clock.pass_by(self._flip_ns())
            self.robot.look(see(self.marks()), self._clock.now_ns())

    def renew(self) -> None:
        """Make a surface of the window's present size."""
        self.surface = pygame.Surface(self._size)

    def has_focus(self) -> bool | None:
        """Whether this window has the keyboard."""
        return self.focused

    def wake(self) -> None:
        """Do nothing: the window never blocks."""

    def close(self) -> None:
        """Do nothing."""

    def _done(self, act: InputAction) -> list[InputEvent]:
        if isinstance(act, PlugPulled):
            raise PlugIsPulled(act.off_ns)
        event = self._event(act)
        if event is None:
            return []
        now_ns = self._clock.now_ns()
        stamp_ns = act.at_ns // MS * MS if self._stamped else None
        happening = translate(event, now_ns, stamp_ns, self._size)
        return [happening] if happening is not None else []

    def _event(self, act: InputAction) -> pygame.Event | None:
        match act:
            case KeyGoesDown() | KeyComesUp():
                return self._key_event(act)
            case PointGoesDown() | PointComesUp():
                return self._point_event(act)
            case FocusGoes() | FocusComes():
                self.focused = isinstance(act, FocusComes)
                return pygame.event.Event(pygame.WINDOWFOCUSGAINED if self.focused else pygame.WINDOWFOCUSLOST)
            case SizeChanges(_, width, height):
                self._size = width, height
                return pygame.event.Event(pygame.WINDOWSIZECHANGED, x=width, y=height)
            case _:
                raise AssertionError("A pulled plug is no event.")

    def _key_event(self, act: KeyGoesDown | KeyComesUp) -> pygame.Event | None:
        """SDL's event; None for a key that is down already, as pygame drops repeats."""
        key, down = act.key, isinstance(act, KeyGoesDown)
        if down == (key.scancode in self._down):
            return None
        if down:
            self._down.add(key.scancode)
            self._modifiers |= key.modifier
        else:
            self._down.discard(key.scancode)
            self._modifiers &= ~key.modifier
        kind = pygame.KEYDOWN if down else pygame.KEYUP
        return pygame.event.Event(
            kind, scancode=key.scancode, key=key.keycode, mod=self._modifiers, unicode=key.text if down else ""
        )

    def _point_event(self, act: PointGoesDown | PointComesUp) -> pygame.Event:
        down, (width, height) = isinstance(act, PointGoesDown), self._size
        if act.source is Source.TOUCH:
            # SDL gives a finger's position as fractions of the window; use the middle of the pixel.
            kind = pygame.FINGERDOWN if down else pygame.FINGERUP
            x, y = (act.x + 0.5) / width, (act.y + 0.5) / height
            return pygame.event.Event(kind, x=x, y=y, finger_id=act.finger)
        kind = pygame.MOUSEBUTTONDOWN if down else pygame.MOUSEBUTTONUP
        return pygame.event.Event(kind, pos=(act.x, act.y), button=pygame.BUTTON_LEFT, touch=act.source is Source.PEN)

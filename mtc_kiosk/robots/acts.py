"""What a robot can do to a PC, each act at a time of its clock (int nanoseconds)."""

from dataclasses import dataclass

from mtc_kiosk.check.events import Source
from mtc_kiosk.robots.keyboard import Key


@dataclass(frozen=True)
class KeyGoesDown:
    """A key of the keyboard is pressed."""

    at_ns: int
    key: Key


@dataclass(frozen=True)
class KeyComesUp:
    """The key is let go."""

    at_ns: int
    key: Key


@dataclass(frozen=True)
class PointGoesDown:
    """A mouse button, finger or pen goes down at a pixel of the screen."""

    at_ns: int
    x: int
    y: int
    source: Source
    finger: int = 0


@dataclass(frozen=True)
class PointComesUp:
    """The button, finger or pen comes up, at this pixel or another."""

    at_ns: int
    x: int
    y: int
    source: Source
    finger: int = 0


@dataclass(frozen=True)
class FocusGoes:
    """Another window takes the keyboard."""

    at_ns: int


@dataclass(frozen=True)
class FocusComes:
    """The kiosk's window has the keyboard again."""

    at_ns: int


@dataclass(frozen=True)
class SizeChanges:
    """The window takes another size: the tablet is turned, a projector is plugged in."""

    at_ns: int
    width: int
    height: int


@dataclass(frozen=True)
class PlugPulled:
    """The PC loses its power, and is off for ``off_ns``."""

    at_ns: int
    off_ns: int


InputAction = (
    KeyGoesDown | KeyComesUp | PointGoesDown | PointComesUp | FocusGoes | FocusComes | SizeChanges | PlugPulled
)

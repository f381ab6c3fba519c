"""The events of a kiosk's window, independent of SDL, each with its time.

``at_ns`` is when the loop got the event. ``os_ns`` is the operating system's stamp of a key, on the same clock, if the
platform gives one (X11, to the millisecond), else None.
"""

from dataclasses import dataclass

from mtc_kiosk.check.events import Source


@dataclass(frozen=True)
class KeyDown:
    """A key of the keyboard went down. ``name`` is as in ``check.events.KeyPressed``; ``code`` is its scancode."""

    at_ns: int
    os_ns: int | None
    name: str
    code: int
    text: str  # the character it types, "" for none
    shift: bool
    alt_gr: bool = False

    @property
    def source(self) -> Source:
        """What it was pressed with."""
        return Source.KEYBOARD

    @property
    def began_ns(self) -> int:
        """When the finger went down, as exactly as is known."""
        return self.at_ns if self.os_ns is None else min(self.at_ns, self.os_ns)


@dataclass(frozen=True)
class KeyUp:
    """A key of the keyboard came up."""

    at_ns: int
    code: int


@dataclass(frozen=True)
class Press:
    """A mouse button, finger or pen went down at a point of the window; ``finger`` tells several apart."""

    at_ns: int
    os_ns: int | None
    x: int
    y: int
    source: Source
    finger: int

    @property
    def began_ns(self) -> int:
        """When it went down, as exactly as is known."""
        return self.at_ns if self.os_ns is None else min(self.at_ns, self.os_ns)


@dataclass(frozen=True)
class Release:
    """The mouse button, finger or pen came up."""

    at_ns: int
    x: int
    y: int
    source: Source
    finger: int


@dataclass(frozen=True)
class FocusLost:
    """Another window has the keyboard now."""

    at_ns: int


@dataclass(frozen=True)
class FocusGained:
    """This window has the keyboard again."""

    at_ns: int


@dataclass(frozen=True)
class Uncovered:
    """The picture in the window is lost and must be painted whole."""

    at_ns: int


@dataclass(frozen=True)
class Resized:
    """The window has, or must take, another size: its surface is no longer on the screen."""

    at_ns: int


@dataclass(frozen=True)
class CloseAsked:
    """The window was asked to close: Alt+F4, or the session ends."""

    at_ns: int


@dataclass(frozen=True)
class SoundDeviceGone:
    """The sound device in use is gone: unplugged, or switched off."""

    at_ns: int


InputEvent = (
    KeyDown | KeyUp | Press | Release | FocusLost | FocusGained | Uncovered | Resized | CloseAsked | SoundDeviceGone
)

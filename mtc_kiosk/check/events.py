"""What the machine handles: stamped events. It never reads a clock, so a check can be replayed from its journal.

``at`` is int microseconds within the attempt and never goes back. A key exactly at a deadline is late.
"""

from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.arrangements import Colours, Size


class Source(StrEnum):
    """What the pupil pressed with."""

    KEYBOARD = "keyboard"
    MOUSE = "mouse"
    TOUCH = "touch"
    PEN = "pen"


class Cause(StrEnum):
    """Why a check is held."""

    STALL = "stall"  # the loop did not run: stopped process, driver
    SUSPEND = "suspend"  # the PC slept
    FOCUS = "focus"  # another window took the keyboard
    DISPLAY = "display"  # the only display went away
    KEYBOARD = "keyboard"  # the keyboard went away
    JOURNAL = "journal"  # the disk refused what was typed
    SLOW_DISK = "slow_disk"  # an answer reached the disk too late
    SOUND = "sound"  # the audio version lost its sound
    STAFF = "staff"  # a teacher asked for it
    PROGRAM = "program"  # the program had a fault of its own and went on
    ENDED = "ended"  # the operating system ended the program
    UNKNOWN = "unknown"  # the program or the PC stopped, cause unknown


class Device(StrEnum):
    """What may go away and come back within a second without harm."""

    FOCUS = "focus"
    DISPLAY = "display"
    KEYBOARD = "keyboard"


@dataclass(frozen=True)
class Shown:
    """The flip that first shows the sum has returned."""

    at: int


@dataclass(frozen=True)
class KeyPressed:
    """A key went down, on the keyboard or the on-screen pad.

    ``input`` is ``0`` to ``9``, ``Enter``, ``Backspace``, ``Delete``, or the name of a key that never acts; a chord
    with Ctrl, Alt or Win contains a ``+``. ``Repeat`` is the speaker button of the audio version; Tab does the same on
    the keyboard. ``stall`` marks a key with an uncertain time stamp.
    """

    at: int
    input: str
    source: Source
    stall: bool = False


@dataclass(frozen=True)
class Next:
    """The pupil pressed the button of the page."""

    at: int
    source: Source


@dataclass(frozen=True)
class BackedOut:
    """Before the first question the pupil pressed "this is not me"."""

    at: int
    source: Source


@dataclass(frozen=True)
class Woke:
    """The loop woke up: everything due by ``at`` happens, each at its own time."""

    at: int


@dataclass(frozen=True)
class Saved:
    """The answer to this question is on the disk, ``after`` microseconds after it was given."""

    at: int
    number: int
    showing: int
    after: int


@dataclass(frozen=True)
class Lost:
    """The focus or a device went away; deadlines wait."""

    at: int
    device: Device


@dataclass(frozen=True)
class Found:
    """The focus or a device is back."""

    at: int
    device: Device


@dataclass(frozen=True)
class Failed:
    """Something broke at ``since`` and was noticed at ``at``; the question open at ``since`` is void."""

    at: int
    cause: Cause
    since: int


@dataclass(frozen=True)
class HoldAsked:
    """Staff ask for a hold, or the time alert lost its sound: the hold takes effect when the question ends."""

    at: int
    cause: Cause


@dataclass(frozen=True)
class Released:
    """Staff let a held check go on."""

    at: int


@dataclass(frozen=True)
class SetAside:
    """Staff set a held check aside for later."""

    at: int


@dataclass(frozen=True)
class Stopped:
    """Staff end a held check for good."""

    at: int


@dataclass(frozen=True)
class Resumed:
    """A new run of the program took up the attempt again.

    ``gap_ms`` is how long it was away by the wall clock (None if that clock went back); ``wall_anchor`` (ISO 8601) and
    ``clock_anchor_ns`` are the new pair that ties ``at`` to the wall clock.
    """

    at: int
    gap_ms: int | None
    wall_anchor: str
    clock_anchor_ns: int


@dataclass(frozen=True)
class SoundBegan:
    """A sound was handed to the mixer; ``lasts`` is its recording's length in microseconds."""

    at: int
    sound: str
    lasts: int


@dataclass(frozen=True)
class SoundEnded:
    """A sound played to its end, or was ``cut`` short."""

    at: int
    sound: str
    cut: bool


@dataclass(frozen=True)
class LookChosen:
    """The pupil chose colours and size, the two arrangements that a pupil may choose."""

    at: int
    colours: Colours | None
    size: Size


@dataclass(frozen=True)
class Noted:
    """Something worth keeping that changes nothing: a step of the wall clock, the self-check at the start."""

    at: int
    what: str
    detail: str


Event = (
    Shown
    | KeyPressed
    | Next
    | BackedOut
    | Woke
    | Saved
    | Lost
    | Found
    | Failed
    | HoldAsked
    | Released
    | SetAside
    | Stopped
    | Resumed
    | SoundBegan
    | SoundEnded
    | LookChosen
    | Noted
)

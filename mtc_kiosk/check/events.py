"""What the machine handles: stamped events. It never reads a clock, so a check can be replayed from its journal.

``at`` is int microseconds within the attempt and never goes back. A key exactly at a deadline is late.

The machine keeps an event of ``Recorded`` as it is: the event is itself a fact, and its fields are keys of the journal.
What it makes of the others is in ``check.facts``.
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
class Stamped:
    """Anything with a time in the attempt."""

    at: int


@dataclass(frozen=True)
class OfShowing(Stamped):
    """Something about one showing of a question."""

    number: int
    showing: int


@dataclass(frozen=True)
class OfDevice(Stamped):
    """Something about the focus or a device."""

    device: Device


@dataclass(frozen=True)
class Shown(Stamped):
    """The flip that first shows the sum has returned."""


@dataclass(frozen=True)
class KeyPressed(Stamped):
    """A key went down, on the keyboard or the on-screen pad.

    ``input`` is ``0`` to ``9``, ``Enter``, ``Backspace``, ``Delete``, or the name of a key that never acts; a chord
    with Ctrl, Alt or Win contains a ``+``. ``Repeat`` is the speaker button of the audio version; Tab does the same on
    the keyboard. ``stall`` marks a key with an uncertain time stamp.
    """

    input: str
    source: Source
    stall: bool = False


@dataclass(frozen=True)
class Next(Stamped):
    """The pupil pressed the button of the page."""

    source: Source


@dataclass(frozen=True)
class BackedOut(Stamped):
    """Before the first question the pupil pressed "this is not me"."""

    source: Source


@dataclass(frozen=True)
class Woke(Stamped):
    """The loop woke up: everything due by ``at`` happens, each at its own time."""


@dataclass(frozen=True)
class Saved(OfShowing):
    """The answer to this question is on the disk, ``after_us`` after it was given."""

    after_us: int


@dataclass(frozen=True)
class Lost(OfDevice):
    """The focus or a device went away; deadlines wait."""


@dataclass(frozen=True)
class Found(OfDevice):
    """The focus or a device is back."""


@dataclass(frozen=True)
class Failed(Stamped):
    """Something broke at ``since_us`` and was noticed at ``at``; the question open at ``since_us`` is void."""

    cause: Cause
    since_us: int


@dataclass(frozen=True)
class HoldAsked(Stamped):
    """Staff ask for a hold, or the time alert lost its sound: the hold takes effect when the question ends."""

    cause: Cause


@dataclass(frozen=True)
class Released(Stamped):
    """Staff let a held check go on."""


@dataclass(frozen=True)
class SetAside(Stamped):
    """Staff set a held check aside for later."""


@dataclass(frozen=True)
class Stopped(Stamped):
    """Staff end a held check for good."""


@dataclass(frozen=True)
class Resumed(Stamped):
    """A new run of the program took up the attempt again.

    ``gap_ms`` is how long it was away by the wall clock (None if that clock went back); ``wall_anchor`` (ISO 8601) and
    ``clock_anchor_ns`` are the new pair that ties ``at`` to the wall clock.
    """

    gap_ms: int | None
    wall_anchor: str
    clock_anchor_ns: int


@dataclass(frozen=True)
class SoundBegan(Stamped):
    """A sound was handed to the mixer; ``lasts_us`` is its recording's length."""

    sound: str
    lasts_us: int


@dataclass(frozen=True)
class SoundEnded(Stamped):
    """A sound played to its end, or was ``cut`` short."""

    sound: str
    cut: bool


@dataclass(frozen=True)
class LookChosen(Stamped):
    """The pupil chose colours and size, the two arrangements that a pupil may choose."""

    colours: Colours | None
    size: Size


@dataclass(frozen=True)
class Noted(Stamped):
    """Something worth keeping that changes nothing: a step of the wall clock, the self-check at the start."""

    what: str
    detail: str


Recorded = (
    BackedOut
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
"""The events that a journal keeps field by field."""

Event = Shown | KeyPressed | Next | Woke | Recorded

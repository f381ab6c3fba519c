"""What the machine emits: facts, each of them one row of the journal.

A fact that answers an event keeps everything in that event, so that ``event_of`` gives the event back and a journal can
be replayed. A fact made by a deadline carries ``late_us``: how far past its own time the loop acted on it. All times
are int microseconds within the attempt; ``at`` becomes ``at_us``, the other fields become ``data``.

The module is long because it is a table: every type of row that a journal may have, each with its keys.
"""

from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check import events
from mtc_kiosk.check.arrangements import Colours, Size
from mtc_kiosk.check.events import Cause, Device, Event, Source
from mtc_kiosk.check.script import Page


class AnsweredBy(StrEnum):
    """How a showing of a question ended."""

    ENTER = "enter"
    TIMEOUT = "timeout"
    FORFEIT = "forfeit"
    VOID = "void"


class Outcome(StrEnum):
    """How an attempt ended."""

    COMPLETE = "complete"
    OUT_OF_TIME = "out_of_time"
    STOPPED = "stopped"
    SUPERSEDED = "superseded"


class StepName(StrEnum):
    """The steps of the script, as the journal names them."""

    INTRO = "intro"
    PAUSE = "pause"
    READING = "reading"
    ASKING = "asking"
    DONE = "done"


class Why(StrEnum):
    """Why a key did nothing."""

    BEFORE_SHOWN = "before_shown"
    FULL = "full"
    EMPTY = "empty"
    LATE = "late"
    CHORD = "chord"
    NO_MEANING = "no_meaning"


@dataclass(frozen=True)
class Began:
    """The attempt began; the pair of anchors ties ``at`` to the wall clock."""

    at: int
    wall_anchor: str
    clock_anchor_ns: int


@dataclass(frozen=True)
class StepBegan:
    """The cursor reached a step."""

    at: int
    step: StepName
    page: Page | None = None
    number: int | None = None
    showing: int | None = None
    practice: bool | None = None


@dataclass(frozen=True)
class Shown:
    """The flip that first showed the sum."""

    at: int
    number: int
    showing: int
    factor1: int
    factor2: int
    practice: bool


@dataclass(frozen=True)
class Typed:
    """A digit was added to the answer."""

    at: int
    number: int
    showing: int
    practice: bool
    input: str
    source: Source
    stall: bool


@dataclass(frozen=True)
class Erased:
    """The last digit was deleted."""

    at: int
    number: int
    showing: int
    practice: bool
    input: str
    source: Source
    stall: bool


@dataclass(frozen=True)
class Entered:
    """Enter gave the answer."""

    at: int
    number: int
    showing: int
    practice: bool
    input: str
    source: Source
    stall: bool


@dataclass(frozen=True)
class Ignored:
    """A key that did nothing, and why."""

    at: int
    number: int
    showing: int
    practice: bool
    input: str
    source: Source
    stall: bool
    why: Why


@dataclass(frozen=True)
class Repeated:
    """The pupil asked to hear the question again (audio version)."""

    at: int
    number: int
    showing: int
    practice: bool
    input: str
    source: Source
    stall: bool


@dataclass(frozen=True)
class Alerted:
    """Two seconds are left (audible time alert)."""

    at: int
    number: int
    showing: int
    practice: bool
    late_us: int


@dataclass(frozen=True)
class TimedOut:
    """The time of a question ended."""

    at: int
    number: int
    showing: int
    practice: bool
    late_us: int


@dataclass(frozen=True)
class Answered:
    """A showing of a real question ended with this response. It counts unless ``void``; one counts a question."""

    at: int
    number: int
    showing: int
    factor1: int
    factor2: int
    response: str
    shown_us: int | None
    by: AnsweredBy
    stall: bool


@dataclass(frozen=True)
class PauseEnded:
    """A pause ended by itself; ``waited_us`` is how long it waited for the disk."""

    at: int
    number: int
    showing: int
    practice: bool
    late_us: int
    waited_us: int


@dataclass(frozen=True)
class ReadingEnded:
    """The spoken question ended by schedule."""

    at: int
    number: int
    showing: int
    practice: bool
    late_us: int


@dataclass(frozen=True)
class NextPressed:
    """The pupil pressed Next on a page, or on a pause with the next-button arrangement."""

    at: int
    source: Source
    page: Page | None
    number: int | None


@dataclass(frozen=True)
class BackedOut:
    """On a page before the first question the pupil pressed "this is not me"; the attempt is stopped."""

    at: int
    source: Source


@dataclass(frozen=True)
class Saved:
    """An answer is on the disk, ``after_us`` after it was given."""

    at: int
    number: int
    showing: int
    after_us: int


@dataclass(frozen=True)
class SlowDisk:
    """A pause is over but the answer before it is not on the disk yet: the pause waits."""

    at: int
    number: int
    showing: int
    late_us: int


@dataclass(frozen=True)
class DiskTooSlow:
    """The disk did not take the answer in time; the check is held."""

    at: int
    late_us: int


@dataclass(frozen=True)
class Lost:
    """The focus or a device went away."""

    at: int
    device: Device


@dataclass(frozen=True)
class Found:
    """The focus or a device came back."""

    at: int
    device: Device


@dataclass(frozen=True)
class AwayTooLong:
    """The focus or a device was away for a second."""

    at: int
    device: Device
    late_us: int


@dataclass(frozen=True)
class Failed:
    """Something broke at ``since_us``."""

    at: int
    cause: Cause
    since_us: int


@dataclass(frozen=True)
class Voided:
    """A fault spoilt a showing. ``factor1`` and ``factor2`` are those of the replacing question, if there is one."""

    at: int
    number: int
    showing: int
    cause: Cause
    voids: int
    chord: str | None
    factor1: int | None
    factor2: int | None


@dataclass(frozen=True)
class HoldAsked:
    """A hold that waits for the question to end."""

    at: int
    cause: Cause


@dataclass(frozen=True)
class Held:
    """The check is held; with ``only_stop`` it cannot go on."""

    at: int
    cause: Cause
    only_stop: bool


@dataclass(frozen=True)
class Released:
    """Staff let the check go on."""

    at: int


@dataclass(frozen=True)
class SetAside:
    """Staff set the held check aside for later."""

    at: int


@dataclass(frozen=True)
class Stopped:
    """Staff ended the check for good."""

    at: int


@dataclass(frozen=True)
class Resumed:
    """A new run of the program took the attempt up again."""

    at: int
    gap_ms: int | None
    wall_anchor: str
    clock_anchor_ns: int


@dataclass(frozen=True)
class TimeUp:
    """The 30 minutes of the whole check are over."""

    at: int
    late_us: int


@dataclass(frozen=True)
class Finished:
    """The attempt is over."""

    at: int
    outcome: Outcome


@dataclass(frozen=True)
class SoundBegan:
    """A sound was handed to the mixer; ``lasts_us`` is its recording's length."""

    at: int
    sound: str
    lasts_us: int


@dataclass(frozen=True)
class SoundEnded:
    """A sound played to its end, or was ``cut`` short."""

    at: int
    sound: str
    cut: bool


@dataclass(frozen=True)
class LookChosen:
    """The pupil chose colours and size."""

    at: int
    colours: Colours | None
    size: Size


@dataclass(frozen=True)
class Noted:
    """Something worth keeping that changed nothing."""

    at: int
    what: str
    detail: str


Fact = (
    Began
    | StepBegan
    | Shown
    | Typed
    | Erased
    | Entered
    | Ignored
    | Repeated
    | Alerted
    | TimedOut
    | Answered
    | PauseEnded
    | ReadingEnded
    | NextPressed
    | BackedOut
    | Saved
    | SlowDisk
    | DiskTooSlow
    | Lost
    | Found
    | AwayTooLong
    | Failed
    | Voided
    | HoldAsked
    | Held
    | Released
    | SetAside
    | Stopped
    | Resumed
    | TimeUp
    | Finished
    | SoundBegan
    | SoundEnded
    | LookChosen
    | Noted
)


def event_of(fact: Fact) -> Event | None:
    """The event that made this fact; None if it followed from the fact before it."""
    match fact:
        case Typed() | Erased() | Entered() | Ignored() | Repeated():
            return events.KeyPressed(fact.at, fact.input, fact.source, fact.stall)
        case (
            Alerted()
            | TimedOut()
            | PauseEnded()
            | ReadingEnded()
            | SlowDisk()
            | DiskTooSlow()
            | AwayTooLong()
            | TimeUp()
        ):
            return events.Woke(fact.at + fact.late_us)
        case Shown():
            return events.Shown(fact.at)
        case NextPressed():
            return events.Next(fact.at, fact.source)
        case BackedOut():
            return events.BackedOut(fact.at, fact.source)
        case Saved():
            return events.Saved(fact.at, fact.number, fact.showing, fact.after_us)
        case Failed():
            return events.Failed(fact.at, fact.cause, fact.since_us)
        case Lost():
            return events.Lost(fact.at, fact.device)
        case Found():
            return events.Found(fact.at, fact.device)
        case _:
            return _heard_from_staff_or_shell(fact)


def _heard_from_staff_or_shell(fact: Fact) -> Event | None:
    match fact:
        case HoldAsked():
            return events.HoldAsked(fact.at, fact.cause)
        case Released():
            return events.Released(fact.at)
        case SetAside():
            return events.SetAside(fact.at)
        case Stopped():
            return events.Stopped(fact.at)
        case Resumed():
            return events.Resumed(fact.at, fact.gap_ms, fact.wall_anchor, fact.clock_anchor_ns)
        case SoundBegan():
            return events.SoundBegan(fact.at, fact.sound, fact.lasts_us)
        case SoundEnded():
            return events.SoundEnded(fact.at, fact.sound, fact.cut)
        case LookChosen():
            return events.LookChosen(fact.at, fact.colours, fact.size)
        case Noted():
            return events.Noted(fact.at, fact.what, fact.detail)
        case _:
            return None

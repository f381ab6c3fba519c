"""What the machine emits: facts, each of them one row of the journal.

A class is a type of row and its fields are the row's keys; ``at`` becomes ``at_us``, the others become ``data``. Times
are int microseconds within the attempt. An event of ``events.Recorded`` is a fact as it is. What the machine makes of
the other events is below; each keeps enough for ``event_of`` to give its event back, so that a journal can be replayed.
With two bases, the fields of the last one come first.
"""

from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause, Event, KeyPressed, OfDevice, OfShowing, Recorded, Source, Stamped
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
class OfItem(OfShowing):
    """Something about a showing, with its sum."""

    factor1: int
    factor2: int


@dataclass(frozen=True)
class OfQuestion(OfShowing):
    """Something about a showing that may be practice."""

    practice: bool


@dataclass(frozen=True)
class OfKey(OfQuestion):
    """What a key did in a question; ``stall``: its time stamp is uncertain."""

    input: str
    source: Source
    stall: bool


@dataclass(frozen=True)
class OfDeadline(Stamped):
    """Something that a deadline did; the loop acted on it ``late_us`` past its own time."""

    late_us: int


@dataclass(frozen=True)
class Began(Stamped):
    """The attempt began; the pair of anchors ties ``at`` to the wall clock."""

    wall_anchor: str
    clock_anchor_ns: int


@dataclass(frozen=True)
class StepBegan(Stamped):
    """The cursor reached a step."""

    step: StepName
    page: Page | None = None
    number: int | None = None
    showing: int | None = None
    practice: bool | None = None


@dataclass(frozen=True)
class Shown(OfItem):
    """The flip that first showed the sum."""

    practice: bool


@dataclass(frozen=True)
class Typed(OfKey):
    """A digit was added to the answer."""


@dataclass(frozen=True)
class Erased(OfKey):
    """The last digit was deleted."""


@dataclass(frozen=True)
class Entered(OfKey):
    """Enter gave the answer."""


@dataclass(frozen=True)
class Repeated(OfKey):
    """The pupil asked to hear the question again (audio version)."""


@dataclass(frozen=True)
class Ignored(OfKey):
    """A key that did nothing, and why."""

    why: Why


@dataclass(frozen=True)
class Alerted(OfDeadline, OfQuestion):
    """Two seconds are left (audible time alert)."""


@dataclass(frozen=True)
class TimedOut(OfDeadline, OfQuestion):
    """The time of a question ended."""


@dataclass(frozen=True)
class ReadingEnded(OfDeadline, OfQuestion):
    """The spoken question ended by schedule."""


@dataclass(frozen=True)
class PauseEnded(OfDeadline, OfQuestion):
    """A pause ended by itself; ``waited_us`` is how long it waited for the disk."""

    waited_us: int


@dataclass(frozen=True)
class SlowDisk(OfDeadline, OfShowing):
    """A pause is over but the answer before it is not on the disk yet: the pause waits."""


@dataclass(frozen=True)
class DiskTooSlow(OfDeadline):
    """The disk did not take the answer in time; the check is held."""


@dataclass(frozen=True)
class AwayTooLong(OfDeadline, OfDevice):
    """The focus or a device was away for a second."""


@dataclass(frozen=True)
class TimeUp(OfDeadline):
    """The 30 minutes of the whole check are over."""


@dataclass(frozen=True)
class Answered(OfItem):
    """A showing of a real question ended with this response. It counts unless ``void``; one counts a question."""

    response: str
    shown_us: int | None
    by: AnsweredBy
    stall: bool


@dataclass(frozen=True)
class NextPressed(Stamped):
    """The pupil pressed Next on a page, or on a pause with the next-button arrangement."""

    source: Source
    page: Page | None
    number: int | None


@dataclass(frozen=True)
class Voided(OfShowing):
    """A fault spoilt a showing. ``factor1`` and ``factor2`` are those of the replacing question, if there is one."""

    cause: Cause
    voids: int
    chord: str | None
    factor1: int | None
    factor2: int | None


@dataclass(frozen=True)
class Held(Stamped):
    """The check is held; with ``only_stop`` it cannot go on."""

    cause: Cause
    only_stop: bool


@dataclass(frozen=True)
class Finished(Stamped):
    """The attempt is over."""

    outcome: Outcome


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
    | events.BackedOut
    | events.Saved
    | SlowDisk
    | DiskTooSlow
    | events.Lost
    | events.Found
    | AwayTooLong
    | events.Failed
    | Voided
    | events.HoldAsked
    | Held
    | events.Released
    | events.SetAside
    | events.Stopped
    | events.Resumed
    | TimeUp
    | Finished
    | events.SoundBegan
    | events.SoundEnded
    | events.LookChosen
    | events.Noted
)


def event_of(fact: Fact) -> Event | None:
    """The event that made this fact; None if it followed from the fact before it."""
    match fact:
        case OfKey():
            return KeyPressed(fact.at, fact.input, fact.source, fact.stall)
        case OfDeadline():
            return events.Woke(fact.at + fact.late_us)
        case Shown():
            return events.Shown(fact.at)
        case NextPressed():
            return events.Next(fact.at, fact.source)
        case _:
            return fact if isinstance(fact, Recorded) else None

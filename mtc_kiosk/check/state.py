"""The machine's state between two events. ``check.transition`` changes it."""

from dataclasses import dataclass

from mtc_kiosk.check.events import Cause, Device
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.script import Asking, Intro, Pause, Question, Reading, Step
from mtc_kiosk.check.settings import Settings


@dataclass(frozen=True)
class Away:
    """The focus or a device that is away, and since when."""

    device: Device
    since: int


@dataclass(frozen=True)
class Held:
    """Why the check is held, and since when it stood still; with ``only_stop`` it cannot go on."""

    cause: Cause
    at: int
    only_stop: bool


@dataclass(frozen=True)
class Chord:
    """The last chord with Ctrl, Alt or Win that the pupil pressed in a question."""

    input: str
    at: int


@dataclass(frozen=True)
class Talk:
    """What the audio version speaks, by the lengths of recordings.

    One plays and at most one waits; a newer one replaces the one that waits.

    ``until``: when the recording playing now ends. ``then``: the length of the one that waits, 0 for none."""

    until: int = 0
    then: int = 0

    @property
    def over(self) -> int:
        """When all speech is over."""
        return self.until + self.then

    def say(self, at: int, lasts: int) -> "Talk":
        """Add a recording at ``at``: it plays at once if none is playing, else it replaces the one that waits."""
        if at >= self.over:
            return Talk(at + lasts)
        if at >= self.until:  # the one that waited is playing
            return Talk(self.over, lasts)
        return Talk(self.until, lasts)


def cut_in(at: int, lasts: int) -> Talk:
    """Play a recording at once, and drop what was playing or waiting."""
    return Talk(at + lasts)


@dataclass(frozen=True)
class Machine:
    """A cursor on the script. All times are int microseconds within the attempt."""

    settings: Settings
    script: tuple[Step, ...]
    spares: tuple[Item, ...]
    ask_again_last: bool
    cursor: int = 0
    at: int = 0
    began: int = 0  # when the present step began
    shown: int | None = None  # the flip that first showed the present sum
    alerted: bool = False  # the time alert of the present sum has sounded
    talk: Talk = Talk()  # what the audio version speaks, by the recordings' lengths
    typed: str = ""
    digit_typed: bool = False  # in the present question, even if deleted since
    practised: bool = False  # a digit was typed in the practice
    stalled: bool = False  # a key of the present answer has an uncertain time stamp
    unsaved: tuple[int, int] | None = None  # number and showing of an answer that is not on the disk yet
    saved: int = 0  # when an answer last reached the disk
    waiting_since: int | None = None  # since when a pause that is over has waited for the disk
    away: tuple[Away, ...] = ()
    hold_asked: Cause | None = None
    held: Held | None = None
    voids: int = 0
    chord: Chord | None = None
    first_pause: int | None = None  # the whole check's time runs from here
    held_us: int = 0  # held time, which does not count to the whole check's time
    outcome: Outcome | None = None

    @property
    def step(self) -> Step:
        """The step the cursor is on."""
        return self.script[self.cursor]

    @property
    def may_repeat(self) -> bool:
        """Whether the spoken question on the screen may be repeated: until its first digit, since rules 3."""
        return not (self.digit_typed if self.settings.rules > 2 else self.typed)

    @property
    def may_back_out(self) -> bool:
        """Whether the pupil may still press "this is not me": until the first question, since rules 3."""
        asked = any(isinstance(step, Pause) for step in self.script[: self.cursor])
        return self.settings.rules > 2 and isinstance(self.step, Intro) and not asked

    @property
    def question(self) -> Question | None:
        """The question of the present step, coming or open; None on a page."""
        return self.step.question if isinstance(self.step, Pause | Reading | Asking) else None

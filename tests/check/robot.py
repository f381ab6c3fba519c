"""A robot that takes whole checks with hand-made events, and keeps their journal.

It mocks nothing: the machine is the real one, and the test sets the time. It does not know what should come.
"""

from dataclasses import replace
from typing import TypeVar

from mtc_kiosk.check import events
from mtc_kiosk.check.arrangements import Arrangements, Clips
from mtc_kiosk.check.events import Cause, Device, Event, Source
from mtc_kiosk.check.facts import Began, Fact
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.machine import begin, handle
from mtc_kiosk.check.script import Asking, Done, Intro, Pause, Question, Reading, Step
from mtc_kiosk.check.settings import SECOND, Settings

SPARES = tuple(Item(table, factor) for table in (3, 6, 7, 12) for factor in (5, 2))
FORM = Form("test-4", (Item(7, 8), Item(6, 9), Item(3, 4), Item(12, 11)), SPARES)
PLAIN = Settings(practice=(Item(1, 12),))
NEXT_BUTTON = replace(PLAIN, arrangements=Arrangements(("NBQ",), next_button=True))
CLIP = 2 * SECOND
LONG_CLIP = 4 * SECOND
AUDIO = replace(
    PLAIN,
    arrangements=Arrangements(
        ("QNR",),
        clips=Clips(
            questions={str(item): CLIP for item in (*FORM.items, *SPARES, *PLAIN.practice)},
            pauses={"p1": SECOND // 2, "1": SECOND, "2": LONG_CLIP, "3": SECOND, "4": SECOND},
        ),
    ),
)
BEGAN = Began(0, "2027-06-07T09:00:00.000Z", 1)

Kind = TypeVar("Kind")


class Robot:
    """Takes one check. ``now`` is the time of the last event; ``turns`` are the facts of each, one by one."""

    def __init__(self, settings: Settings = PLAIN, form: Form = FORM) -> None:
        self.form, self.settings, self.now = form, settings, 0
        self.machine, said = begin(form, settings, BEGAN)
        self.turns: list[tuple[Fact, ...]] = [said]

    @property
    def journal(self) -> tuple[Fact, ...]:
        """Every fact so far."""
        return tuple(fact for turn in self.turns for fact in turn)

    @property
    def step(self) -> Step:
        """The step the check is on."""
        return self.machine.step

    @property
    def question(self) -> Question:
        """The question of that step."""
        question = self.machine.question
        assert question is not None, f"{self.step} has no question"
        return question

    def every(self, kind: type[Kind]) -> list[Kind]:
        """The facts of one kind, in order."""
        return [fact for fact in self.journal if isinstance(fact, kind)]

    def last(self, kind: type[Kind]) -> Kind:
        """The last fact of one kind."""
        return self.every(kind)[-1]

    def hear(self, event: Event) -> tuple[Fact, ...]:
        """Hand the machine any event; return the facts."""
        self.now = max(self.now, event.at)
        self.machine, said = handle(self.machine, event)
        if said:
            self.turns.append(said)
        return said

    def woke(self, at: int) -> tuple[Fact, ...]:
        """The loop wakes."""
        return self.hear(events.Woke(at))

    def shown(self, at: int | None = None) -> int:
        """The sum is shown; when."""
        self.hear(events.Shown(self.now if at is None else at))
        assert self.machine.shown is not None
        return self.machine.shown

    def key(self, name: str, at: int | None = None, *, stall: bool = False) -> tuple[Fact, ...]:
        """A key of the keyboard goes down."""
        return self.hear(events.KeyPressed(self.now if at is None else at, name, Source.KEYBOARD, stall))

    def keys(self, *names: str) -> None:
        """Keys go down one after the other, a millisecond apart."""
        for name in names:
            self.key(name, self.now + 1_000)

    def pressed_next(self, at: int | None = None) -> tuple[Fact, ...]:
        """The pupil presses the button of a page."""
        return self.hear(events.Next(self.now if at is None else at, Source.MOUSE))

    def saved(self, at: int | None = None) -> tuple[Fact, ...]:
        """The answer that is not on the disk yet reaches it."""
        assert self.machine.unsaved is not None
        number, showing = self.machine.unsaved
        return self.hear(events.Saved(self.now if at is None else at, number, showing, after_us=2_000))

    def lost(self, at: int, device: Device = Device.FOCUS) -> tuple[Fact, ...]:
        """The focus or a device goes away."""
        return self.hear(events.Lost(at, device))

    def found(self, at: int, device: Device = Device.FOCUS) -> tuple[Fact, ...]:
        """The focus or a device comes back."""
        return self.hear(events.Found(at, device))

    def failed(self, at: int, cause: Cause = Cause.STALL, *, since: int | None = None) -> tuple[Fact, ...]:
        """Something breaks."""
        return self.hear(events.Failed(at, cause, at if since is None else since))

    def hold(self, at: int | None = None) -> tuple[Fact, ...]:
        """A teacher asks for a hold."""
        return self.hear(events.HoldAsked(self.now if at is None else at, Cause.STAFF))

    def released(self, at: int | None = None) -> tuple[Fact, ...]:
        """A teacher lets the check go on."""
        return self.hear(events.Released(self.now if at is None else at))

    def resumed(self, at: int | None = None) -> tuple[Fact, ...]:
        """A new run of the program takes the attempt up."""
        return self.hear(events.Resumed(self.now if at is None else at, 90_000, "2027-06-07T09:05:00.000Z", 77))

    def void(self) -> None:
        """A fault spoils the open question at once; where a teacher may, the check goes on."""
        self.failed(self.now)
        self.released()

    def reach(self, number: int, kind: type[Step] = Asking, *, showing: int = 1, practice: bool = False) -> None:
        """Take the check as a quick pupil would, until a step of this question begins; if it asks, the sum is shown."""
        while not (isinstance(self.step, kind) and _is(self.machine.question, number, showing, practice)):
            self.go_on()
        if kind is Asking:
            self.shown()

    def reach_end(self) -> None:
        """Take the rest of the check."""
        while self.machine.outcome is None:
            self.go_on()

    def go_on(self) -> None:
        """End the present step as a quick pupil would."""
        match self.step:
            case Intro():
                self.pressed_next()
            case Pause():
                self.end_pause()
            case Reading(_, lasts):
                self.woke(self.machine.began + lasts)
            case Asking():
                self.answer(str(self.question.item.product))
            case Done():
                raise AssertionError("The check is over.")

    def end_pause(self) -> None:
        """The disk takes the answer, and the pause ends by itself or by Next."""
        pause = self.step
        assert isinstance(pause, Pause)
        if self.machine.unsaved is not None:
            self.saved()
        if pause.lasts is None:
            self.pressed_next(self.machine.began + pause.next_after)
        else:
            self.woke(max(self.machine.began + pause.lasts, self.machine.talk.over))

    def answer(self, digits: str) -> None:
        """See the sum, type and press Enter."""
        if self.machine.shown is None:
            self.shown()
        self.keys(*digits, "Enter")


def _is(question: Question | None, number: int, showing: int, practice: bool) -> bool:
    return question is not None and (question.number, question.showing, question.practice) == (
        number,
        showing,
        practice,
    )

"""A plain second version of the rules of check.machine, to compare the machine with.

It was written from the rules, shares no code with the machine, and keeps a mutable list of what is still to come where
the machine keeps a script and a cursor. Each thing that happens is a line: its name, its time and what matters in it.
What it does with events is in ``plain_handling``.
"""

from dataclasses import dataclass, field
from typing import Any

from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.settings import Settings

Line = tuple[Any, ...]


@dataclass
class Ask:
    """A question still to be asked."""

    number: int
    showing: int
    item: Item
    practice: bool

    @property
    def tag(self) -> tuple[int, int]:
        """What names it."""
        return self.number, self.showing


@dataclass
class Plain:
    """One check, as a plain model. ``todo[0]`` is on the screen: the name of a page, or a question."""

    form: Form
    settings: Settings
    todo: list[str | Ask] = field(default_factory=list)
    phase: str = "intro"
    lines: list[Line] = field(default_factory=list)
    last: int = 0
    since: int = 0
    shown: int | None = None
    typed: str = ""
    digits: int = 0
    met_question: bool = False
    doubt: bool = False
    beeped: bool = False
    said: list[tuple[int, int]] = field(default_factory=list)
    unsaved: tuple[int, int] | None = None
    wait: int | None = None
    on_disk_at: int = 0
    away: dict[str, int] = field(default_factory=dict)
    wish: str | None = None
    held: tuple[str, bool] | None = None
    still_since: int = 0
    voids: int = 0
    chord: tuple[str, int] | None = None
    out_at: int | None = None
    ended: str | None = None
    spares: list[Item] = field(default_factory=list)

    def __post_init__(self) -> None:
        practice = [Ask(n, 1, item, True) for n, item in enumerate(self.settings.practice, 1)]
        pages: list[str | Ask] = ["practice_intro", *practice, "practice_complete"] if practice else []
        asked = [Ask(n, 1, item, False) for n, item in enumerate(self.form.items, 1)]
        having = self.settings.arrangements
        first = {"settings": having.settings_page, "assistant": having.asks_assistant, "keyboard": having.no_pad}
        self.todo = [*(page for page, comes in first.items() if comes), "expect", *pages, "questions_intro", *asked]
        self.spares = list(self.form.spares)
        self.line("Began", 0)
        self.enter(0)

    def line(self, what: str, at: int, *matters: Any) -> None:
        """Something happened."""
        self.lines.append((what, at, *matters))

    @property
    def asked(self) -> Ask | None:
        """The question on the screen or to come, if it is no page."""
        return self.todo[0] if self.todo and isinstance(self.todo[0], Ask) else None

    @property
    def open(self) -> bool:
        """Whether a question is being read or asked."""
        return self.phase in ("reading", "asking")

    # What time does.

    def enter(self, at: int) -> None:
        """What is first in the list begins."""
        self.since, self.shown, self.typed, self.doubt, self.wait = at, None, "", False, None
        self.beeped, self.digits = False, 0
        if not self.todo:
            self.line("StepBegan", at, "done")
            self.end(at, "complete")
        elif (ask := self.asked) is None:
            self.line("StepBegan", at, "intro", self.todo[0])
        else:
            self.line("StepBegan", at, self.phase, *ask.tag, ask.practice)
            self.met_question = True
            clips = self.settings.arrangements.clips
            if clips is not None and self.phase == "pause":
                self.speak(at, clips.pauses.get(("p" if ask.practice else "") + str(ask.number), 0))
            elif clips is not None and self.phase == "reading":
                self.said = []
                self.speak(at, clips.questions.get(f"{ask.item.factor1}x{ask.item.factor2}", 0))
            if self.phase == "pause" and not ask.practice and self.out_at is None:
                self.out_at = at + self.settings.timings.whole_check

    def speak(self, at: int, lasts: int) -> None:
        """Something is spoken after what is being spoken; it replaces what only waited."""
        self.said = [(begins, ends) for begins, ends in self.said if begins <= at < ends]
        begins = max([at, *(ends for _, ends in self.said)])
        if lasts:
            self.said.append((begins, begins + lasts))

    def end(self, at: int, outcome: str) -> None:
        """The check is over."""
        self.line("Finished", at, outcome)
        self.ended, self.held = outcome, None

    def done_with_first(self) -> None:
        """Cross out the first in the list."""
        self.todo.pop(0)
        self.phase = "pause" if self.asked else "intro"

    def leave(self, at: int) -> None:
        """The page or question on the screen has ended."""
        self.done_with_first()
        if self.wish and self.todo:
            self.hold(at, self.wish, stop=False, since=at)
        else:
            self.enter(at)

    def into_question(self, at: int) -> None:
        """The pause, or the reading, has ended."""
        spoken = self.settings.arrangements.clips is not None and self.phase == "pause"
        self.phase = "reading" if spoken else "asking"
        self.enter(at)

    def coming(self) -> tuple[int, int, str] | None:
        """What comes due next by itself: when, its rank among equals, what."""
        if self.ended or self.held:
            return None
        due = self.due_in_step()
        if self.away:
            gone = min(self.away.values())
            if not due or min(due)[0] > gone:
                return gone + self.settings.timings.failure_after, 0, "away"
        return min(due, default=None)

    def due_in_step(self) -> list[tuple[int, int, str]]:
        """What may come due in the step on the screen."""
        ask, timings, clips = self.asked, self.settings.timings, self.settings.arrangements.clips
        if ask is None:
            return []
        if self.phase == "asking":
            if self.shown is None or timings.question is None:
                return []
            over = self.shown + timings.question
            if self.settings.arrangements.alert and timings.question > 2_000_000 and not self.beeped:
                return [(over - 2_000_000, 2, "alert")]
            return [(over, 2, "time out")]
        if self.phase == "reading":
            clip = clips.questions.get(f"{ask.item.factor1}x{ask.item.factor2}", 0) if clips else 0
            return [(self.since + clip + timings.reading_margin, 3, "read")]
        due = [] if self.out_at is None else [(max(self.out_at, self.since), 1, "time up")]
        if self.wait is not None and self.unsaved is not None:
            due.append((self.wait + timings.slow_disk, 6, "too slow"))
        elif self.wait is not None:
            due.append((self.on_disk_at, 4, "pause over"))
        elif not self.settings.arrangements.next_button:
            over = max([self.since + timings.pause, *(ends for _, ends in self.said)])
            due.append((over, 5, "slow") if self.unsaved else (over, 4, "pause over"))
        return due

    def run(self, until: int) -> None:
        """Let time pass."""
        while (due := self.coming()) is not None and due[0] <= until:
            self.happens(due[2], due[0], until)

    def happens(self, what: str, at: int, now: int) -> None:
        """What came due at ``at`` and is acted on at ``now``."""
        ask = self.asked
        match what:
            case "away":
                device = min(self.away, key=lambda gone: self.away[gone])
                self.line("AwayTooLong", at, device)
                self.fail(at, device, self.away[device])
            case "time up":
                self.line("TimeUp", at)
                self.end(at, "out_of_time")
            case "too slow":
                self.line("DiskTooSlow", at)
                self.fail(at, "slow_disk", at)
            case "alert":
                assert ask is not None
                self.line("Alerted", at, *ask.tag)
                self.beeped = True
            case "slow":
                assert self.unsaved is not None
                self.line("SlowDisk", at, *self.unsaved)
                self.wait = at
            case _:
                assert ask is not None
                name = {"time out": "TimedOut", "read": "ReadingEnded", "pause over": "PauseEnded"}[what]
                self.line(name, at, *ask.tag, *([at - self.wait if self.wait else 0] if what == "pause over" else []))
                if what == "time out":
                    self.answer(at, "timeout")
                    self.leave(at)
                else:
                    spoken = what == "pause over" and self.settings.arrangements.clips is not None
                    self.into_question(now if spoken else at)

    # What becomes of a question.

    def answer(self, at: int, by: str) -> None:
        """The showing on the screen ends; practice leaves nothing."""
        ask = self.asked
        assert ask is not None
        if not ask.practice:
            response = "" if by == "forfeit" else self.typed
            self.line("Answered", at, *ask.tag, str(ask.item), response, self.shown, by, self.doubt)
            self.unsaved = ask.tag

    def hold(self, at: int, cause: str, *, stop: bool, since: int) -> None:
        """Stop the check's clock."""
        self.line("Held", at, cause, stop)
        self.held, self.still_since, self.wish, self.wait = (cause, stop), since, None, None
        self.said = []

    def fail(self, at: int, cause: str, since: int) -> None:
        """A fault: the open real question is void, the check is held."""
        ask, stop = self.asked, False
        if ask is not None and self.open and not ask.practice:
            stop = self.spoil(ask, cause, since)
        self.hold(at, cause, stop=stop, since=since)

    def spoil(self, ask: Ask, cause: str, since: int) -> bool:
        """The question is void or forfeited; whether the check may only be stopped."""
        national = self.settings.interrupted_question.value == "forfeit"
        stop = not national and self.voids >= self.settings.voids_replaced
        item = None if national or stop else self.take_spare(ask)
        self.voids += 1
        self.answer(since, "void" if stop or item else "forfeit")
        near = self.chord is not None and 0 <= since - self.chord[1] <= 2_000_000
        named = self.chord[0] if self.chord and near else None
        self.line("Voided", since, *ask.tag, cause, self.voids, named, str(item) if item else None)
        if not stop:
            self.done_with_first()
        if item is not None:
            place = len(self.todo) if self.form.ask_again_last else 0
            self.todo.insert(place, Ask(ask.number, ask.showing + 1, item, False))
            self.phase = "pause"
        return stop

    def take_spare(self, ask: Ask) -> Item | None:
        """The spare that replaces it."""
        if self.form.ask_again_last:
            return ask.item
        for spare in self.spares:
            if spare.factor1 == ask.item.factor1:
                self.spares.remove(spare)
                return spare
        return None

    def screen(self) -> Line:
        """What the pupil sees, without its countdown."""
        if self.ended:
            return ("ended", self.ended)
        if self.held:
            return ("held", *self.held)
        ask = self.asked
        if ask is None:
            return ("page", self.todo[0])
        if self.phase == "pause":
            return ("pause", ask.number, ask.practice, self.wait is not None)
        return ("question", *ask.tag, ask.practice, str(ask.item), self.phase == "asking", self.typed)

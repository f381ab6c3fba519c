"""The machine against a plain second telling of its rules, under any events whatever.

Steered so that many checks come to their end: coarse rules take whole steps as a pupil, a teacher and a disk would;
fine rules put single events at the boundaries of what comes due next, a microsecond before, at, and after.
"""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause, Device, Event, Source
from mtc_kiosk.check.facts import (
    Answered,
    AnsweredBy,
    Fact,
    Finished,
    Ignored,
    Outcome,
    event_of,
)
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.machine import handle
from mtc_kiosk.check.projection import view, wake_at
from mtc_kiosk.check.replay import counting_answers, replay
from mtc_kiosk.check.script import Asking, Pause, Reading
from mtc_kiosk.check.settings import SECOND, Settings

from .anything import BOUNDARY, CAUSES, DEVICES, FORMS, KEYS, RULES_OF_THE_CHECK, STEP
from .plain import Plain
from .plain_handling import handle as handle_plainly
from .profile import WHOLE_CHECKS
from .robot import Robot
from .telling import line_of, screen_of


class AnyCheck(RuleBasedStateMachine):
    """Any check, any events; what always holds is asserted after each."""

    @initialize(form=FORMS, settings=RULES_OF_THE_CHECK)
    def sit_down(self, form: Form, settings: Settings) -> None:
        """A pupil begins."""
        self.robot = Robot(settings, form)
        self.plain = Plain(form, settings)
        self.moments = [self.robot.machine]
        assert [line_of(fact) for fact in self.robot.journal] == self.plain.lines

    def tell(self, event: Event) -> None:
        """Both hear the event, and must say the same."""
        before = self.robot.machine
        said = self.robot.hear(event)
        assert [line_of(fact) for fact in said] == handle_plainly(self.plain, event)
        assert self.robot.machine.at >= before.at
        if not said:
            assert self.robot.machine == before
        else:
            self.moments.append(self.robot.machine)
            assert event_of(said[0]) is not None
            assert sum(isinstance(fact, Answered) for fact in said) <= 1

    def when(self, boundary: int | None, step: int) -> int:
        """A moment for an event: near what comes due next, or some way on from the last event."""
        wake = wake_at(self.robot.machine, self.robot.now)
        if boundary is None or wake is None:
            return max(0, self.robot.now + step)
        return wake + boundary

    # Coarse: a whole step.

    @rule(steps=st.integers(1, 8))
    def lives_on(self, steps: int) -> None:
        """Some steps as they would go by themselves."""
        for _ in range(steps):
            self.goes_on()

    def goes_on(self) -> None:
        """The next thing that would happen by itself, or that a willing teacher, disk or pupil would do."""
        machine, now = self.robot.machine, self.robot.now
        if machine.held is not None:
            self.tell(events.Released(now))
        elif machine.unsaved is not None:
            self.tell(events.Saved(now, *machine.unsaved, 5))
        elif isinstance(machine.step, Asking) and machine.shown is None:
            self.tell(events.Shown(now))
        elif (wake := wake_at(machine, now)) is not None and not self.waits_for_next():
            self.tell(events.Woke(wake))
        elif isinstance(machine.step, Asking):  # without a limit
            self.tell(events.KeyPressed(now, "Enter", Source.KEYBOARD))
        else:
            self.tell(events.Next(now + 2 * SECOND, Source.MOUSE))

    @rule(kind=st.sampled_from([Asking, Asking, Reading, Pause]))
    def comes_to(self, kind: type[Asking | Reading | Pause]) -> None:
        """As it would go by itself, until the next such step of the check; a question has been shown."""
        self.goes_on()
        for _ in range(30):
            question = self.robot.machine.question
            there = isinstance(self.robot.step, kind) and question is not None and not question.practice
            if there and (kind is not Asking or self.robot.machine.shown is not None):
                return
            self.goes_on()

    @rule(digits=st.text("0123456789", min_size=1, max_size=6))
    def answers(self, digits: str) -> None:
        """A pupil types and presses Enter."""
        self.goes_on()
        for name in (*digits, "Enter"):
            self.tell(events.KeyPressed(self.robot.now + 100_000, name, Source.KEYBOARD))

    @rule(names=st.lists(KEYS, min_size=2, max_size=9), gap=st.sampled_from([0, 1_000, 700_000]), doubted=st.booleans())
    def types(self, names: list[str], gap: int, doubted: bool) -> None:
        """A pupil presses many keys in a question."""
        self.comes_to(Asking)
        for name in names:
            self.tell(events.KeyPressed(self.robot.now + gap, name, Source.KEYBOARD, doubted))

    @rule(before=st.sampled_from([0, SECOND, 2 * SECOND, 2 * SECOND + 1]), cause=CAUSES)
    def presses_a_chord_and_something_breaks(self, before: int, cause: Cause) -> None:
        """Perhaps because of it."""
        self.comes_to(Asking)
        self.tell(events.KeyPressed(self.robot.now, "Win+D", Source.KEYBOARD))
        self.tell(events.Failed(self.robot.now + before, cause, self.robot.now + before))

    @rule(
        kind=st.sampled_from([Asking, Reading]),
        devices=st.tuples(DEVICES, DEVICES),
        early=st.sampled_from([1, 300_000, 999_999]),
        late=st.sampled_from([-1, 0, 1, 100_000]),
        name=KEYS,
    )
    def is_away_at_the_end(
        self, kind: type[Asking | Reading], devices: tuple[Device, Device], early: int, late: int, name: str
    ) -> None:
        """The focus is away as a step's time runs out, a key is pressed then, and perhaps a second device goes."""
        self.comes_to(kind)
        machine = self.robot.machine
        if machine.held is not None or not isinstance(machine.step, Asking | Reading) or machine.step.lasts is None:
            return
        over = (machine.began if machine.shown is None else machine.shown) + machine.step.lasts
        self.tell(events.Lost(over - early, devices[0]))
        self.tell(events.KeyPressed(over + late, name, Source.TOUCH))
        self.tell(events.Lost(self.robot.now, devices[1]))
        self.tell(events.Found(self.robot.now, devices[0]))

    @rule(device=DEVICES, gone=st.sampled_from([1, 500_000, 999_999, SECOND, SECOND + 1]))
    def goes_away_and_comes_back(self, device: Device, gone: int) -> None:
        """The focus or a device is away for a while."""
        now = self.robot.now
        self.tell(events.Lost(now, device))
        self.tell(events.Found(now + gone, device))

    def waits_for_next(self) -> bool:
        """Whether only the pupil ends the present pause."""
        step = self.robot.step
        return isinstance(step, Pause) and step.lasts is None and self.robot.machine.waiting_since is None

    # Fine: one event.

    @rule(boundary=BOUNDARY, step=STEP)
    def wakes(self, boundary: int | None, step: int) -> None:
        """The loop wakes."""
        self.tell(events.Woke(self.when(boundary, step)))

    @rule(boundary=BOUNDARY, step=STEP, name=KEYS, source=st.sampled_from(list(Source)), stall=st.booleans())
    def presses(self, boundary: int | None, step: int, name: str, source: Source, stall: bool) -> None:
        """A key goes down."""
        self.tell(events.KeyPressed(self.when(boundary, step), name, source, stall))

    @rule(boundary=BOUNDARY, step=STEP)
    def presses_next(self, boundary: int | None, step: int) -> None:
        """The button of the page."""
        self.tell(events.Next(self.when(boundary, step), Source.TOUCH))

    @rule(step=STEP)
    def flips(self, step: int) -> None:
        """A picture is shown."""
        self.tell(events.Shown(max(0, self.robot.now + step)))

    @rule(boundary=BOUNDARY, step=STEP, number=st.integers(1, 3), showing=st.integers(1, 2))
    def saves_something(self, boundary: int | None, step: int, number: int, showing: int) -> None:
        """Word from the disk, of whichever answer."""
        self.tell(events.Saved(self.when(boundary, step), number, showing, 9))

    @precondition(lambda self: self.robot.machine.unsaved is not None)
    @rule(boundary=BOUNDARY, step=STEP)
    def saves(self, boundary: int | None, step: int) -> None:
        """Word from the disk, of the answer that is waited for."""
        assert self.robot.machine.unsaved is not None
        self.tell(events.Saved(self.when(boundary, step), *self.robot.machine.unsaved, 9))

    @rule(boundary=BOUNDARY, step=STEP, device=DEVICES, back=st.booleans())
    def loses_or_finds(self, boundary: int | None, step: int, device: Device, back: bool) -> None:
        """The focus or a device goes, or comes back."""
        event = events.Found if back else events.Lost
        self.tell(event(self.when(boundary, step), device))

    @rule(boundary=BOUNDARY, step=STEP, cause=CAUSES, before=st.sampled_from([0, 1, SECOND, 10 * SECOND, -SECOND]))
    def breaks(self, boundary: int | None, step: int, cause: Cause, before: int) -> None:
        """Something fails, and was broken for a while."""
        at = self.when(boundary, step)
        self.tell(events.Failed(at, cause, at - before))

    @rule(step=STEP)
    def a_new_run_begins(self, step: int) -> None:
        """The program or the PC stopped."""
        self.tell(events.Resumed(max(0, self.robot.now + step), None, "2027-06-07T09:05:00.000Z", 5))

    @rule(boundary=BOUNDARY, step=STEP, act=st.sampled_from(["hold", "hold", "release", "release", "aside"]))
    def a_teacher_acts(self, boundary: int | None, step: int, act: str) -> None:
        """Whether or not the check is held."""
        at = self.when(boundary, step)
        match act:
            case "hold":
                self.tell(events.HoldAsked(at, Cause.STAFF))
            case "release":
                self.tell(events.Released(at))
            case _:
                self.tell(events.SetAside(at))

    @precondition(lambda self: len(self.moments) > 30)
    @rule(minutes=st.sampled_from([29, 31]))
    def time_goes_by(self, minutes: int) -> None:
        """Nobody touches anything for long."""
        self.tell(events.Woke(self.robot.now + minutes * 60 * SECOND))

    @precondition(lambda self: len(self.moments) > 30)
    @rule()
    def a_teacher_stops_it(self) -> None:
        """The end, if it is held."""
        self.tell(events.Stopped(self.robot.now))

    @rule(boundary=BOUNDARY, step=STEP)
    def the_pupil_says_that_it_is_not_their_check(self, boundary: int | None, step: int) -> None:
        """Before the first question that ends it; later it is nothing."""
        self.tell(events.BackedOut(self.when(boundary, step), Source.MOUSE))

    @rule()
    def the_wall_clock_steps(self) -> None:
        """It decides nothing."""
        self.tell(events.Noted(self.robot.now, "wall_clock_stepped", "1 ms"))

    @rule(cut=st.booleans(), step=STEP)
    def a_sound_is_told(self, cut: bool, step: int) -> None:
        """What was played is kept, and decides nothing."""
        at = max(0, self.robot.now + step)
        self.tell(events.SoundEnded(at, "digit-5", cut=True) if cut else events.SoundBegan(at, "digit-5", 400_000))

    # What always holds.

    @invariant()
    def the_screen_is_the_same(self) -> None:
        """And there is always a view."""
        for later in (0, 1, SECOND, 3600 * SECOND):
            assert screen_of(view(self.robot.machine, self.robot.now + later)) == self.plain.screen()

    @invariant()
    def the_loop_is_never_busy(self) -> None:
        """What is due has happened; to wake when asked always moves something on."""
        machine = self.robot.machine
        wake = wake_at(machine, machine.at)
        if wake is None:
            return
        assert wake > machine.at
        awake, _ = handle(machine, events.Woke(wake))
        after = wake_at(awake, wake)
        assert after is None or after > wake

    @invariant()
    def at_most_one_answer_counts_for_each_number(self) -> None:
        """In order, unless spoilt questions come again at the end; and none after the end."""
        journal = self.robot.journal
        counting = [fact.number for fact in journal if isinstance(fact, Answered) and fact.by is not AnsweredBy.VOID]
        assert len(counting) == len(set(counting))
        if not self.robot.form.ask_again_last:
            assert counting == list(range(1, len(counting) + 1))
        if self.robot.machine.outcome is Outcome.COMPLETE:
            assert [a.number for a in counting_answers(journal)] == list(range(1, len(self.robot.form.items) + 1))
        finished = [n for n, fact in enumerate(journal) if isinstance(fact, Finished)]
        assert finished == ([] if self.robot.machine.outcome is None else [len(journal) - 1])

    @invariant()
    def no_answer_takes_longer_than_its_time(self) -> None:
        """Nor is longer than five digits."""
        lasts = self.robot.settings.timings.question
        for answered in self.robot.every(Answered):
            assert len(answered.response) <= 5
            assert answered.response == "" or (answered.response.isascii() and answered.response.isdigit())
            match answered.by:
                case AnsweredBy.ENTER:
                    assert answered.shown_us is not None
                    assert answered.response != "" or lasts is None
                    assert answered.shown_us <= answered.at
                    assert lasts is None or answered.at < answered.shown_us + lasts
                case AnsweredBy.TIMEOUT:
                    assert answered.shown_us is not None
                    assert lasts is not None
                    assert answered.at == answered.shown_us + lasts
                case AnsweredBy.FORFEIT:
                    assert answered.response == ""
                case AnsweredBy.VOID:
                    pass

    @invariant()
    def no_question_begins_with_an_answer_unsaved(self) -> None:
        """Nothing is asked while the answer before it may be lost."""
        machine = self.robot.machine
        asked = isinstance(machine.step, Asking) and machine.held is None and machine.outcome is None
        if asked and not self.robot.question.practice:
            assert machine.unsaved is None

    @invariant()
    def the_doubt_is_of_keys_that_acted(self) -> None:
        """An ignored key leaves no mark on an answer."""
        if self.robot.journal and isinstance(self.robot.journal[-1], Ignored):
            assert self.robot.machine.stalled == self.moments[-2].stalled or len(self.robot.turns[-1]) > 1

    def teardown(self) -> None:
        """The journal gives the machine of every moment once more."""
        if not hasattr(self, "robot"):
            return
        robot = self.robot
        journal: tuple[Fact, ...] = ()
        picked = {0, len(self.moments) // 3, len(self.moments) // 2, len(self.moments) - 2, len(self.moments) - 1}
        for n, (turn, machine) in enumerate(zip(robot.turns, self.moments, strict=True)):
            journal += turn
            if n in picked:
                replayed = replay(robot.form, robot.settings, journal)
                assert replayed.machine == machine
                assert replayed.missing == ()


TestAnyCheck = AnyCheck.TestCase
TestAnyCheck.settings = WHOLE_CHECKS

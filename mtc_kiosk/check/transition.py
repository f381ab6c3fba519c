"""One transition of the machine: collects the changes and facts that one event causes."""

from collections.abc import Callable
from typing import Any

from mtc_kiosk.check import facts
from mtc_kiosk.check.arrangements import Clips
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import AnsweredBy, Outcome
from mtc_kiosk.check.script import Asking, Done, Intro, Pause, Reading
from mtc_kiosk.check.state import Held, Machine, Talk, cut_in


class Transition:
    """Collects what one event changes. Moves that several events share are here, each once."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.facts: list[facts.Fact] = []

    def emit(self, fact: facts.Fact) -> None:
        """Add a fact to this transition."""
        self.facts.append(fact)

    def change(self, **changes: Any) -> None:
        """Give the machine new values. To prove a check takes 600 changes, and ``replace`` takes twice as long."""
        self.machine = Machine(**{**vars(self.machine), **changes})

    def begin_step(self, at: int) -> None:
        """Begin the step under the cursor; at the last step the attempt is complete."""
        step = self.machine.step
        fresh = {"shown": None, "alerted": False, "waiting_since": None, "typed": "", "digit_typed": False}
        self.change(began=at, stalled=False, **fresh)
        match step:
            case Intro(page):
                self.emit(facts.StepBegan(at, facts.StepName.INTRO, page=page))
            case Done():
                self.emit(facts.StepBegan(at, facts.StepName.DONE))
                self.finish(at, Outcome.COMPLETE)
            case _:
                q = step.question
                self.emit(facts.StepBegan(at, _NAMES[type(step)], None, *q.place))
                self._begin_talk(step, at)
                if isinstance(step, Pause) and not q.practice and self.machine.first_pause is None:
                    self.change(first_pause=at)

    def _begin_talk(self, step: Pause | Reading | Asking, at: int) -> None:
        """Start a step's speech. Since rules 2 a pause's number waits for a digit being spoken; a question does not."""
        settings, talk = self.machine.settings, self.machine.talk
        match step:
            case Pause(_, _, speech) if settings.rules == 1:
                self.change(talk=cut_in(at, speech))
            case Pause(_, _, speech) if settings.arrangements.clips is not None:
                self.change(talk=talk.say(at, speech))
            case Reading(_, lasts):
                self.change(talk=cut_in(at, lasts - settings.timings.reading_margin))
            case _:
                pass

    def talk(self, at: int, length: Callable[[Clips], int]) -> None:
        """With the audio version, speak a recording of this length as soon as the one that is playing ends."""
        clips = self.machine.settings.arrangements.clips
        lasts = length(clips) if clips is not None else 0
        if lasts:
            self.change(talk=self.machine.talk.say(at, lasts))

    def next_step(self, at: int) -> None:
        """Move the cursor on; a hold that waited for the question to end takes effect here."""
        self.change(cursor=self.machine.cursor + 1)
        cause = self.machine.hold_asked
        if cause is None or isinstance(self.machine.step, Done | Asking):
            self.begin_step(at)
        else:
            self.hold(at, cause, only_stop=False, since=at)

    def answer(self, at: int, by: AnsweredBy) -> None:
        """End the open showing with what was typed (a forfeit: blank). Practice leaves no answer."""
        step, machine = self.machine.step, self.machine
        if not isinstance(step, Asking | Reading) or step.question.practice:
            return
        q = step.question
        self.emit(
            facts.Answered(
                at=at,
                number=q.number,
                showing=q.showing,
                factor1=q.item.factor1,
                factor2=q.item.factor2,
                response="" if by is AnsweredBy.FORFEIT else machine.typed,
                shown_us=machine.shown,
                by=by,
                stall=machine.stalled,
            )
        )
        self.change(unsaved=(q.number, q.showing))

    def hold(self, at: int, cause: Cause, only_stop: bool, since: int) -> None:
        """Hold the check as of ``since``; its step begins again when staff release it."""
        self.emit(facts.Held(at, cause, only_stop))
        self.change(held=Held(cause, since, only_stop), hold_asked=None, talk=Talk())

    def finish(self, at: int, outcome: Outcome) -> None:
        """End the attempt."""
        self.emit(facts.Finished(at, outcome))
        self.change(outcome=outcome, held=None)


_NAMES = {Pause: facts.StepName.PAUSE, Reading: facts.StepName.READING, Asking: facts.StepName.ASKING}

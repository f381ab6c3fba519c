"""The machine: a cursor on the script, moved by stamped events. How a check works, in one view:

::

    form + settings --script.build--> Intro .. Pause Asking Pause Asking .. Done     the script: a tuple of steps
                                            ^
                                            cursor                                   state.Machine: cursor, times, typed
    event --handle--> 1. stamp it no earlier than the event before
                      2. expiry.advance: each deadline that has passed takes effect, at its own time
                      3. the event itself: keypress.press, a page's button, a device, staff, a failure
                      4. the new machine, and the facts that the journal keeps
    facts --replay--> the same machine again                                         record.proof, after a power cut
    machine --projection--> what the pupil sees (view) and when to wake up (wake_at)

``begin`` makes a machine; ``handle`` returns the next one and its facts, and leaves the old one as it was. A
``Transition`` collects both. Everything that access arrangements change is in the script and the look; no rule below
asks for one by name. The rules:

1. A machine never reads a clock. Each event carries its time, so a journal replays to the same machine.
   ``settings.rules`` numbers the behaviour; old journals keep the old behaviour.
2. Times are int microseconds since the attempt began. After a restart of the program (``Resumed``) they go on from the
   last one in the journal. The wall clock is recorded and never limits anything.
3. A question's 6 seconds start at the screen flip that first shows the sum: the event ``Shown``.
4. A deadline takes effect at its own time, before any later event. A key exactly at the deadline is late. If the loop
   was late and cannot know when a key was pressed, the key counts and its answer is marked ``stall``.
5. A key counts when it goes down. Before ``Shown`` it is ignored, except a first digit during ``Reading``.
6. Only a failure voids a question: the loop stalled, the program or PC stopped, the focus, display or keyboard was away
   for a second, the journal failed, the audio version lost its sound. Void the question open when it began, and hold
   the check until staff release it, set it aside or stop it. A page, pause or practice just starts again.
7. A void question is replaced by a spare of the same table, with the same number and the next ``showing``. At the
   fourth (a setting) the check can only be stopped; without a spare the question is forfeited: it counts, blank.
8. A hold that staff ask for, and the end of the 30 minutes, wait for the open question to end.
9. Every question that ended has exactly one answer that counts.
10. Practice runs on the same machine. Its keys are marked as practice and give no answers.
"""

from dataclasses import replace

from mtc_kiosk.check import facts
from mtc_kiosk.check.events import (
    BackedOut,
    Cause,
    Event,
    Failed,
    Found,
    HoldAsked,
    KeyPressed,
    LookChosen,
    Lost,
    Next,
    Noted,
    Released,
    Resumed,
    Saved,
    SetAside,
    Shown,
    SoundBegan,
    SoundEnded,
    Stopped,
    Woke,
)
from mtc_kiosk.check.expiry import advance
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.keypress import press
from mtc_kiosk.check.script import Asking, Intro, Pause, Reading, build
from mtc_kiosk.check.settings import RULES, Settings
from mtc_kiosk.check.state import Away, Held, Machine
from mtc_kiosk.check.transition import Transition
from mtc_kiosk.check.void import fail


class UnknownRules(ValueError):
    """A journal was written by a newer program than this one."""


def begin(form: Form, settings: Settings, began: facts.Began) -> tuple[Machine, tuple[facts.Fact, ...]]:
    """Begin a check: a machine on its first page, and the first facts."""
    if not 1 <= settings.rules <= RULES:
        raise UnknownRules(f"This check was taken under rules {settings.rules}; this program knows rules 1 to {RULES}.")
    machine = Machine(
        settings=settings,
        script=build(form, settings.timings, settings.arrangements, settings.practice),
        spares=form.spares,
        ask_again_last=form.ask_again_last,
        at=began.at,
    )
    transition = Transition(machine)
    transition.emit(began)
    transition.begin_step(began.at)
    return transition.machine, tuple(transition.facts)


def handle(machine: Machine, event: Event) -> tuple[Machine, tuple[facts.Fact, ...]]:
    """Handle an event: the next machine, and what happened.

    An event stamped before the last one counts as of the last one. After the end of the attempt, events are ignored:
    its record is sealed.
    """
    if machine.outcome is not None:
        return machine, ()
    event = _in_order(machine, event)
    transition = Transition(machine)
    ran_until = _clock_ran_until(machine, event)
    advance(transition, ran_until)
    if transition.machine.outcome is not None:
        transition.change(at=ran_until)
        return transition.machine, tuple(transition.facts)
    _take(transition, event)
    # Enter may end a question after the whole check's time, and a deadline that waited for a device may be due.
    advance(transition, event.at)
    if not transition.facts:
        # Without a fact there is no change either, so that a replay of the journal gives this very machine.
        return machine, ()
    transition.change(at=event.at)
    return transition.machine, tuple(transition.facts)


def _in_order(machine: Machine, event: Event) -> Event:
    """Stamp the event no earlier than the one before it; a failure began no earlier than that either."""
    at = max(event.at, machine.at)
    if isinstance(event, Failed):
        return replace(event, at=at, since_us=min(max(event.since_us, machine.at), at))
    return event if at == event.at else replace(event, at=at)


def _clock_ran_until(machine: Machine, event: Event) -> int:
    """When the machine's clock stopped: no deadline falls between a failure and the moment it was noticed."""
    match event:
        case Failed(since_us=since):
            return since
        case Resumed():
            return machine.at
        case _:
            return event.at


def _take(transition: Transition, event: Event) -> None:
    match event:
        case KeyPressed():
            press(transition, event)
        case Shown():
            _shown(transition, event)
        case Next() | BackedOut():
            _button(transition, event)
        case Saved():
            _saved(transition, event)
        case Lost() | Found():
            _device(transition, event)
        case Failed(at, cause, since):
            transition.emit(event)
            if transition.machine.held is None:
                fail(transition, cause, since, at)
        case Woke():
            pass
        case SoundBegan() | SoundEnded() | LookChosen() | Noted():
            transition.emit(event)
        case _:
            _staff(transition, event)


def _shown(transition: Transition, event: Shown) -> None:
    step, machine = transition.machine.step, transition.machine
    if not isinstance(step, Asking) or machine.shown is not None or machine.held is not None:
        return
    q = step.question
    transition.emit(facts.Shown(event.at, q.number, q.showing, q.item.factor1, q.item.factor2, q.practice))
    transition.change(shown=event.at)


def _button(transition: Transition, event: Next | BackedOut) -> None:
    machine = transition.machine
    if machine.held is not None or machine.away:
        return
    if isinstance(event, Next):
        _next(transition, event)
    elif machine.may_back_out:
        transition.emit(event)
        transition.finish(event.at, facts.Outcome.STOPPED)


def _next(transition: Transition, event: Next) -> None:
    machine = transition.machine
    match machine.step:
        case Intro(page):
            transition.emit(facts.NextPressed(event.at, event.source, page, number=None))
            transition.next_step(event.at)
        case Pause(question, lasts=None, next_after=next_after) if event.at >= machine.began + next_after:
            if machine.waiting_since is not None:
                return
            transition.emit(facts.NextPressed(event.at, event.source, page=None, number=question.number))
            if machine.unsaved is None:
                transition.next_step(event.at)
            else:
                transition.emit(facts.SlowDisk(event.at, *machine.unsaved, late_us=0))
                transition.change(waiting_since=event.at)


def _saved(transition: Transition, event: Saved) -> None:
    transition.emit(event)
    if transition.machine.unsaved == (event.number, event.showing):
        transition.change(unsaved=None, saved=event.at)


def _device(transition: Transition, event: Lost | Found) -> None:
    others = tuple(away for away in transition.machine.away if away.device != event.device)
    if isinstance(event, Lost):
        if len(others) < len(transition.machine.away):
            return
        transition.emit(event)
        transition.change(away=(*others, Away(event.device, event.at)))
    elif len(others) < len(transition.machine.away):
        transition.emit(event)
        transition.change(away=others)


def _staff(transition: Transition, event: HoldAsked | Released | SetAside | Stopped | Resumed) -> None:
    held = transition.machine.held
    match event:
        case HoldAsked(at, cause) if held is None:
            transition.emit(event)
            if isinstance(transition.machine.step, Asking | Reading):
                transition.change(hold_asked=cause)
            else:
                transition.hold(at, cause, only_stop=False, since=at)
        case Released(at) if held is not None and not held.only_stop:
            transition.emit(event)
            _release(transition, held, at)
        case SetAside() if held is not None:
            transition.emit(event)
        case Stopped(at) if held is not None:
            transition.emit(event)
            transition.finish(at, facts.Outcome.STOPPED)
        case Resumed(at):
            transition.emit(event)
            transition.change(away=(), unsaved=None)
            if held is None:
                fail(transition, Cause.UNKNOWN, since=transition.machine.at, at=at)


def _release(transition: Transition, held: Held, at: int) -> None:
    machine = transition.machine
    still_away = tuple(Away(away.device, at) for away in machine.away)
    counted = at - held.at if machine.first_pause is not None else 0
    transition.change(held=None, away=still_away, held_us=machine.held_us + counted)
    transition.begin_step(at)

"""The machine: a cursor on the script, moved by stamped events.

``begin`` makes one, ``handle`` hands it an event and gives back the next machine and the facts that follow, in the
order the journal keeps them. It is a value: the machine handed in stays as it was. It knows no clock; ``sight.wake_at``
says when it wants to be woken, and a deadline that has passed fires at its own time, before the event in hand.
"""

from dataclasses import replace

from mtc_kiosk.check import facts
from mtc_kiosk.check.deadline import Deadline, Due, due
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
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.keypress import press
from mtc_kiosk.check.script import Asking, Intro, Pause, Reading, build
from mtc_kiosk.check.settings import RULES, Settings
from mtc_kiosk.check.state import Away, Held, Machine
from mtc_kiosk.check.turn import Transition
from mtc_kiosk.check.void import void


class UnknownRules(ValueError):
    """A journal was written by a newer program than this one."""


def begin(form: Form, settings: Settings, began: facts.Began) -> tuple[Machine, tuple[facts.Fact, ...]]:
    """A machine on the first page of a check, and the facts of its beginning."""
    if not 1 <= settings.rules <= RULES:
        raise UnknownRules(f"This check was taken under rules {settings.rules}; this program knows rules 1 to {RULES}.")
    machine = Machine(
        settings=settings,
        script=build(form, settings.timings, settings.arrangements, settings.practice),
        spares=form.spares,
        ask_again_last=form.ask_again_last,
        at=began.at,
    )
    turn = Transition(machine)
    turn.emit(began)
    turn.begin_step(began.at)
    return turn.machine, tuple(turn.facts)


def handle(machine: Machine, event: Event) -> tuple[Machine, tuple[facts.Fact, ...]]:
    """The machine after an event, and what happened. An event stamped before the last one counts as of that one.

    After the end nothing is heard: the record of the check is sealed.
    """
    if machine.outcome is not None:
        return machine, ()
    event = _in_order(machine, event)
    turn = Transition(machine)
    ran_until = _clock_ran_until(machine, event)
    _advance(turn, ran_until)
    if turn.machine.outcome is not None:
        turn.change(at=ran_until)
        return turn.machine, tuple(turn.facts)
    _take(turn, event)
    # Enter may end a question after the whole check's time, and what waited for a device comes due when it is back.
    _advance(turn, event.at)
    if not turn.facts:
        # What leaves no fact leaves no trace, so that a replay of the journal gives this very machine.
        return machine, ()
    turn.change(at=event.at)
    return turn.machine, tuple(turn.facts)


def _in_order(machine: Machine, event: Event) -> Event:
    """The event, stamped no earlier than the one before; nothing broke before what was heard after it."""
    at = max(event.at, machine.at)
    if isinstance(event, Failed):
        return replace(event, at=at, since=min(max(event.since, machine.at), at))
    return replace(event, at=at)


def _clock_ran_until(machine: Machine, event: Event) -> int:
    """What broke stopped the clock: a deadline between then and now never came."""
    match event:
        case Failed(since=since):
            return since
        case Resumed():
            return machine.at
        case _:
            return event.at


def _advance(turn: Transition, now: int) -> None:
    while turn.machine.outcome is None:
        coming = due(turn.machine)
        if coming is None or coming.at > now:
            return
        _fire(turn, coming, late=now - coming.at)


def _fire(turn: Transition, coming: Deadline, late: int) -> None:
    at, step = coming.at, turn.machine.step
    match coming.what, step:
        case Due.AWAY, _:
            device = turn.machine.away[0].device
            turn.emit(facts.AwayTooLong(at, device, late))
            _fail(turn, Cause(device.value), since=turn.machine.away[0].since, at=at)
        case Due.TIME_UP, _:
            turn.emit(facts.TimeUp(at, late))
            turn.finish(at, facts.Outcome.OUT_OF_TIME)
        case Due.ALERT, Asking(question):
            turn.emit(facts.Alerted(at, question.number, question.showing, question.practice, late))
            turn.change(alerted=True)
        case Due.TIME_OUT, Asking(question):
            turn.emit(facts.TimedOut(at, question.number, question.showing, question.practice, late))
            turn.answer(at, facts.AnsweredBy.TIMEOUT)
            turn.next_step(at)
        case Due.READ, Reading(question):
            turn.emit(facts.ReadingEnded(at, question.number, question.showing, question.practice, late))
            turn.next_step(at)
        case Due.PAUSE_OVER, Pause(question):
            since = turn.machine.waiting_since
            waited = at - since if since is not None else 0
            turn.emit(facts.PauseEnded(at, question.number, question.showing, question.practice, late, waited))
            turn.next_step(_read_from(turn, at, late))
        case Due.SLOW_DISK, _:
            unsaved = turn.machine.unsaved
            assert unsaved is not None, "a pause waits only for an answer"
            turn.emit(facts.SlowDisk(at, *unsaved, late))
            turn.change(waiting_since=at)
        case _:
            turn.emit(facts.DiskTooSlow(at, late))
            _fail(turn, Cause.SLOW_DISK, since=at, at=at)


def _read_from(turn: Transition, at: int, late: int) -> int:
    """When the step behind a pause begins. A question is read out from when the loop acts on it, since rules 2.

    Were the reading counted from the pause's own end, a loop that was late would show the sum, and start the clock,
    while the question is still being said.
    """
    follows = turn.machine.script[turn.machine.cursor + 1]
    return at + late if isinstance(follows, Reading) and turn.machine.settings.rules > 1 else at


def _take(turn: Transition, event: Event) -> None:
    match event:
        case KeyPressed():
            press(turn, event)
        case Shown():
            _shown(turn, event)
        case Next() | BackedOut():
            _button(turn, event)
        case Saved():
            _saved(turn, event)
        case Lost() | Found():
            _device(turn, event)
        case Failed(at, cause, since):
            turn.emit(facts.Failed(at, cause, since))
            if turn.machine.held is None:
                _fail(turn, cause, since, at)
        case Woke():
            pass
        case SoundBegan() | SoundEnded() | LookChosen() | Noted():
            _record(turn, event)
        case _:
            _staff(turn, event)


def _record(turn: Transition, event: SoundBegan | SoundEnded | LookChosen | Noted) -> None:
    """Keep what changes nothing."""
    match event:
        case SoundBegan(at, sound, lasts):
            turn.emit(facts.SoundBegan(at, sound, lasts))
        case SoundEnded(at, sound, cut):
            turn.emit(facts.SoundEnded(at, sound, cut))
        case LookChosen(at, colours, size):
            turn.emit(facts.LookChosen(at, colours, size))
        case Noted(at, what, detail):
            turn.emit(facts.Noted(at, what, detail))


def _shown(turn: Transition, event: Shown) -> None:
    step, machine = turn.machine.step, turn.machine
    if not isinstance(step, Asking) or machine.shown is not None or machine.held is not None:
        return
    q = step.question
    turn.emit(facts.Shown(event.at, q.number, q.showing, q.item.factor1, q.item.factor2, q.practice))
    turn.change(shown=event.at)


def _button(turn: Transition, event: Next | BackedOut) -> None:
    machine = turn.machine
    if machine.held is not None or machine.away:
        return
    if isinstance(event, Next):
        _next(turn, event)
    elif machine.may_back_out:
        turn.emit(facts.BackedOut(event.at, event.source))
        turn.finish(event.at, facts.Outcome.STOPPED)


def _next(turn: Transition, event: Next) -> None:
    machine = turn.machine
    match machine.step:
        case Intro(page):
            turn.emit(facts.NextPressed(event.at, event.source, page, number=None))
            turn.next_step(event.at)
        case Pause(question, lasts=None, next_after=next_after) if event.at >= machine.began + next_after:
            if machine.waiting_since is not None:
                return
            turn.emit(facts.NextPressed(event.at, event.source, page=None, number=question.number))
            if machine.unsaved is None:
                turn.next_step(event.at)
            else:
                turn.emit(facts.SlowDisk(event.at, *machine.unsaved, late_us=0))
                turn.change(waiting_since=event.at)


def _saved(turn: Transition, event: Saved) -> None:
    turn.emit(facts.Saved(event.at, event.number, event.showing, event.after))
    if turn.machine.unsaved == (event.number, event.showing):
        turn.change(unsaved=None, saved=event.at)


def _device(turn: Transition, event: Lost | Found) -> None:
    others = tuple(away for away in turn.machine.away if away.device != event.device)
    if isinstance(event, Lost):
        if len(others) < len(turn.machine.away):
            return
        turn.emit(facts.Lost(event.at, event.device))
        turn.change(away=(*others, Away(event.device, event.at)))
    elif len(others) < len(turn.machine.away):
        turn.emit(facts.Found(event.at, event.device))
        turn.change(away=others)


def _fail(turn: Transition, cause: Cause, since: int, at: int) -> None:
    """What was open at ``since`` is void, and the check is held. Nothing else becomes void."""
    only_stop = void(turn, cause, since)
    turn.hold(at, cause, only_stop, since)


def _staff(turn: Transition, event: HoldAsked | Released | SetAside | Stopped | Resumed) -> None:
    held = turn.machine.held
    match event:
        case HoldAsked(at, cause) if held is None:
            turn.emit(facts.HoldAsked(at, cause))
            if isinstance(turn.machine.step, Asking | Reading):
                turn.change(hold_asked=cause)
            else:
                turn.hold(at, cause, only_stop=False, since=at)
        case Released(at) if held is not None and not held.only_stop:
            turn.emit(facts.Released(at))
            _release(turn, held, at)
        case SetAside(at) if held is not None:
            turn.emit(facts.SetAside(at))
        case Stopped(at) if held is not None:
            turn.emit(facts.Stopped(at))
            turn.finish(at, facts.Outcome.STOPPED)
        case Resumed(at, gap_ms, wall_anchor, clock_anchor_ns):
            turn.emit(facts.Resumed(at, gap_ms, wall_anchor, clock_anchor_ns))
            turn.change(away=(), unsaved=None)
            if held is None:
                _fail(turn, Cause.UNKNOWN, since=turn.machine.at, at=at)


def _release(turn: Transition, held: Held, at: int) -> None:
    machine = turn.machine
    still_away = tuple(Away(away.device, at) for away in machine.away)
    counted = at - held.at if machine.first_pause is not None else 0
    turn.change(held=None, away=still_away, held_us=machine.held_us + counted)
    turn.begin_step(at)

"""What happens when a deadline of the machine has passed. ``check.deadline`` says which one comes next."""

from mtc_kiosk.check import facts
from mtc_kiosk.check.deadline import Deadline, Due, due
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.script import Asking, Pause, Reading
from mtc_kiosk.check.transition import Transition
from mtc_kiosk.check.void import fail


def advance(transition: Transition, now: int) -> None:
    """Let every deadline up to ``now`` take effect, each at its own time and in order."""
    while transition.machine.outcome is None:
        coming = due(transition.machine)
        if coming is None or coming.at > now:
            return
        _fire(transition, coming, late=now - coming.at)


def _fire(transition: Transition, coming: Deadline, late: int) -> None:
    at, step = coming.at, transition.machine.step
    match coming.what, step:
        case Due.AWAY, _:
            device = transition.machine.away[0].device
            transition.emit(facts.AwayTooLong(at, device, late))
            fail(transition, Cause(device.value), since=transition.machine.away[0].since, at=at)
        case Due.TIME_UP, _:
            transition.emit(facts.TimeUp(at, late))
            transition.finish(at, facts.Outcome.OUT_OF_TIME)
        case Due.ALERT, Asking(question):
            transition.emit(facts.Alerted(at, *question.place, late))
            transition.change(alerted=True)
        case Due.TIME_OUT, Asking(question):
            transition.emit(facts.TimedOut(at, *question.place, late))
            transition.answer(at, facts.AnsweredBy.TIMEOUT)
            transition.next_step(at)
        case Due.READ, Reading(question):
            transition.emit(facts.ReadingEnded(at, *question.place, late))
            transition.next_step(at)
        case Due.PAUSE_OVER, Pause(question):
            since = transition.machine.waiting_since
            waited = at - since if since is not None else 0
            transition.emit(facts.PauseEnded(at, *question.place, late, waited))
            transition.next_step(_read_from(transition, at, late))
        case Due.SLOW_DISK, _:
            unsaved = transition.machine.unsaved
            assert unsaved is not None, "a pause waits only for an answer"
            transition.emit(facts.SlowDisk(at, *unsaved, late))
            transition.change(waiting_since=at)
        case _:
            transition.emit(facts.DiskTooSlow(at, late))
            fail(transition, Cause.SLOW_DISK, since=at, at=at)


def _read_from(transition: Transition, at: int, late: int) -> int:
    """When the step after a pause begins: since rules 2, a reading begins when the loop acts on the pause's end.

    Counted from the pause's own end, a late loop would show the sum and start the clock while the question is still
    spoken.
    """
    follows = transition.machine.script[transition.machine.cursor + 1]
    return at + late if isinstance(follows, Reading) and transition.machine.settings.rules > 1 else at

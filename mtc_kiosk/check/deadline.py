"""Which deadline of the machine comes next, and when. ``check.expiry`` acts on it."""

from dataclasses import dataclass
from enum import Enum, auto

from mtc_kiosk.check.script import Asking, Pause, Reading
from mtc_kiosk.check.state import Machine


class Due(Enum):
    """What may come due. Of two at the same time, the one listed first here goes first."""

    AWAY = auto()  # the focus or a device was away for a second
    TIME_UP = auto()  # the whole check's 30 minutes
    ALERT = auto()  # two seconds of a question are left, with the time alert
    TIME_OUT = auto()  # a question's 6 seconds
    READ = auto()  # the spoken question is over
    PAUSE_OVER = auto()
    SLOW_DISK = auto()  # a pause is over, but its answer is not on the disk
    DISK_TOO_SLOW = auto()


@dataclass(frozen=True)
class Deadline:
    """What comes due, and when."""

    at: int
    what: Due


def due(machine: Machine) -> Deadline | None:
    """The next deadline, or None if the machine is waiting for a person.

    While the focus or a device is away, every other deadline waits. If it is back within the second, each fires at its
    own time.
    """
    if machine.outcome is not None or machine.held is not None:
        return None
    deadlines = [deadline for deadline in (_time_up(machine), _of_step(machine)) if deadline is not None]
    coming = min(deadlines, key=lambda deadline: (deadline.at, deadline.what.value), default=None)
    if not machine.away:
        return coming
    # When two losses overlap, the later one may have begun after a deadline that was waiting for the earlier one.
    gone = machine.away[0].since
    if coming is not None and coming.at <= gone:
        return coming
    return Deadline(gone + machine.settings.timings.failure_after, Due.AWAY)


def _time_up(machine: Machine) -> Deadline | None:
    """The end of the whole check's time. It takes effect in a pause: a question that has begun may be finished."""
    if machine.first_pause is None or not isinstance(machine.step, Pause):
        return None
    limit = machine.first_pause + machine.settings.timings.whole_check + machine.held_us
    return Deadline(max(limit, machine.began), Due.TIME_UP)


def _of_step(machine: Machine) -> Deadline | None:
    match machine.step:
        case Pause() as pause:
            return _of_pause(machine, pause)
        case Reading(_, lasts):
            return Deadline(machine.began + lasts, Due.READ)
        case Asking(_, int(lasts), alert_left) if machine.shown is not None:
            if alert_left is not None and not machine.alerted:
                return Deadline(machine.shown + lasts - alert_left, Due.ALERT)
            return Deadline(machine.shown + lasts, Due.TIME_OUT)
        case _:
            return None


def _of_pause(machine: Machine, pause: Pause) -> Deadline | None:
    if machine.waiting_since is not None:
        if machine.unsaved is None:
            return Deadline(machine.saved, Due.PAUSE_OVER)
        return Deadline(machine.waiting_since + machine.settings.timings.slow_disk, Due.DISK_TOO_SLOW)
    if pause.lasts is None:
        return None
    over = max(machine.began + pause.lasts, machine.talk.over)
    return Deadline(over, Due.PAUSE_OVER if machine.unsaved is None else Due.SLOW_DISK)

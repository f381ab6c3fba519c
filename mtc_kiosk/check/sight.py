"""From the machine to what the pupil should see, and when that changes next."""

from mtc_kiosk.check.deadline import due
from mtc_kiosk.check.script import Asking, Done, Intro, Pause, Question, Reading
from mtc_kiosk.check.settings import SECOND
from mtc_kiosk.check.state import Machine
from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView, QuestionView, View


def view(machine: Machine, now: int) -> View:
    """What the pupil should see at ``now``."""
    if machine.outcome is not None:
        return EndedView(machine.outcome)
    if machine.held is not None:
        return HeldView(machine.held.cause, machine.held.only_stop)
    match machine.step:
        case Intro(page):
            seconds = _seconds_in_figures(machine.settings.timings.question)
            return PageView(page, len(machine.settings.practice), _total(machine, practice=False), seconds)
        case Pause(question, lasts, _, next_after):
            return PauseView(
                number=question.number,
                total=_total(machine, question.practice),
                practice=question.practice,
                next_button=lasts is None and now >= machine.began + next_after,
                saving=machine.waiting_since is not None,
            )
        case Reading(question):
            return _question_view(machine, question, machine.settings.timings.question, sum_shown=False)
        case Asking(question, lasts):
            ends = lasts if machine.shown is None else machine.shown + lasts - now
            return _question_view(machine, question, ends, sum_shown=True)
        case Done():
            raise AssertionError("A machine whose cursor is on Done has an outcome.")


def wake_at(machine: Machine, now: int) -> int | None:
    """When the loop should wake next, at the latest: a deadline, or a change of what is shown. None: no need."""
    coming = due(machine)
    times = [coming.at] if coming is not None else []
    if machine.held is None and machine.outcome is None:
        times += _changes(machine, now)
    return min(times, default=None)


def _changes(machine: Machine, now: int) -> list[int]:
    match machine.step:
        case Asking(_, lasts) if machine.shown is not None:
            left = machine.shown + lasts - now
            return [now + (left - 1) % SECOND + 1] if left > 0 else []
        case Pause(_, lasts=None, next_after=next_after) if now < machine.began + next_after:
            return [machine.began + next_after]
        case _:
            return []


def _question_view(machine: Machine, question: Question, left: int, *, sum_shown: bool) -> QuestionView:
    seconds = _whole_seconds(machine.settings.timings.question)
    return QuestionView(
        number=question.number,
        total=_total(machine, question.practice),
        practice=question.practice,
        showing=question.showing,
        factor1=question.item.factor1,
        factor2=question.item.factor2,
        sum_shown=sum_shown,
        typed=machine.typed,
        seconds_left=max(1, min(seconds, _whole_seconds(left))),
        seconds=seconds,
    )


def _seconds_in_figures(us: int) -> str:
    whole, rest = divmod(us, SECOND)
    return f"{whole}.{rest:06}".rstrip("0").rstrip(".")


def _whole_seconds(us: int) -> int:
    return -(-us // SECOND)


def _total(machine: Machine, practice: bool) -> int:
    if practice:
        return len(machine.settings.practice)
    return len({s.question.number for s in machine.script if isinstance(s, Asking) and not s.question.practice})

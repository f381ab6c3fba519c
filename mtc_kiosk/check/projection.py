"""From the machine's state to what the pupil should see, and when that changes next."""

from mtc_kiosk.check.deadline import due
from mtc_kiosk.check.script import Asking, Done, Intro, Page, Pause, Question, Reading
from mtc_kiosk.check.settings import SECOND
from mtc_kiosk.check.state import Machine
from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView, QuestionView, View

MINUTE = 60 * SECOND


def view(machine: Machine, now: int) -> View:
    """What the pupil should see at ``now``."""
    if machine.outcome is not None:
        return EndedView(machine.outcome)
    if machine.held is not None:
        return HeldView(machine.held.cause, machine.held.only_stop)
    match machine.step:
        case Intro(page):
            lasts = machine.settings.timings.question
            seconds = _seconds_in_figures(lasts) if lasts is not None else ""
            practised = machine.practised or page is not Page.PRACTICE_COMPLETE
            return PageView(page, len(machine.settings.practice), _total(machine, practice=False), seconds, practised)
        case Pause(question, lasts, _, next_after):
            return PauseView(
                number=question.number,
                total=_total(machine, question.practice),
                practice=question.practice,
                next_button=lasts is None and now >= machine.began + next_after,
                saving=machine.waiting_since is not None,
                minutes_left=_minutes_left(machine, now) if lasts is None else None,
            )
        case Reading(question):
            return _question_view(machine, question, machine.settings.timings.question, sum_shown=False)
        case Asking(question, lasts):
            shown_at = machine.shown if machine.shown is not None else now
            left = shown_at + lasts - now if lasts is not None else None
            return _question_view(machine, question, left, sum_shown=True)
        case Done():
            raise AssertionError("A machine whose cursor is on Done has an outcome.")


def wake_at(machine: Machine, now: int) -> int | None:
    """When the loop should wake next at the latest: for a deadline or a change of the view. None: for neither."""
    coming = due(machine)
    times = [coming.at] if coming is not None else []
    if machine.held is None and machine.outcome is None:
        times += _changes(machine, now)
    return min(times, default=None)


def _changes(machine: Machine, now: int) -> list[int]:
    match machine.step:
        case Asking(_, int(lasts)) if machine.shown is not None:
            left = machine.shown + lasts - now
            return [now + (left - 1) % SECOND + 1] if left > 0 else []
        case Pause(_, lasts=None, next_after=next_after):
            return [machine.began + next_after] if now < machine.began + next_after else _gentle(machine, now)
        case _:
            return []


def _time_left(machine: Machine, now: int) -> int | None:
    """The time left of the whole check, in a long pause; None in a short one and in practice."""
    timings = machine.settings.timings
    if machine.question is None or machine.question.practice or machine.first_pause is None:
        return None
    if now < machine.began + timings.gentle_after:
        return None
    return max(0, machine.first_pause + timings.whole_check + machine.held_us - now)


def _minutes_left(machine: Machine, now: int) -> int | None:
    left = _time_left(machine, now)
    return max(1, -(-left // MINUTE)) if left is not None else None


def _gentle(machine: Machine, now: int) -> list[int]:
    """When a long pause first shows the time left, and each whole minute after that."""
    left = _time_left(machine, now)
    if left is not None:
        return [now + (left - 1) % MINUTE + 1] if left > MINUTE else []
    gentle_at = machine.began + machine.settings.timings.gentle_after
    is_real = machine.question is not None and not machine.question.practice
    return [gentle_at] if is_real and now < gentle_at else []


def _question_view(machine: Machine, question: Question, left: int | None, *, sum_shown: bool) -> QuestionView:
    lasts = machine.settings.timings.question
    seconds = _whole_seconds(lasts) if lasts is not None else None
    has_speaker = machine.settings.arrangements.clips is not None
    return QuestionView(
        number=question.number,
        total=_total(machine, question.practice),
        practice=question.practice,
        showing=question.showing,
        factor1=question.item.factor1,
        factor2=question.item.factor2,
        sum_shown=sum_shown,
        typed=machine.typed,
        seconds_left=max(1, min(seconds, _whole_seconds(left))) if left is not None and seconds is not None else None,
        seconds=seconds,
        has_speaker=has_speaker,
        can_repeat=has_speaker and sum_shown and machine.may_repeat,
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

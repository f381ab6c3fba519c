"""Facts and views of the machine in the words of the plain telling."""

from typing import Any

from mtc_kiosk.check.facts import (
    Answered,
    Fact,
    Finished,
    Held,
    NextPressed,
    PauseEnded,
    Shown,
    StepBegan,
    StepName,
    Voided,
)
from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView, View

from .plain import Line


def line_of(fact: Fact) -> Line:
    """A fact as a line of the plain telling."""
    head: Line = (type(fact).__name__, fact.at)
    number, showing = getattr(fact, "number", None), getattr(fact, "showing", None)
    tag = () if number is None or showing is None else (number, showing)
    match fact:
        case StepBegan(step=StepName.INTRO):
            return (*head, "intro", fact.page)
        case StepBegan():
            return (*head, fact.step, *tag, *(() if fact.step is StepName.DONE else (fact.practice,)))
        case Answered():
            item = f"{fact.factor1}x{fact.factor2}"
            return (*head, *tag, item, fact.response, fact.shown_us, fact.by, fact.stall)
        case Voided():
            spare = None if fact.factor1 is None else f"{fact.factor1}x{fact.factor2}"
            return (*head, *tag, fact.cause, fact.voids, fact.chord, spare)
        case Shown():
            return (*head, *tag, f"{fact.factor1}x{fact.factor2}")
        case PauseEnded():
            return (*head, *tag, fact.waited_us)
        case NextPressed():
            return (*head, fact.page if fact.number is None else fact.number)
        case Held():
            return (*head, fact.cause, fact.only_stop)
        case Finished():
            return (*head, fact.outcome)
        case _:
            return (*head, *tag, *_words(fact))


def _words(fact: Fact) -> tuple[Any, ...]:
    names = ("input", "why", "device", "cause", "since_us")
    return tuple(getattr(fact, name) for name in names if hasattr(fact, name))


def screen_of(seen: View) -> Line:
    """A view as the plain telling has it."""
    match seen:
        case EndedView():
            return ("ended", seen.outcome)
        case HeldView():
            return ("held", seen.cause, seen.only_stop)
        case PageView():
            return ("page", seen.page)
        case PauseView():
            return ("pause", seen.number, seen.practice, seen.saving)
        case _:
            item = f"{seen.factor1}x{seen.factor2}"
            return ("question", seen.number, seen.showing, seen.practice, item, seen.sum_shown, seen.typed)

"""How a question spoilt by a fault is replaced: by a spare, asked again at the end, or forfeited."""

from mtc_kiosk.check import facts
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.script import Asking, Question, Reading, ask
from mtc_kiosk.check.settings import SECOND, InterruptedQuestion
from mtc_kiosk.check.transition import Transition

CHORD_COUNTS_FOR = 2 * SECOND
"""A chord up to this long before a fault is recorded with the void: the pupil may have caused it."""


def fail(transition: Transition, cause: Cause, since: int, at: int) -> None:
    """Void the question open at ``since`` and hold the check."""
    only_stop = void(transition, cause, since)
    transition.hold(at, cause, only_stop, since)


def void(transition: Transition, cause: Cause, since: int) -> bool:
    """Void the open real question as of ``since``. On a page, in a pause or in practice, void nothing.

    True if the attempt may now only be stopped, because its faults have used up the replacements.
    """
    step, machine = transition.machine.step, transition.machine
    if not isinstance(step, Asking | Reading) or step.question.practice:
        return False
    question = step.question
    after = machine.cursor + (2 if isinstance(step, Reading) else 1)
    if machine.settings.interrupted_question is InterruptedQuestion.FORFEIT:
        _end(transition, facts.AnsweredBy.FORFEIT, cause, since, None)
        transition.change(cursor=after)
        return False
    if machine.voids >= machine.settings.voids_replaced:
        _end(transition, facts.AnsweredBy.VOID, cause, since, None)
        return True
    item = _replacement(transition, question)
    _end(transition, facts.AnsweredBy.VOID if item else facts.AnsweredBy.FORFEIT, cause, since, item)
    if item is not None:
        _insert(transition, Question(question.number, question.showing + 1, item, practice=False), after)
    transition.change(cursor=after)
    return False


def _end(transition: Transition, by: facts.AnsweredBy, cause: Cause, since: int, replacement: Item | None) -> None:
    q, chord, voids = transition.machine.question, transition.machine.chord, transition.machine.voids + 1
    assert q is not None, "only an open question is voided"
    transition.answer(since, by)
    transition.emit(
        facts.Voided(
            at=since,
            number=q.number,
            showing=q.showing,
            cause=cause,
            voids=voids,
            chord=chord.input if chord is not None and 0 <= since - chord.at <= CHORD_COUNTS_FOR else None,
            factor1=replacement.factor1 if replacement else None,
            factor2=replacement.factor2 if replacement else None,
        )
    )
    transition.change(voids=voids)


def _replacement(transition: Transition, question: Question) -> Item | None:
    machine = transition.machine
    if machine.ask_again_last:
        return question.item
    spare = next((spare for spare in machine.spares if spare.table == question.item.table), None)
    if spare is not None:
        transition.change(spares=tuple(other for other in machine.spares if other != spare))
    return spare


def _insert(transition: Transition, question: Question, after: int) -> None:
    machine = transition.machine
    steps = ask(question, machine.settings.timings, machine.settings.arrangements)
    place = len(machine.script) - 1 if machine.ask_again_last else after
    transition.change(script=(*machine.script[:place], *steps, *machine.script[place:]))

"""What becomes of the question that a fault spoilt: a spare in its place, asked again last, or forfeited."""

from mtc_kiosk.check import facts
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.script import Asking, Question, Reading, ask
from mtc_kiosk.check.settings import SECOND, InterruptedQuestion
from mtc_kiosk.check.turn import Transition

CHORD_COUNTS_FOR = 2 * SECOND
"""A chord up to this long before a fault is named with the void: the pupil may have caused it."""


def void(turn: Transition, cause: Cause, since: int) -> bool:
    """Void the open real question as of ``since``; on a page, a pause or practice nothing is void.

    True where the attempt may only be stopped, because its faults have used up what is replaced.
    """
    step, machine = turn.machine.step, turn.machine
    if not isinstance(step, Asking | Reading) or step.question.practice:
        return False
    question = step.question
    after = machine.cursor + (2 if isinstance(step, Reading) else 1)
    if machine.settings.interrupted_question is InterruptedQuestion.FORFEIT:
        _end(turn, facts.AnsweredBy.FORFEIT, cause, since, None)
        turn.change(cursor=after)
        return False
    if machine.voids >= machine.settings.voids_replaced:
        _end(turn, facts.AnsweredBy.VOID, cause, since, None)
        return True
    item = _replacement(turn, question)
    _end(turn, facts.AnsweredBy.VOID if item else facts.AnsweredBy.FORFEIT, cause, since, item)
    if item is not None:
        _insert(turn, Question(question.number, question.showing + 1, item, practice=False), after)
    turn.change(cursor=after)
    return False


def _end(turn: Transition, by: facts.AnsweredBy, cause: Cause, since: int, replacement: Item | None) -> None:
    q, chord, voids = turn.machine.question, turn.machine.chord, turn.machine.voids + 1
    assert q is not None, "only an open question is voided"
    turn.answer(since, by)
    turn.emit(
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
    turn.change(voids=voids)


def _replacement(turn: Transition, question: Question) -> Item | None:
    machine = turn.machine
    if machine.ask_again_last:
        return question.item
    spare = next((spare for spare in machine.spares if spare.table == question.item.table), None)
    if spare is not None:
        turn.change(spares=tuple(other for other in machine.spares if other != spare))
    return spare


def _insert(turn: Transition, question: Question, after: int) -> None:
    machine = turn.machine
    steps = ask(question, machine.settings.timings, machine.settings.arrangements)
    place = len(machine.script) - 1 if machine.ask_again_last else after
    turn.change(script=(*machine.script[:place], *steps, *machine.script[place:]))

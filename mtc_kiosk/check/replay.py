"""Replay: run a journal's facts through the machine again, and get its state and the answers.

Each event kept in the facts is handed to a new machine. The facts that the machine then emits must equal the journal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtc_kiosk.check.facts import Answered, AnsweredBy, Began, Fact, event_of
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.machine import begin, handle
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.check.state import Machine


class ReplayFailed(ValueError):
    """The machine's facts differ from the journal's; the message names the first row that differs."""


@dataclass(frozen=True)
class Replayed:
    """The machine at the end of a journal, and any facts of its last event that the journal lacks.

    ``missing`` is not empty only if a journal was cut by hand: the facts of one event are written together.
    """

    machine: Machine
    missing: tuple[Fact, ...]


def replay(form: Form, settings: Settings, journal: Sequence[Fact]) -> Replayed:
    """The machine at the end of this journal; ReplayFailed if the journal could not have happened."""
    if not journal or not isinstance(journal[0], Began):
        raise ReplayFailed("A journal begins with Began.")
    machine, emitted = begin(form, settings, journal[0])
    expected = list(emitted)
    for seq, fact in enumerate(journal, start=1):
        if not expected:
            event = event_of(fact)
            if event is None:
                raise ReplayFailed(f"Row {seq} of the journal, {type(fact).__name__}, follows from nothing before it.")
            machine, emitted = handle(machine, event)
            expected = list(emitted)
        if not expected or expected[0] != fact:
            raise ReplayFailed(f"Row {seq} of the journal, {type(fact).__name__}, is not what a replay gives.")
        del expected[0]
    return Replayed(machine, tuple(expected))


def counting_answers(journal: Iterable[Fact]) -> tuple[Answered, ...]:
    """The answers that count, by number: exactly one for each question that has ended."""
    counted = [fact for fact in journal if isinstance(fact, Answered) and fact.by is not AnsweredBy.VOID]
    return tuple(sorted(counted, key=lambda answered: answered.number))

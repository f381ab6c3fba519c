"""Replay: a journal's facts give the machine, and the answers, once more.

Every event that the facts hold is handed to a new machine, and what it says must be the journal, fact for fact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtc_kiosk.check.facts import Answered, AnsweredBy, Began, Fact, event_of
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.machine import begin, handle
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.check.state import Machine


class ReplayFailed(ValueError):
    """The machine does not say what the journal says; the message names the first row that differs."""


@dataclass(frozen=True)
class Replayed:
    """The machine at the end of a journal, and the facts that the journal breaks off before.

    ``unsaid`` are facts of the last turn that never reached the disk: a cut falls between two of them only where the
    journal was written by hand, because a turn is kept whole.
    """

    machine: Machine
    unsaid: tuple[Fact, ...]


def replay(form: Form, settings: Settings, journal: Sequence[Fact]) -> Replayed:
    """The machine that this journal leads to; ReplayFailed where it leads nowhere."""
    if not journal or not isinstance(journal[0], Began):
        raise ReplayFailed("A journal begins with Began.")
    machine, said = begin(form, settings, journal[0])
    expected = list(said)
    for seq, fact in enumerate(journal, start=1):
        if not expected:
            event = event_of(fact)
            if event is None:
                raise ReplayFailed(f"Row {seq} of the journal, {type(fact).__name__}, follows from nothing before it.")
            machine, said = handle(machine, event)
            expected = list(said)
        if not expected or expected[0] != fact:
            raise ReplayFailed(f"Row {seq} of the journal, {type(fact).__name__}, is not what a replay gives.")
        del expected[0]
    return Replayed(machine, tuple(expected))


def counting_answers(journal: Iterable[Fact]) -> tuple[Answered, ...]:
    """The answers that count, by number: exactly one a question that has ended."""
    counted = [fact for fact in journal if isinstance(fact, Answered) and fact.by is not AnsweredBy.VOID]
    return tuple(sorted(counted, key=lambda answered: answered.number))

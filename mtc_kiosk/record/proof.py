"""Prove a check's record: its hash chain is whole, and a replay of its journal gives the same facts.

A valid signature is not enough: a device may sign a check that never happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mtc_kiosk.check.facts import Answered, Fact, Outcome
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.journal_form import NotAFact, fact_from
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.replay import Replayed, ReplayFailed, counting_answers, replay
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.record.canonical import canonical
from mtc_kiosk.record.chain import FIRST, ChainRow, next_hash
from mtc_kiosk.record.content import Check
from mtc_kiosk.record.settings_shape import NotSettings, settings_from

_LED_ASTRAY = (ReplayFailed, ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What a replay may raise: a journal that never happened can lead the machine anywhere."""


class NotProven(ValueError):
    """The record cannot be proven; the message is a sentence for a person."""


@dataclass(frozen=True)
class Proven:
    """A check as its journal proves it. ``answers`` are those that count, by number."""

    form: Form
    settings: Settings
    facts: tuple[Fact, ...]
    answers: tuple[Answered, ...]


def prove(check: Check) -> Proven:
    """Prove a check; NotProven if its chain or its replay fails."""
    _follow_chain(check)
    try:
        form, settings = _form(check.form), _settings(check.settings)
        facts = tuple(fact_from(event.type, event.at_us, event.data) for event in check.events)
    except NotAFact as problem:
        raise NotProven(f"Its journal cannot be read: {problem}") from problem
    if Kind(check.kind) is Kind.OFFICIAL and settings.timings.question is None:
        raise NotProven('Its questions had no time limit, which only "try it out" may have.')
    try:
        replayed = replay(form, settings, facts)
    except _LED_ASTRAY as problem:
        reason = f" {problem}" if isinstance(problem, ReplayFailed) else ""
        raise NotProven(f"A replay of its journal fails.{reason}") from problem
    _ended(check, replayed)
    return Proven(form, settings, facts, counting_answers(facts))


def _follow_chain(check: Check) -> None:
    previous = FIRST
    for expected, event in enumerate(check.events, start=1):
        if event.seq != expected:
            raise NotProven(f"Row {expected} of its journal is missing.")
        row = ChainRow(check.id, event.seq, event.run, event.at_us, event.wall_time, event.type, event.data)
        previous = next_hash(previous, row)
    if previous != check.chain:
        raise NotProven("The chain of its journal is broken: a row was changed, added or removed.")


def _ended(check: Check, replayed: Replayed) -> None:
    """Check that the journal is whole and ends as the record says. A superseded attempt ends in mid-journal."""
    expected = None if check.outcome == "superseded" else Outcome(check.outcome)
    if replayed.missing or replayed.machine.outcome != expected:
        raise NotProven(f"Its journal does not end as {check.outcome}.")


def _form(shape: Mapping[str, Any]) -> Form:
    try:
        form = Form.from_json(shape)
    except ValueError as problem:
        raise NotProven("Its questions cannot be read.") from problem
    if canonical(form.to_json()) != canonical(shape):
        raise NotProven("Its questions are not as this program writes them.")
    return form


def _settings(shape: Mapping[str, Any]) -> Settings:
    try:
        return settings_from(shape)
    except NotSettings as problem:
        raise NotProven(str(problem)) from problem

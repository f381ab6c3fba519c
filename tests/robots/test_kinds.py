"""What each kind of robot pupil leaves behind shows that it is of its kind."""

import random
from collections.abc import Callable

import pytest

from mtc_kiosk.check.events import Resumed, Source
from mtc_kiosk.check.facts import Answered, AnsweredBy, Erased, Fact, Ignored, NextPressed, Shown, Typed, Why
from mtc_kiosk.robots.kinds import KINDS, Kind, mixed
from mtc_kiosk.robots.simulation import Taken

MS = 1_000
Pupils = Callable[[Kind], list[tuple[Fact, ...]]]


@pytest.fixture
def facts_of(taken: tuple[Taken, ...]) -> Pupils:
    """The journals of a kind's pupils."""
    return lambda kind: [attempt.facts for each in taken if each.kind is kind for attempt in each.attempts]


def answers(facts: tuple[Fact, ...]) -> list[Answered]:
    """The answers of a journal."""
    return [fact for fact in facts if isinstance(fact, Answered)]


def lasted(answer: Answered) -> int:
    """From the flip to the answer, in microseconds."""
    assert answer.shown_us is not None
    return answer.at - answer.shown_us


def sources(facts: tuple[Fact, ...]) -> set[Source]:
    """What was pressed with, buttons and keys."""
    return {fact.source for fact in facts if isinstance(fact, Typed | Erased | Ignored | NextPressed)}


def test_nothing_surprised_any_robot(taken: tuple[Taken, ...]) -> None:
    """Every box showed what was typed, every count-down what was left, every answer is what was meant."""
    assert [each.surprises for each in taken] == [()] * len(taken)


def test_every_robot_completes_one_check(taken: tuple[Taken, ...]) -> None:
    """No robot is stuck, and none takes the check twice."""
    assert [(each.complete, len(each.attempts), each.answers) for each in taken] == [(1, 1, 25)] * len(taken)


def test_the_mix_has_every_kind(taken: tuple[Taken, ...]) -> None:
    """A class of 22 has two of each of the eleven kinds; a smaller one never has a kind twice before all are there."""
    assert sorted(each.kind for each in taken) == sorted([*Kind, *Kind])
    assert set(KINDS) == set(Kind)
    assert len(set(mixed(11, random.Random(5)))) == 11
    assert mixed(0, random.Random(5)) == []


def test_silent_never_types(facts_of: Pupils) -> None:
    """25 blank answers by the end of the time."""
    for facts in facts_of(Kind.SILENT):
        assert {(a.response, a.by, lasted(a)) for a in answers(facts)} == {("", AnsweredBy.TIMEOUT, 6_000 * MS)}


def test_late_is_one_millisecond_late_each_time(facts_of: Pupils) -> None:
    """No Enter ever counts, and a key comes 1.000 ms after the end of each question but the last."""
    for facts in facts_of(Kind.LATE):
        assert {a.by for a in answers(facts)} == {AnsweredBy.TIMEOUT}
        ends = {a.at for a in answers(facts)}
        late = [fact.at for fact in facts if isinstance(fact, Ignored) and not fact.practice]
        # The flip to the pause takes up to 16.7 ms, and a key in it is learnt of when it is over.
        assert len(late) >= 24
        assert all(any(1 * MS <= at - end < 17 * MS for end in ends) for at in late)


def test_just_in_time_is_one_millisecond_early(facts_of: Pupils) -> None:
    """Its last key counts, 5.999 s after the flip."""
    for facts in facts_of(Kind.JUST_IN_TIME):
        last_keys = [fact for fact in facts if isinstance(fact, Typed)]
        entered = [lasted(a) for a in answers(facts) if a.by is AnsweredBy.ENTER]
        assert set(entered) == {5_999 * MS}
        shown = {fact.at for fact in facts if isinstance(fact, Shown)}
        assert any(fact.at - 5_999 * MS in shown for fact in last_keys)


def test_the_backspacer_rubs_out(facts_of: Pupils) -> None:
    """More is taken back than is answered, and once too often as well."""
    for facts in facts_of(Kind.BACKSPACER):
        assert sum(isinstance(fact, Erased) for fact in facts) > 25
        assert any(isinstance(fact, Ignored) and fact.why is Why.EMPTY for fact in facts)


def test_the_masher_presses_everything(facts_of: Pupils) -> None:
    """Chords, letters, digits too many, and keys in pauses: ignored for each reason there is but lateness."""
    for facts in facts_of(Kind.KEY_MASHER):
        why = {fact.why for fact in facts if isinstance(fact, Ignored)}
        assert why >= {Why.CHORD, Why.NO_MEANING, Why.FULL, Why.BEFORE_SHOWN, Why.EMPTY}


@pytest.mark.parametrize(("kind", "source"), [(Kind.MOUSE_ONLY, Source.MOUSE), (Kind.TOUCH_ONLY, Source.TOUCH)])
def test_pointing_robots_only_point(facts_of: Pupils, kind: Kind, source: Source) -> None:
    """Not one key of the keyboard."""
    for facts in facts_of(kind):
        assert sources(facts) == {source}


def test_the_pc_of_one_kind_dies(facts_of: Pupils) -> None:
    """Each of them has at least a second run, and no other robot has."""
    for kind in Kind:
        resumed = [any(isinstance(fact, Resumed) for fact in facts) for facts in facts_of(kind)]
        assert all(resumed) == (kind is Kind.PC_DIES) or not any(resumed)
        assert any(resumed) <= (kind is Kind.PC_DIES)

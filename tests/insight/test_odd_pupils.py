"""Odd but possible pupils and classes: nothing fails, and every sentence is true of the answers."""

import math
import random
import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.attempts import Answer, Attempt, Conditions, Way
from mtc_kiosk.insight.claims import FEWEST_ASKED, Sure, TableClaim, in_words, marks_of, table_claims
from mtc_kiosk.insight.class_fit import unfitted
from mtc_kiosk.insight.doubts import Reason
from mtc_kiosk.insight.fitting import fit_class
from mtc_kiosk.insight.forms import gap_of_groups
from mtc_kiosk.insight.grid import Grid
from mtc_kiosk.insight.practise import MOST, Why, progress
from mtc_kiosk.insight.pupil import PupilInsight, context_of, pupil_insight
from mtc_kiosk.insight.whole_class import class_insight
from tests.insight.made import KEYBOARD, answer, attempt, form, marks

GRID = Grid(unfitted())


def numbers(value: object) -> list[float]:
    """Every number in a value of insight, however deep."""
    if isinstance(value, bool | str) or value is None:
        return []
    if isinstance(value, int | float):
        return [float(value)]
    if isinstance(value, tuple | list):
        return [number for one in value for number in numbers(one)]
    return [number for one in getattr(value, "__dict__", {}).values() for number in numbers(one)]


def is_sound(insight: PupilInsight) -> None:
    """What must be so of every pupil."""
    answers = [one for one in insight.attempt.answers if one.counts]
    assert all(map(math.isfinite, numbers(replace(insight, attempt=KEPT))))
    for claim in insight.claims:
        assert 0 <= claim.chance.not_got <= 1
        assert 0 <= claim.chance.lost <= 1
        assert claim.right <= claim.asked
        assert claim.first_asked <= claim.asked
        if claim.sure is not Sure.CANNOT_TELL:
            assert claim.asked >= FEWEST_ASKED
            assert claim.right < claim.asked
    for one in insight.found:
        assert 0 <= one.probability <= 1
        assert one.times <= one.of
    counts_are_true(insight, answers)
    assert len(insight.practise) <= MOST
    assert len({one.item.unordered for one in insight.practise}) == len(insight.practise)
    for one in insight.practise:
        assert "unknown" not in one.words
        theirs = [answer for answer in answers if answer.item.unordered == one.item.unordered]
        if one.why is Why.MISSED_AGAIN:
            assert sum(not answer.right for answer in theirs) >= 2
    if insight.attempt.assisted:
        assert not {Reason.TOO_FAST} & {doubt.reason for doubt in insight.doubts}
        assert all(one.why is not Why.SLOW for one in insight.practise)
        assert insight.times.typing_ms is None
        assert insight.times.think_ms is None


KEPT = Attempt((), KEYBOARD)


def counts_are_true(insight: PupilInsight, answers: list[Answer]) -> None:
    """A sentence's "2 of 5 right" is what a person counts, of the questions before a pupil froze."""
    froze = next((one.after for one in insight.found if one.after), 0)
    kept = [one for one in answers if not froze or one.number <= froze]
    for words in insight.gaps:
        table, right, asked = map(int, re.findall(r"\d+", words)[:3])
        theirs = [one for one in kept if table in (one.item.factor1, one.item.factor2)]
        assert (right, asked) == (sum(one.right for one in theirs), len(theirs))


def of_one(one: Attempt, **given: object) -> PupilInsight:
    """The insight of a class of one."""
    return pupil_insight(1, context_of({1: one}), **given)  # type: ignore[arg-type]


def typed(items: tuple[Item, ...], said: list[str], by: AnsweredBy = AnsweredBy.TIMEOUT) -> Attempt:
    """A check with these responses."""
    rows = zip(items, said, strict=True)
    answers = [replace(answer(number, item, one), by=by) for number, (item, one) in enumerate(rows, 1)]
    return Attempt(tuple(answers), KEYBOARD)


ODD = {
    "all right": attempt(form(1)),
    "all right but one": attempt(form(1), {7: "1"}),
    "nothing typed": typed(form(2), [""] * 25),
    "all forfeited": typed(form(2), [""] * 25, AnsweredBy.FORFEIT),
    "one key": typed(form(3), ["5"] * 25),
    "ten questions": attempt(form(4)[:10], {2: "", 3: "1"}),
    "one question": attempt(form(4)[:1], {1: ""}),
    "one table": attempt(tuple(Item(7, factor) for factor in TABLES), {3: "1", 4: "2", 5: ""}),
    "one fact, both ways": attempt((Item(7, 8), Item(8, 7)) * 6, {1: "54", 2: "54", 5: "54"}),
    "by an assistant": replace(attempt(form(5), {4: "1"}, think_ms=100), assisted=True),
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_pupil_alone_has_an_insight_that_is_sound(kind: str) -> None:
    """A class of one, in which nobody else can be compared with."""
    if not ODD[kind].counting:
        assert not context_of({1: ODD[kind]}).attempts
        return
    is_sound(of_one(ODD[kind]))


def test_all_of_them_in_one_class_are_sound_together() -> None:
    """With different lengths there is no average; two pupils who are the same have the same words."""
    whole = class_insight(context_of(dict(enumerate(2 * list(ODD.values())))))
    assert (whole.average, whole.distribution) == (None, None)
    for one in whole.pupils.values():
        is_sound(one)
    pupils = list(whole.pupils.values())
    for one, same in zip(pupils[: len(pupils) // 2], pupils[len(pupils) // 2 :], strict=True):
        assert (one.gaps, one.practise, one.doubts) == (same.gaps, same.practise, same.doubts)


@pytest.mark.parametrize("pupils", [5, 60])
def test_a_class_that_lost_the_12s(pupils: int) -> None:
    """It is said of the class, and of pupils whose form asks it."""
    of = {seed: of_marks(seed, lambda item: 12 not in (item.factor1, item.factor2)) for seed in range(pupils)}
    whole = class_insight(context_of(of))
    without = {one.table: one.without for one in whole.tables}
    assert max(without, key=without.__getitem__) == 12
    assert without[12] > 0.8 * pupils
    assert sum(value > 0.5 * pupils for value in without.values()) == 1
    for one in whole.pupils.values():
        is_sound(one)


def of_marks(seed: int, right: object) -> Attempt:
    """A check of a form by a rule."""
    wrong = {number: "" for number, (_, is_right) in enumerate(marks(seed, right), 1) if not is_right}  # type: ignore[arg-type]
    return attempt(form(seed), wrong)


def answer_of(chance: random.Random, number: int, item: Item) -> Answer:
    """Any answer that a check can hold."""
    kind = chance.randrange(5)
    said = ["", str(item.product), str(chance.randrange(0, 99_999)), str(item.product)[:1], "0" * 5][kind]
    one = answer(number, item, said, think_ms=chance.choice((0, 10, 1_500, 5_990)), gap_ms=chance.choice((1, 300, 900)))
    by = chance.choice(list(AnsweredBy)) if said else chance.choice([AnsweredBy.TIMEOUT, AnsweredBy.FORFEIT])
    presses = one.presses if chance.random() < 0.8 else ()
    return replace(one, by=by, presses=presses, right=one.right and by is not AnsweredBy.FORFEIT)


@st.composite
def checks(draw: st.DrawFn) -> Attempt:
    """A check of any length, facts, answers and conditions."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    facts = st.tuples(st.integers(1, 12), st.integers(1, 12))
    items = draw(st.lists(facts, min_size=1, max_size=40)) if draw(st.booleans()) else []
    asked = [Item(*one) for one in items] or list(form(draw(st.integers(0, 50))))
    conditions = Conditions(draw(st.sampled_from(list(Way))), draw(st.booleans()), draw(st.booleans()), 6_000)
    answers = tuple(answer_of(chance, number, item) for number, item in enumerate(asked, 1))
    return Attempt(answers, conditions, assisted=draw(st.booleans()), changed_rules=draw(st.booleans()))


@settings(max_examples=25, deadline=None)
@given(st.lists(checks(), min_size=1, max_size=4), st.booleans())
def test_any_class_is_sound(given_checks: list[Attempt], noted: bool) -> None:
    """Whatever was answered, however; the same in another order."""
    attempts = dict(enumerate(given_checks))
    tries = {0: given_checks[-1:]}
    whole = class_insight(context_of(attempts), tries=tries, noted=attempts if noted else ())
    for pupil, one in whole.pupils.items():
        is_sound(one if pupil else replace(one, practise=()))
        assert len(one.practise) <= MOST
    turned = class_insight(context_of(dict(reversed(attempts.items()))), tries=tries, noted=attempts if noted else ())
    assert {pupil: one.claims for pupil, one in turned.pupils.items()} == {
        pupil: one.claims for pupil, one in whole.pupils.items()
    }
    assert all(0 <= one.probability <= 1 for one in whole.teach_again)
    assert all(0 <= one.without <= len(whole.pupils) + 1e-9 for one in whole.tables)
    assert [go.of for go in progress([(one, False) for one in given_checks])] == [
        len(one.answers) for one in given_checks
    ]
    rows = [row for one in given_checks if (row := marks_of(one.answers))]
    gap = gap_of_groups(rows, rows[:1] * 2, fit_class(rows)) if rows else None
    assert all(map(math.isfinite, numbers(gap)))


RANK = (Sure.CANNOT_TELL, Sure.LIKELY, Sure.CLEAR)


def by_table(answers: list[tuple[Item, bool]]) -> dict[int, TableClaim]:
    """The claims by table."""
    return {claim.table: claim for claim in table_claims(answers, GRID)}


@settings(max_examples=20, deadline=None)
@example(seed=177, share=0.25, table=10, chance=402855720)
@given(st.integers(0, 200), st.floats(0.2, 0.95), st.sampled_from(TABLES), st.integers(0, 2**32))
def test_one_more_right_answer_in_a_table_never_makes_it_surer_that_it_is_not_got(
    seed: int, share: float, table: int, chance: int
) -> None:
    """Every wrong answer of a table, in turn, taken for right."""
    drawn = random.Random(chance)
    answers = [(item, drawn.random() < share and table not in (item.factor1, item.factor2)) for item in form(seed)]
    before = by_table(answers)[table]
    for place, (item, right) in enumerate(answers):
        if table not in (item.factor1, item.factor2) or right:
            continue
        after = by_table([*answers[:place], (item, True), *answers[place + 1 :]])[table]
        assert after.chance.not_got <= before.chance.not_got + 1e-9
        assert RANK.index(after.sure) <= RANK.index(before.sure)


def test_words_of_a_claim_count_what_has_another_reason() -> None:
    """All of its wrong answers, some, or none."""
    claim = by_table(marks(11, lambda item: 7 not in (item.factor1, item.factor2)))[7]
    assert in_words(claim).endswith("whichever way round.")
    assert "; all of the wrong answers" in in_words(claim, claim.asked)
    assert "; 1 of the wrong answers" in in_words(claim, 1)


def test_what_came_after_a_pupil_froze_explains_nothing_of_a_claim() -> None:
    """The claim counts the questions before, so its wrong answers with another reason are of those too."""
    sevens = [Item(7, factor) for factor in (6, 8, 9, 4)]
    others = [item for item in form(11) if 7 not in (item.factor1, item.factor2)]
    before = (*sevens, *others[:11])
    after = (*others[11:19], Item(7, 12), Item(7, 11))
    wrong = dict.fromkeys((1, 2, 3, 4), "1") | dict.fromkeys(range(16, 24), "") | {24: "8", 25: "7"}
    stopped = attempt((*before, *after), wrong, entered=False)
    insight = of_one(stopped)
    assert [one.after for one in insight.found] == [15]
    assert [claim.table for claim in insight.claimed] == [7]
    assert insight.may_know == 2
    assert insight.gaps == ("Has probably not got the 7s: 0 of 4 right, whichever way round.",)


def test_a_form_of_one_table_takes_no_time_for_its_right_answers() -> None:
    """Ten right of 25 about the 7s: not every choice of the ten is tried."""
    items = tuple(Item(7, 2 + place % 11) for place in range(25))
    assert by_table([(item, place % 5 < 2) for place, item in enumerate(items)])[7].asked == 25

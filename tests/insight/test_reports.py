"""A pupil and a class in one value each: what pages and reports are made of."""

import random
import time
from collections.abc import Mapping
from dataclasses import replace

import pytest

from mtc_kiosk.check.draw import draw_tables
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.insight.attempts import Attempt, attempt_from
from mtc_kiosk.insight.claims import Sure
from mtc_kiosk.insight.doubts import Reason
from mtc_kiosk.insight.patterns import Pattern
from mtc_kiosk.insight.pupil import context_of, pupil_insight
from mtc_kiosk.insight.whole_class import class_insight
from tests.check.golden_checks import GOLDEN_CHECKS
from tests.insight.made import attempt, form

LOST = 7


def without_sevens(seed: int) -> Attempt:
    """Everything right but the 7s."""
    items = form(seed)
    return attempt(items, {number: "1" for number, item in enumerate(items, 1) if LOST in (item.factor1, item.factor2)})


def made_class() -> dict[int, Attempt]:
    """Thirty pupils: one without the 7s, one who froze, one who was held, the rest with a few mistakes."""
    chance = random.Random(4)
    pupils = {}
    for pupil in range(1, 31):
        items = form(pupil)
        wrong = {number: str(items[number - 1].product + 1) for number in chance.sample(range(1, 26), pupil % 5)}
        pupils[pupil] = attempt(items, wrong)
    pupils[1] = without_sevens(11)
    pupils[2] = attempt(form(2), dict.fromkeys(range(15, 26), ""))
    pupils[3] = replace(attempt(form(3)), held=(Cause.FOCUS,))
    return pupils


PUPILS = made_class()
CONTEXT = context_of(PUPILS)
FOUND = class_insight(CONTEXT, noted=[4])


def test_a_pupil_has_everything_in_one_value() -> None:
    """The gap, the mistakes, what to practise."""
    one = pupil_insight(1, CONTEXT)
    assert [(claim.table, claim.sure) for claim in one.claimed] == [(LOST, Sure.CLEAR)]
    asked = one.claimed[0].asked
    assert one.gaps == (f"Has not got the 7s: 0 of {asked} right, whichever way round.",)
    assert len(one.mistakes) == 25 - one.attempt.score
    assert one.practise
    assert one.beside.others == 29
    assert one.doubts == ()


def test_what_came_after_a_pupil_froze_is_no_gap() -> None:
    """Eleven empty boxes at the end are a reason to look twice, and no table is claimed for them."""
    one = FOUND.pupils[2]
    assert [found.pattern for found in one.found] == [Pattern.FREEZES]
    assert one.gaps == ()
    assert len(CONTEXT.marks[2]) == 14
    assert one.practise == ()


def test_a_gap_says_what_else_may_explain_it() -> None:
    """A pupil who adds has not got the tables, and the sentence says that the answers may have another reason."""
    items = form(11)
    adds = attempt(items, {number: str(item.factor1 + item.factor2) for number, item in enumerate(items, 1)})
    found = pupil_insight(1, context_of({1: adds, 2: PUPILS[5]}))
    assert found.gaps
    assert all(words.endswith("; all of the wrong answers may have another reason.") for words in found.gaps)
    sevens = [number for number, item in enumerate(items, 1) if LOST in (item.factor1, item.factor2)]
    cut = next(number for number in sevens if items[number - 1].product > 9)
    answers = [
        replace(one, response=str(one.item.product)[0], by=AnsweredBy.TIMEOUT) if one.number == cut else one
        for one in without_sevens(11).answers
    ]
    (words,) = pupil_insight(1, context_of({**PUPILS, 1: replace(PUPILS[1], answers=tuple(answers))})).gaps
    assert words.endswith(
        f"0 of {len(sevens)} right, whichever way round; 1 of the wrong answers may have another reason."
    )


def test_a_class_adds_up() -> None:
    """Average, middle and distribution are of every pupil's score; the map is of every answer."""
    scores = sorted(one.score for one in PUPILS.values())
    assert FOUND.average == sum(scores) / 30
    assert FOUND.middle == (scores[14] + scores[15]) / 2
    assert FOUND.distribution is not None
    assert FOUND.distribution.pupils == 30
    assert FOUND.full_marks == scores.count(25)
    assert sum(square.asked for square in FOUND.squares.values()) == 30 * 25
    assert sum(row.asked for row in FOUND.rows) == 30 * 25


def test_a_class_says_how_many_have_not_got_a_table() -> None:
    """One clearly has not got the 7s, and hardly anybody else any table."""
    sevens = next(one for one in FOUND.tables if one.table == LOST)
    assert (sevens.clear, sevens.likely) == (1, 0)
    assert 0.9 < sevens.without < 4


def test_a_class_looks_twice_at_four_at_most() -> None:
    """The weightiest first; the others are counted, and so is a pupil with a note alone."""
    assert [(pupil, doubt.reason) for pupil, doubt in FOUND.doubts] == [(2, Reason.FROZE), (3, Reason.HELD)]
    assert FOUND.more_doubts == (4,)
    many = {pupil: replace(PUPILS[pupil], held=(Cause.FOCUS,)) for pupil in range(5, 11)}
    whole = class_insight(context_of({**many, 1: PUPILS[1], 11: PUPILS[11]}), noted=[1])
    assert [pupil for pupil, _ in whole.doubts] == [5, 6, 7, 8]
    assert whole.more_doubts == (9, 10, 1)


def cut_off(pupil: int, times: int) -> Attempt:
    """A pupil's check with so many answers right so far when the time ran out."""
    numbers = [one.number for one in PUPILS[pupil].answers if one.right and one.item.product > 9][:times]
    answers = [
        replace(one, response=str(one.item.product)[0], right=False, by=AnsweredBy.TIMEOUT)
        if one.number in numbers
        else one
        for one in PUPILS[pupil].answers
    ]
    return replace(PUPILS[pupil], answers=tuple(answers))


def test_a_single_answer_that_was_cut_off_outranks_nothing() -> None:
    """Whoever has more of them comes before; a note beside it does not change that."""
    pupils = {pupil: cut_off(pupil, 1) for pupil in range(5, 10)} | {pupil: cut_off(pupil, 3) for pupil in (11, 12)}
    whole = class_insight(context_of({**pupils, 13: replace(cut_off(13, 1), held=(Cause.FOCUS,))}), noted=[5])
    assert [pupil for pupil, _ in whole.doubts] == [13, 11, 12, 5]
    assert whole.more_doubts == (6, 7, 8, 9)


def test_checks_of_different_rules_have_no_average() -> None:
    """They are not one distribution."""
    mixed = class_insight(context_of({5: replace(PUPILS[5], changed_rules=True), 6: PUPILS[6]}))
    assert (mixed.distribution, mixed.average, mixed.middle) == (None, None, None)
    assert len(mixed.pupils) == 2


def test_the_same_records_give_the_same_words() -> None:
    """In whatever order the pupils come."""
    few = {pupil: PUPILS[pupil] for pupil in range(1, 9)}
    found, again = class_insight(context_of(few)), class_insight(context_of(dict(reversed(few.items()))))
    for pupil, one in found.pupils.items():
        other = again.pupils[pupil]
        assert (one.gaps, one.practise, one.doubts, one.kinds) == (
            other.gaps,
            other.practise,
            other.doubts,
            other.kinds,
        )
    assert again.doubts == found.doubts
    assert [one.item for one in again.teach_again] == [one.item for one in found.teach_again]


def test_a_class_of_nobody_says_nothing() -> None:
    """Before the first check is in."""
    nobody: Mapping[int, Attempt] = {}
    empty = class_insight(context_of(nobody))
    assert (empty.pupils, empty.distribution, empty.average) == ({}, None, None)
    assert empty.doubts == empty.more_doubts == ()


def test_a_class_and_a_pupil_are_quick() -> None:
    """A class of 30 in under a second and a pupil in under 200 ms, beside 300 pupils of other years; processor time."""
    other_years = [CONTEXT.marks[1 + place % 30] for place in range(300)]
    began = time.process_time()
    context = context_of(PUPILS, other_years)
    class_insight(context)
    assert time.process_time() - began < 1.0
    began = time.process_time()
    pupil_insight(1, context)
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize("name", sorted(GOLDEN_CHECKS))
def test_every_kind_of_check_has_its_report(name: str) -> None:
    """Audio, next button, stopped, forfeited, asked again, without limit, whatever it left to say."""
    robot = GOLDEN_CHECKS[name]()
    taken = attempt_from(robot.journal, robot.settings)
    found = class_insight(context_of({1: taken, 2: attempt(form(1))}))
    assert set(found.pupils) == ({1, 2} if taken.counting else {2})


def test_a_try_on_the_1_times_table_has_its_report() -> None:
    """A form for "try it out" may have tables that the check does not ask."""
    items = draw_tables(random.Random(1), [1, 12]).items
    found = class_insight(context_of({1: attempt(items, {2: "", 5: "99"})}))
    assert len(found.pupils[1].mistakes) == 2

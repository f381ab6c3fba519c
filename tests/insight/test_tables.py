"""What may be said of a pupil's tables: the sums are exact, and a claim is not made lightly."""

import math
import random
from itertools import product

import pytest

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.claims import Sure, TableClaim, table_claims
from mtc_kiosk.insight.class_fit import Marks, logit, unfitted
from mtc_kiosk.insight.control import controls
from mtc_kiosk.insight.difficulty import hardness
from mtc_kiosk.insight.fitting import fit_class
from mtc_kiosk.insight.grid import ABILITIES, HAS_NOT_GOT, LOST, LOST_EITHER, SMOOTH, WEIGHTS, Grid
from mtc_kiosk.insight.tables import table_chances
from tests.insight.made import form, marks

SEED = 11
GRID = Grid(unfitted())


def claimed(answers: Marks, grid: Grid = GRID) -> dict[int, Sure]:
    """The tables that are claimed."""
    return {claim.table: claim.sure for claim in table_claims(answers, grid) if claim.sure is not Sure.CANNOT_TELL}


def claim_of(answers: Marks, table: int) -> TableClaim:
    """The claim about one table."""
    return next(claim for claim in table_claims(answers, GRID) if claim.table == table)


def has(table: int, item: Item) -> bool:
    """Whether a fact is of a table, whichever way round."""
    return table in (item.factor1, item.factor2)


def by_enumeration(answers: Marks) -> dict[int, float]:
    """The same probabilities by adding up every assumption one by one: nothing is factored, nothing left out.

    Only one table is lost whichever way round, so the questions of a test must leave pairs no weight.
    """
    tables = sorted({item.table for item, _ in answers})
    total, not_got = 0.0, dict.fromkeys(TABLES, 0.0)
    odds = LOST_EITHER / (1 - LOST_EITHER) / len(LOST)
    cases: list[tuple[int, int, float]] = [(0, 0, 1.0), *((t, s, odds) for t in TABLES for s in range(len(LOST)))]
    for index in range(len(ABILITIES)):
        for lost, share, weight in cases:
            for effects in product(range(len(WEIGHTS)), repeat=len(tables)):
                of = dict(zip(tables, effects, strict=True))
                gone = len(SMOOTH) + share
                if lost in of and of[lost] != gone:
                    continue
                likelihood = GRID.prior[index] * weight
                likelihood *= math.prod(WEIGHTS[effect] for table, effect in of.items() if table != lost)
                for item, right in answers:
                    effect = gone if has(lost, item) else of[item.table]
                    likelihood *= GRID.likelihoods(item, right)[effect][index]
                total += likelihood
                for table in tables:
                    if true_mean(table, of, lost, gone, index) < HAS_NOT_GOT:
                        not_got[table] += likelihood
    return {table: not_got[table] / total for table in tables}


def true_mean(table: int, of: dict[int, int], lost: int, gone: int, index: int) -> float:
    """A table's mean chance where another may be lost whichever way round: the fact that they share is lost too."""
    effects = {factor: gone if lost in (table, factor) else of[table] for factor in TABLES}
    return math.fsum(GRID.chances(Item(table, factor))[effects[factor]][index] for factor in TABLES) / len(TABLES)


def test_the_sums_are_those_of_every_assumption() -> None:
    """Against a plain enumeration, with a table that is lost and one that shares a fact with it."""
    answers = [(Item(7, 8), False), (Item(7, 4), False), (Item(8, 3), True), (Item(8, 7), False), (Item(3, 9), True)]
    expected = by_enumeration(answers)
    found = {chance.table: chance.not_got for chance in table_chances(answers, GRID)}
    for table, value in expected.items():
        assert found[table] == pytest.approx(value, abs=0.01), table


def test_a_lost_table_is_clear_and_it_alone() -> None:
    """Everything right but the 7s, whichever way round."""
    answers = marks(SEED, lambda item: not has(7, item))
    assert claimed(answers) == {7: Sure.CLEAR}
    assert claim_of(answers, 7).chance.lost > 0.9


def test_the_counts_of_a_claim_are_those_of_the_form() -> None:
    """Either way round, and with the table first."""
    answers = marks(SEED, lambda item: not has(7, item))
    claim = claim_of(answers, 7)
    assert claim.asked == sum(has(7, item) for item in form(SEED))
    assert claim.first_asked == sum(item.factor1 == 7 for item in form(SEED))
    assert (claim.right, claim.first_right) == (0, 0)
    for one in table_claims(answers, GRID):
        theirs = [(item.factor1 == one.table, right) for item, right in answers if has(one.table, item)]
        assert (one.asked, one.right) == (len(theirs), sum(right for _, right in theirs))
        assert one.first_asked == sum(first for first, _ in theirs)
        assert one.first_right == sum(first and right for first, right in theirs)


@pytest.mark.parametrize("seed", range(8))
def test_everything_right_claims_nothing(seed: int) -> None:
    """Whatever the form."""
    assert claimed(marks(seed, lambda item: True)) == {}


def test_one_answer_makes_nothing_clear() -> None:
    """Not even beside 24 right ones."""
    answers = form(SEED)
    for wrong in answers:
        assert claimed([(item, item != wrong) for item in answers]) == {}


def test_a_table_that_was_hardly_asked_is_not_claimed() -> None:
    """One wrong answer of its own, in a check in which nothing was right."""
    answers = [(item, False) for item in form(SEED) if not has(2, item)] + [(Item(2, 5), False)]
    assert 2 not in claimed(answers)
    assert 7 in claimed(answers)


def test_a_low_score_makes_a_table_clear_only_on_strong_evidence_of_its_own() -> None:
    """With nothing right, four mistakes in a table make it clear, and three only likely."""
    answers = marks(SEED, lambda item: False)
    found, limits = claimed(answers), controls(answers, GRID)
    asked = {table: sum(has(table, item) for item, _ in answers) for table in TABLES}
    assert {asked[table] for table in TABLES if found.get(table) is Sure.CLEAR} == {4, 5, 7, 8}
    assert (asked[11], found[11]) == (3, Sure.LIKELY)
    assert claim_of(answers, 11).chance.not_got > 0.99
    assert 3 <= limits[11].at_limit < 20
    assert (asked[4], limits[4].at_limit < 3, 4 in found) == (2, True, False)


def test_a_table_of_right_answers_is_not_claimed_for_a_low_score() -> None:
    """A pupil who has only the 2s, 5s and 10s has them."""
    answers = marks(SEED, lambda item: any(has(easy, item) for easy in (2, 5, 10)))
    found = claimed(answers)
    assert found
    assert not {2, 5, 10} & set(found)


def test_a_low_score_claims_only_tables_with_mistakes_of_their_own() -> None:
    """Eight of 25 right: a table of which half is right is not claimed for the rest."""
    low = random.Random(5)
    answers = [(item, low.random() < 0.3) for item in form(5)]
    found = table_claims(answers, GRID)
    assert sum(right for _, right in answers) == 8
    assert {claim.table: (claim.right, claim.asked) for claim in found if claim.table in (4, 8)} == {
        4: (0, 3),
        8: (4, 5),
    }
    assert 4 in claimed(answers)
    assert 8 not in claimed(answers)
    assert next(claim.chance.not_got for claim in found if claim.table == 8) >= 0.8


def test_mistakes_here_and_there_claim_nothing() -> None:
    """Every third question wrong: 17 of 25, and no table in particular."""
    answers = [(item, number % 3 != 0) for number, item in enumerate(form(SEED))]
    assert claimed(answers) == {}


def test_the_same_answers_in_another_order_give_the_same_claims() -> None:
    """Only what was right counts, not when."""
    answers = marks(SEED, lambda item: item.product % 3 != 0)
    again = table_claims(list(reversed(answers)), GRID)
    for claim, other in zip(table_claims(answers, GRID), again, strict=True):
        assert claim.sure is other.sure
        assert claim.chance.not_got == pytest.approx(other.chance.not_got)


def test_the_control_is_exact_given_the_score() -> None:
    """Against an enumeration of every way to have this many right, with the facts' own hardness."""
    items = [Item(7, 8), Item(7, 6), Item(8, 7), Item(3, 4), Item(9, 2), Item(12, 3), Item(5, 5)]
    answers = [(item, not has(7, item)) for item in items]
    score = sum(right for _, right in answers)
    wanted = controls(answers, GRID)[7].evidence
    as_bad = whole = 0.0
    for pattern in product((False, True), repeat=len(items)):
        if sum(pattern) != score:
            continue
        weight = math.exp(sum(GRID.ease[item] for item, right in zip(items, pattern, strict=True) if right))
        whole += weight
        found = controls(list(zip(items, pattern, strict=True)), GRID)
        as_bad += weight * sum(one.evidence >= wanted * (1 - 1e-9) for one in found.values())
    assert controls(answers, GRID)[7].beside == pytest.approx(as_bad / whole)


def test_with_nothing_else_to_go_by_the_score_decides() -> None:
    """The chance of so few right for a pupil at the limit falls with the score."""
    items = form(SEED)
    rare = [
        controls([(item, place < score) for place, item in enumerate(items)], GRID)[7].overall for score in range(25)
    ]
    assert rare == sorted(rare)
    assert rare[5] < 0.001
    assert rare[24] > 0.9


def test_facts_are_in_the_published_order_at_first() -> None:
    """6x8 hardest but for 12x8, 10x10 easiest; on average nothing."""
    hard = {item: value for item, value in hardness().items() if item.factor1 in TABLES and item.factor2 in TABLES}
    assert sum(hard.values()) == pytest.approx(0)
    assert min(hard, key=hard.__getitem__) == Item(10, 10)
    assert {Item(6, 8), Item(12, 8)} <= set(sorted(hard, key=hard.__getitem__)[-5:])


def test_the_order_of_pupils_changes_no_bit_of_a_fit() -> None:
    """The same records give the same words, whatever a database's order."""
    pupils = [marks(seed, lambda item: item.product % 3 != 1) for seed in range(12)]
    earlier = [marks(seed, lambda item: item.product % 5 != 1) for seed in range(20, 30)]
    assert fit_class(pupils, earlier) == fit_class(pupils[::-1], earlier[::-1])


def test_a_class_moves_its_own_tables_and_no_more() -> None:
    """Thirty pupils who all miss the 4s: the 4s are hard here. A single pupil hardly moves them."""
    whole = fit_class([marks(seed, lambda item: item.table != 4) for seed in range(30)])
    single = fit_class([marks(1, lambda item: item.table != 4)])
    assert whole.tables[4] < -1
    assert abs(single.tables[4]) < 0.3
    assert whole.tables[9] > 0


def test_the_middle_of_a_class_is_between_its_own_and_the_nations() -> None:
    """A class of 12 right answers in 25 is drawn a little towards 21."""
    fit = fit_class([[(item, place % 2 == 0) for place, item in enumerate(form(seed))] for seed in range(30)])
    assert logit(0.5) < fit.middle < logit(0.7)
    assert fit_class([]).middle == unfitted().middle == pytest.approx(logit(0.84))


def test_earlier_answers_tell_of_facts_and_not_of_this_class() -> None:
    """Another year that missed every 6x8 makes 6x8 hard; this class's middle stays its own."""
    here = [marks(seed, lambda item: True) for seed in range(10)]
    earlier = [marks(seed, lambda item: item.unordered != (6, 8)) for seed in range(100, 160)]
    alone, with_them = fit_class(here), fit_class(here, earlier)
    assert with_them.ease[Item(6, 8)] < alone.ease[Item(6, 8)] - 0.3
    assert with_them.middle == pytest.approx(alone.middle, abs=0.3)


def test_two_lost_tables_are_both_claimed() -> None:
    """And the fact that they share does not make a third."""
    found = [claimed(marks(seed, lambda item: not has(6, item) and not has(9, item))) for seed in range(6)]
    assert sum({6, 9} <= set(one) for one in found) >= 4
    assert all(set(one) <= {6, 9} for one in found)


def test_a_table_of_which_two_were_asked_may_be_claimed() -> None:
    """Both wrong, and everything else right; with one of them right it may not."""
    items = form(2)
    (first, second) = (item for item in items if has(2, item))
    assert 2 in claimed([(item, item not in (first, second)) for item in items])
    assert 2 not in claimed([(item, item != first) for item in items])


def test_a_claim_is_no_surer_than_with_any_of_its_right_answers_wrong() -> None:
    """Two of the 8s are right here; with one of these wrong, the claim is only likely."""
    low = random.Random(346802)
    answers = [(item, low.random() < (0.35 if has(8, item) else 0.3)) for item in form(254)]
    right = [place for place, (item, is_right) in enumerate(answers) if is_right and has(8, item)]
    worse = [[(item, it and at != place) for at, (item, it) in enumerate(answers)] for place in right]
    assert len(right) == 2
    assert [claimed(one).get(8) for one in worse] == [Sure.CLEAR, Sure.LIKELY]
    assert claimed(answers)[8] is Sure.LIKELY

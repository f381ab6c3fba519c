"""A few of the benchmark's made-up pupils with a known truth: enough to see that claims are found and kept back."""

import random

import pytest

from benchmarks.insight import wilson_upper
from benchmarks.insight_pupils import ABILITIES, Made, Plant, Recipe, make
from benchmarks.insight_study import Row, atom, likelihood_ratio, study
from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.claims import Sure

CLAIMED = (Sure.CLEAR, Sure.LIKELY)


def taken(recipe: Recipe, count: int = 40) -> list[Made]:
    """Pupils of one kind."""
    chance = random.Random(f"{recipe}")
    return [make(recipe, chance) for _ in range(count)]


def test_claims_are_found_and_seldom_false() -> None:
    """Of ninety pupils, half without a table: the good ones' gaps are mostly claimed, and few others are."""
    rows = list(study(3, 5, (Plant.LOST,), spread=False))
    plain = [row for row in rows if row.made.plant is Plant.NONE]
    lost = [row for row in rows if row.made.plant is Plant.LOST and row.made.ability > 0.9]
    assert sum(row.is_false(*CLAIMED) for row in plain) <= 0.2 * len(plain)
    assert sum(row.is_false(Sure.CLEAR) for row in plain) <= 0.07 * len(plain)
    assert sum(row.of(row.made.table).sure in CLAIMED for row in lost) >= 0.4 * len(lost)
    assert len(lost) >= 10


@pytest.mark.parametrize("spread", [False, True])
@pytest.mark.parametrize("ability", ABILITIES)
def test_a_made_up_pupil_has_the_ability(ability: float, spread: bool) -> None:
    """The mean chance over all facts is what the recipe says, and so is the score on average."""
    pupils = taken(Recipe(ability, spread=spread), 120)
    for one in pupils:
        assert sum(one.plain.values()) / len(one.plain) == pytest.approx(ability, abs=1e-6)
    mean = sum(one.attempt.score for one in pupils) / len(pupils) / 25
    assert mean == pytest.approx(ability, abs=0.06)


def test_a_lost_table_is_the_truth_of_its_facts() -> None:
    """Nothing of it is left, or a fifth; other tables keep all but the facts that they share."""
    for one in taken(Recipe(0.95, Plant.LOST, table=7), 3):
        assert one.true_mean(7) == 0
        assert one.true_mean(8) == pytest.approx(0.95 * 10 / 11)
        assert not any(
            answer.right for answer in one.attempt.answers if 7 in (answer.item.factor1, answer.item.factor2)
        )
    for one in taken(Recipe(0.95, Plant.FIFTH_FIRST, 0.8, table=7), 3):
        assert one.true_mean(7) == pytest.approx(0.95 * (0.2 + 0.8 * 0.2))
        assert one.chances[Item(8, 7)] == 0.95


def test_the_best_test_knows_its_plant() -> None:
    """A plant's own checks are likelier by its likelihood ratio; others' are not."""
    for plant in (Plant.NONE, Plant.ADDS, Plant.FREEZES, Plant.SWAPS, Plant.GUESSES):
        for made in taken(Recipe(0.8, plant, 0.8), 8):
            for other in (Plant.ADDS, Plant.FREEZES, Plant.SWAPS):
                assert (likelihood_ratio(Row(made, False, (), ()), other, 0.8) > 1) == (plant is other)


def test_the_best_test_of_a_lost_table_sees_its_chances() -> None:
    """A right answer speaks against a table that is lost, a wrong one for it; the weight is of the table alone."""
    for made in taken(Recipe(0.95, Plant.FIFTH, 0.8, table=7), 8):
        one = atom(Row(made, False, (), ()))
        asked = [answer.right for answer in made.attempt.answers if 7 in (answer.item.factor1, answer.item.factor2)]
        left = 0.95 * (1 - 0.8 * 0.8)
        ratio = (0.95 / left) ** sum(asked) * (0.05 / (1 - left)) ** (len(asked) - sum(asked))
        assert (one.chances, one.plain) == (len(asked), pytest.approx(ratio))


def test_wilsons_upper_end() -> None:
    """Against a published value: 10 of 100 is at most 17.4%; nothing of 100 at most 3.7%."""
    assert wilson_upper(10, 100) == pytest.approx(0.1744, abs=1e-4)
    assert wilson_upper(0, 100) == pytest.approx(0.0370, abs=1e-4)

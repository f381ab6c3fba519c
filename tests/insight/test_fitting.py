"""A class's fit: what it learns of facts, and what it must not read into chance or into a lost table."""

import random
from statistics import pstdev

import pytest

from benchmarks.insight_pupils import Plant, Recipe, make
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.claims import marks_of
from mtc_kiosk.insight.class_fit import OWN_SPREAD, Marks, chance_of, unfitted
from mtc_kiosk.insight.fitting import LEAST_SPREAD, OWN_SPREADS, fit_class
from tests.insight.made import form

FACTS = tuple(Item(first, second) for first in TABLES for second in TABLES)


def answered(pupils: int, chance: random.Random, ease: float = 0.0, own: float = 0.0) -> list[Marks]:
    """Pupils of ability 1 in logits: ``ease`` is what every 12 in a fact adds, ``own`` the spread of their tables."""
    rows: list[Marks] = []
    for seed in range(pupils):
        of = {table: chance.gauss(0, own) for table in TABLES}
        rows.append(
            [
                (item, chance.random() < chance_of(1 + of[item.table] + ease * (item.factor1, item.factor2).count(12)))
                for item in form(seed)
            ]
        )
    return rows


def lost(pupils: int, chance: random.Random) -> list[Marks]:
    """Pupils for whom all facts are alike, but for one table in every second of them."""
    recipes = [Recipe(0.8, Plant.LOST if place % 2 else Plant.NONE) for place in range(pupils)]
    return [marks_of(make(recipe, chance).attempt.answers) for recipe in recipes]


def test_facts_that_are_all_alike_come_out_alike() -> None:
    """The published order and the chances of few answers are not read into them."""
    fit = fit_class(answered(300, random.Random(1)))
    assert pstdev(fit.ease[item] for item in FACTS) < 0.15
    assert fit.slope < 0.3


def test_a_number_that_is_hard_is_hard_in_either_place() -> None:
    """Also in a fact that few were asked."""
    fit = fit_class(answered(150, random.Random(2), ease=-2))
    plain = fit.ease[Item(3, 4)]
    assert plain - fit.ease[Item(3, 12)] > 1
    assert plain - fit.ease[Item(12, 4)] > 1


def test_a_table_that_some_lost_does_not_make_every_table_uneven() -> None:
    """A lost table is a kind of its own: pupils' other tables are as alike as they are."""
    assert fit_class(lost(200, random.Random(3))).own_spread < 0.3


def test_tables_that_differ_from_pupil_to_pupil_are_seen_to() -> None:
    """And the value is among those tried."""
    even, uneven = (fit_class(answered(200, random.Random(4), own=own)).own_spread for own in (0.0, 1.0))
    assert LEAST_SPREAD <= even < 0.3
    assert 0.6 < uneven <= max(OWN_SPREADS)


def test_a_few_answers_leave_what_is_usual() -> None:
    """One pupil hardly says how much pupils differ."""
    assert fit_class([form_marks(1)]).own_spread == pytest.approx(OWN_SPREAD, abs=0.15)
    assert fit_class([[]]) == fit_class([]) == unfitted()


def form_marks(seed: int) -> Marks:
    """A pupil who misses every third question."""
    return [(item, number % 3 != 0) for number, item in enumerate(form(seed))]


def test_the_order_of_answers_changes_no_bit() -> None:
    """Nor that of the pupils."""
    rows = [form_marks(seed) for seed in range(8)]
    assert fit_class([row[::-1] for row in rows[::-1]]) == fit_class(rows)

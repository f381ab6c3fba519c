"""A sample of what ``benchmarks/forms.py`` shows over 100,000 forms: the drawing is even."""

import random
from collections import Counter

import pytest

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.framework import TABLES, FormRules

FORMS = 3_000
FACTS_ONCE_IN_1000 = 163.0  # chi-square, 110 degrees of freedom
POSITIONS_ONCE_IN_1000 = (178.0, 313.0)  # chi-square, 240 degrees of freedom, each end


@pytest.fixture(scope="module")
def sample() -> list[Form]:
    """National forms from a fixed seed."""
    chance = random.Random(2026)
    return [draw(chance, FormRules()) for _ in range(FORMS)]


def test_facts_of_a_table_are_equally_likely(sample: list[Form]) -> None:
    """Chi-square of the 11 facts of each table stays below what chance passes once in a thousand."""
    facts = Counter(item for form in sample for item in form.items)
    statistic = 0.0
    for table in TABLES:
        expected = sum(facts[Item(table, factor)] for factor in TABLES) / len(TABLES)
        statistic += sum((facts[Item(table, factor)] - expected) ** 2 / expected for factor in TABLES)
    assert statistic < FACTS_ONCE_IN_1000


def test_a_question_of_any_table_may_come_anywhere(sample: list[Form]) -> None:
    """Chi-square of position by table is neither higher nor lower than a uniform shuffle's."""
    places = Counter((item.table, place) for form in sample for place, item in enumerate(form.items))
    statistic = 0.0
    for table in TABLES:
        expected = sum(places[table, place] for place in range(25)) / 25
        statistic += sum((places[table, place] - expected) ** 2 / expected for place in range(25))
    low, high = POSITIONS_ONCE_IN_1000
    assert low < statistic < high


def test_count_vectors_are_spread_evenly(sample: list[Form]) -> None:
    """3,000 draws from 22,797 reach some 2,813 different ones; five standard deviations are 65."""
    tables = [Counter(item.table for item in form.items) for form in sample]
    reached = {tuple(counts[table] for table in TABLES) for counts in tables}
    assert 2_748 < len(reached) < 2_878

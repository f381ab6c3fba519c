"""How hard the facts are before any pupil of the school has answered: an order, taken from what is published.

Sources, with their caveats, are in docs/insight.md: the only open table of facts from a UK school (232 pupils of years
5 to 8, one school, typing slips included), and the tables that the agency names as hardest (6, 7, 8, 9 and 12). The
order is all that is used: how much it matters in this school is estimated from its own answers (``class_fit``).
"""

from collections.abc import Mapping
from functools import lru_cache
from statistics import fmean

from mtc_kiosk.check.form import LARGEST_FACTOR, SMALLEST_FACTOR, Item
from mtc_kiosk.check.framework import TABLES

OF_FACTOR: Mapping[int, float] = {
    1: -1.4,
    2: -0.9,
    3: -0.2,
    4: 0.0,
    5: -0.6,
    6: 0.4,
    7: 0.5,
    8: 0.6,
    9: 0.3,
    10: -1.0,
    11: -0.1,
    12: 0.7,
}
"""How hard a factor makes a fact, in logits."""

OF_TIES = -0.3
"""A fact such as 6x6 is easier than its factors say (van der Ven and others, 2015)."""

OF_ITEM: Mapping[Item, float] = {
    Item(6, 8): 0.4,
    Item(8, 6): 0.4,
    Item(11, 12): 0.5,
    Item(12, 8): 0.2,
    Item(8, 12): 0.2,
    Item(8, 7): 0.2,
    Item(4, 8): 0.3,
    Item(11, 11): 0.6,
}
"""The facts named as hardest, each harder than its factors say."""


@lru_cache(maxsize=1)
def hardness() -> Mapping[Item, float]:
    """How hard each fact is, in logits; 0 on average over the facts of the check."""
    factors = range(SMALLEST_FACTOR, LARGEST_FACTOR + 1)
    plain = {Item(first, second): _plain(Item(first, second)) for first in factors for second in factors}
    middle = fmean(plain[Item(first, second)] for first in TABLES for second in TABLES)
    return {item: value - middle for item, value in plain.items()}


def _plain(item: Item) -> float:
    ties = OF_TIES if item.factor1 == item.factor2 else 0.0
    return OF_FACTOR[item.factor1] + OF_FACTOR[item.factor2] + ties + OF_ITEM.get(item, 0.0)

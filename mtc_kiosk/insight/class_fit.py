"""How hard each fact is for this class: the published order, corrected by the class's and the school's own answers.

The logit of the chance of a right, in-time answer is

    ability of the pupil - slope x published hardness + effect of the table + effect of the fact

where a table is a fact's first number. Slope, tables and facts are shrunk towards 1, 0 and 0 by normal priors,
abilities towards the class's middle, and the most probable values are found by coordinate-wise Newton steps. What
follows for one pupil is in ``tables``.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, log, sqrt
from statistics import fmean
from typing import TypeVar

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.difficulty import hardness

ABILITY_SPREAD = 1.3
"""Standard deviation of abilities in a class, in logits."""

NATIONAL_SHARE = 21.0 / 25
"""The mean share of right answers in England in 2025 (``national``): where a class's middle starts from."""

NATIONAL_WEIGHT = 5
"""How many pupils the national mean counts for beside the class."""

SLOPE_SPREAD = 0.5
TABLE_SPREAD = 0.4
FACT_SPREAD = 0.4
OWN_SPREAD = 0.6
"""The standard deviation of a pupil's own effect of a table, before any answers."""

OWN_VARIANCE_SPREAD = 0.25
"""How unsure the square of that is beforehand."""

LEAST_OWN, MOST_OWN = 0.15, 1.0

ROUNDS = 6
LARGEST_STEP = 1.0

Key = TypeVar("Key")

Marks = Sequence[tuple[Item, bool]]
"""Questions, each with whether it was answered right and in time."""


def logit(chance: float) -> float:
    """The log of the odds."""
    return log(chance / (1 - chance))


def chance_of(value: float) -> float:
    """The chance that has this logit."""
    return 1 / (1 + exp(-value))


@dataclass(frozen=True)
class ClassFit:
    """``ease``: each fact's place in logits, added to a pupil's ability. ``middle``: the class's middle ability.

    ``own_spread`` is the standard deviation of a pupil's own effect of a table, ``slope`` how much the published order
    matters here, and ``tables`` how much easier than that order each table is for this class.
    """

    ease: Mapping[Item, float]
    middle: float
    own_spread: float
    slope: float
    tables: Mapping[int, float]


def unfitted() -> ClassFit:
    """What is assumed where there are no answers: the published order and the national mean."""
    return ClassFit(
        {item: -hard for item, hard in hardness().items()},
        logit(NATIONAL_SHARE),
        OWN_SPREAD,
        1.0,
        dict.fromkeys(TABLES, 0.0),
    )


def fit_class(pupils: Sequence[Marks], earlier: Sequence[Marks] = ()) -> ClassFit:
    """Fit a class by the marks of each pupil; ``earlier`` are those of other pupils of the school.

    Earlier answers say how hard facts are, and nothing of this class's middle. The fit is the same to the last bit in
    whatever order pupils come.
    """
    of_class = sorted(list(one) for one in pupils if one)
    everybody = [*of_class, *sorted(list(one) for one in earlier if one)]
    if not everybody:
        return unfitted()
    fitting = _Fitting(everybody, len(of_class))
    for _ in range(ROUNDS):
        fitting.improve()
    return fitting.result()


class _Fitting:
    """The values on their way to the most probable ones."""

    def __init__(self, pupils: Sequence[Marks], of_class: int) -> None:
        self.of_class = of_class
        self.hard = hardness()
        self.slope = 1.0
        self.table = dict.fromkeys(range(1, 13), 0.0)
        self.fact: dict[tuple[int, int], float] = defaultdict(float)
        self.rows = pupils
        start = [(sum(right for _, right in row) + 1) / (len(row) + 2) for row in self.rows]
        self.middle = logit(NATIONAL_SHARE)
        self.ability = [logit(share) for share in start]
        self._set_middle()

    def improve(self) -> None:
        """One round: abilities, then the slope, then tables, then facts."""
        self._set_abilities()
        self._set_middle()
        self._set_slope()
        self._step(lambda item: item.factor1, self.table, TABLE_SPREAD)
        self._step(lambda item: item.unordered, self.fact, FACT_SPREAD)

    def result(self) -> ClassFit:
        """The fit as it is now."""
        ease = {item: self._ease(item) for item in self.hard}
        return ClassFit(
            ease, self.middle, self._own_spread(ease), self.slope, {table: self.table[table] for table in TABLES}
        )

    def _own_spread(self, ease: Mapping[Item, float]) -> float:
        """By how much a pupil's answers in one table are right or wrong together, shrunk to what is usual.

        Two answers of a pupil in a table have residuals whose product is, on average, the effect's variance times both
        chances' own variances. An ability fitted to the same answers takes a little away, which is added again.
        """
        top = bottom = noise = 0.0
        for ability, row in zip(self.ability, self.rows, strict=True):
            together: dict[int, list[tuple[float, float]]] = defaultdict(list)
            known = 1 / ABILITY_SPREAD**2
            for item, right in row:
                chance = chance_of(ability + ease[item])
                own = chance * (1 - chance)
                known += own
                together[item.table].append((right - chance, own))
            for pairs in (combinations(theirs, 2) for theirs in together.values()):
                for (one, own), (other, others) in pairs:
                    both = own * others
                    top += one * other * both + both**2 / known
                    bottom += both**2
                    noise += both**3
        weight = OWN_VARIANCE_SPREAD**2 * bottom**2 / noise if noise else 0.0
        variance = (OWN_SPREAD**2 + weight * (top / bottom if bottom else 0.0)) / (1 + weight)
        return min(MOST_OWN, sqrt(max(LEAST_OWN**2, variance)))

    def _ease(self, item: Item) -> float:
        return self.table[item.factor1] + self.fact[item.unordered] - self.slope * self.hard[item]

    def _set_abilities(self) -> None:
        tight = 1 / ABILITY_SPREAD**2
        for index, row in enumerate(self.rows):
            slope, bend = (self.middle - self.ability[index]) * tight, tight
            for item, right in row:
                chance = chance_of(self.ability[index] + self._ease(item))
                slope += right - chance
                bend += chance * (1 - chance)
            self.ability[index] += _bounded(slope / bend)

    def _set_middle(self) -> None:
        known = self.ability[: self.of_class]
        self.middle = fmean([*known, *[logit(NATIONAL_SHARE)] * NATIONAL_WEIGHT])

    def _set_slope(self) -> None:
        slope, bend = (1 - self.slope) / SLOPE_SPREAD**2, 1 / SLOPE_SPREAD**2
        for ability, row in zip(self.ability, self.rows, strict=True):
            for item, right in row:
                chance, hard = chance_of(ability + self._ease(item)), self.hard[item]
                slope -= hard * (right - chance)
                bend += hard**2 * chance * (1 - chance)
        self.slope = max(0.0, self.slope + _bounded(slope / bend))

    def _step(self, key_of: Callable[[Item], Key], values: dict[Key, float], spread: float) -> None:
        tight = 1 / spread**2
        slope: dict[Key, float] = defaultdict(float)
        bend: dict[Key, float] = defaultdict(lambda: tight)
        for ability, row in zip(self.ability, self.rows, strict=True):
            for item, right in row:
                key, chance = key_of(item), chance_of(ability + self._ease(item))
                slope[key] += right - chance
                bend[key] += chance * (1 - chance)
        for key, change in slope.items():
            values[key] += _bounded((change - values[key] * tight) / bend[key])


def _bounded(step: float) -> float:
    return max(-LARGEST_STEP, min(LARGEST_STEP, step))

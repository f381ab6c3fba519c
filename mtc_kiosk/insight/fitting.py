"""Fits a class: how hard facts are for it, by the published order and by the class's and the school's own answers.

Slope, numbers, tables and facts are shrunk towards 1 and 0 by normal priors, abilities towards the class's middle, and
the most probable values are found by coordinate-wise Newton steps. How far numbers, tables and facts differ from the
published order is learnt too, so that facts that are all alike come out alike. docs/insight.md has the mathematics.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, fsum, log, sqrt
from operator import mul
from statistics import fmean

from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.class_fit import (
    ABILITY_SPREAD,
    NATIONAL_SHARE,
    ClassFit,
    Marks,
    chance_of,
    logit,
    unfitted,
)
from mtc_kiosk.insight.difficulty import hardness
from mtc_kiosk.insight.grid import LOST, LOST_EITHER, LOST_FIRST, SMOOTH, Grid, Line

NATIONAL_WEIGHT = 5
"""How many pupils the national mean counts for beside the class."""

SLOPE_SPREAD = 0.5
USUAL_SPREAD = 0.4
"""The standard deviation of the effects of a kind, before any answers."""

USUAL_WEIGHT = 1.0
"""How many effects it counts for beside those of the class."""

LEAST_SPREAD = 0.05

OWN_SPREADS = (0.05, 0.3, 0.6, 0.9)
"""The standard deviations of a pupil's own effect of a table that are tried, equally likely beforehand."""

MOST_TRIED = 150
"""As many pupils, spaced evenly, say how likely each is."""

_ANY_LOST = LOST_FIRST + LOST_EITHER
_WEIGHTS = (*((1 - _ANY_LOST) * weight for _, weight in SMOOTH), *(_ANY_LOST / len(LOST) for _ in LOST))
"""The chance beforehand of each effect, for how far pupils' own tables differ: in whichever way a table is lost."""

ROUNDS = 6
LARGEST_STEP = 1.0


def fit_class(pupils: Sequence[Marks], earlier: Sequence[Marks] = ()) -> ClassFit:
    """Fit a class by the marks of each pupil; ``earlier`` are those of other pupils of the school.

    Earlier answers say how hard facts are, and nothing of this class's middle. The fit is the same to the last bit in
    whatever order pupils come.
    """
    of_class = sorted(sorted(one) for one in pupils if one)
    others = sorted(sorted(one) for one in earlier if one)
    if not of_class and not others:
        return unfitted()
    fitting = _Fitting([*of_class, *others], len(of_class))
    for _ in range(ROUNDS):
        fitting.improve()
    return _with_own_spread(fitting.result(), [*of_class, *others])


@dataclass
class _Effects:
    """Effects of one kind. ``keys`` are those that each fact has; ``spread`` is their standard deviation."""

    keys: Sequence[tuple[object, ...]]
    spread: float = USUAL_SPREAD
    values: dict[object, float] = field(default_factory=lambda: defaultdict(float))

    def of_facts(self) -> list[float]:
        """Their sum in each fact."""
        return [sum(self.values[key] for key in keys) for keys in self.keys]

    def improve(self, residuals: Sequence[tuple[int, float, float]]) -> None:
        """One step of each, then the spread: of each fact, what its answers are above their chances, and the bend."""
        tight = 1 / self.spread**2
        slope: dict[object, float] = defaultdict(float)
        bend: dict[object, float] = defaultdict(lambda: tight)
        for fact, above, curve in residuals:
            keys = self.keys[fact]
            for key in keys:
                slope[key] += above
                bend[key] += curve * len(keys)
        for key, above in slope.items():
            self.values[key] += _bounded((above - self.values[key] * tight) / bend[key])
        known = sum(1 - tight / bend[key] for key in slope)
        squares = sum(self.values[key] ** 2 for key in slope)
        usual = USUAL_WEIGHT * USUAL_SPREAD**2
        self.spread = max(LEAST_SPREAD, sqrt((usual + squares) / (USUAL_WEIGHT + known)))


class _Fitting:
    """The values on their way to the most probable ones. A fact is its place in ``items``."""

    def __init__(self, pupils: Sequence[Marks], of_class: int) -> None:
        self.of_class = of_class
        self.items = tuple(hardness())
        self.hard = tuple(hardness().values())
        self.slope = 1.0
        self.numbers = _Effects([(item.factor1, item.factor2) for item in self.items])
        self.tables = _Effects([(item.factor1,) for item in self.items])
        self.facts = _Effects([(item.unordered,) for item in self.items])
        places = {item: place for place, item in enumerate(self.items)}
        self.rows = [[(places[item], right) for item, right in row] for row in pupils]
        self.middle = logit(NATIONAL_SHARE)
        self.ability = [logit((sum(right for _, right in row) + 1) / (len(row) + 2)) for row in pupils]
        self._set_middle()

    def improve(self) -> None:
        """One round: abilities, the slope, then each kind of effect."""
        self._set_abilities()
        self._set_middle()
        self._set_slope()
        for effects in (self.numbers, self.tables, self.facts):
            effects.improve(self._residuals())

    def result(self) -> ClassFit:
        """The fit as it is now; a pupil's own tables are not in it yet."""
        ease = dict(zip(self.items, self._eases(), strict=True))
        tables = {table: self.numbers.values[table] + self.tables.values[table] for table in TABLES}
        return replace(unfitted(), ease=ease, middle=self.middle, slope=self.slope, tables=tables)

    def _eases(self) -> list[float]:
        kinds = (kind.of_facts() for kind in (self.numbers, self.tables, self.facts))
        return [sum(effects) - self.slope * hard for *effects, hard in zip(*kinds, self.hard, strict=True)]

    def _residuals(self) -> list[tuple[int, float, float]]:
        """Of each fact, in all: right answers less their chances, and the bend of the likelihood."""
        ease = self._eases()
        asked, above, curve = ([0.0] * len(self.items) for _ in range(3))
        for ability, row in zip(self.ability, self.rows, strict=True):
            for fact, right in row:
                chance = chance_of(ability + ease[fact])
                asked[fact] += 1
                above[fact] += right - chance
                curve[fact] += chance * (1 - chance)
        return [(fact, above[fact], curve[fact]) for fact, times in enumerate(asked) if times]

    def _set_abilities(self) -> None:
        ease, tight = self._eases(), 1 / ABILITY_SPREAD**2
        for index, row in enumerate(self.rows):
            slope, bend = (self.middle - self.ability[index]) * tight, tight
            for fact, right in row:
                chance = chance_of(self.ability[index] + ease[fact])
                slope += right - chance
                bend += chance * (1 - chance)
            self.ability[index] += _bounded(slope / bend)

    def _set_middle(self) -> None:
        known = self.ability[: self.of_class]
        self.middle = fmean([*known, *[logit(NATIONAL_SHARE)] * NATIONAL_WEIGHT])

    def _set_slope(self) -> None:
        slope, bend = (1 - self.slope) / SLOPE_SPREAD**2, 1 / SLOPE_SPREAD**2
        for fact, above, curve in self._residuals():
            slope -= self.hard[fact] * above
            bend += self.hard[fact] ** 2 * curve
        self.slope = max(0.0, self.slope + _bounded(slope / bend))


def _bounded(step: float) -> float:
    return max(-LARGEST_STEP, min(LARGEST_STEP, step))


def _with_own_spread(fit: ClassFit, rows: Sequence[Marks]) -> ClassFit:
    """With the standard deviation of a pupil's own effect of a table: the mean of what is likely, by the squares."""
    some = rows[:: -(-len(rows) // MOST_TRIED)]
    logs = [_log_likelihood(Grid(replace(fit, own_spread=spread)), some) for spread in OWN_SPREADS]
    weights = [exp(one - max(logs)) for one in logs]
    square = sum(weight * spread**2 for weight, spread in zip(weights, OWN_SPREADS, strict=True)) / sum(weights)
    return replace(fit, own_spread=sqrt(square))


def _log_likelihood(grid: Grid, rows: Sequence[Marks]) -> float:
    """The log of the chance of all these answers, over all abilities and effects of tables."""
    return fsum(log(sum(_joint(grid, row))) for row in rows)


def _joint(grid: Grid, row: Marks) -> Line:
    line = grid.prior
    for asked in _by_table(row, grid):
        effects = []
        for effect, weight in enumerate(_WEIGHTS):
            there = [weight] * len(line)
            for likelihoods in asked:
                there = list(map(mul, there, likelihoods[effect]))
            effects.append(there)
        line = list(map(mul, line, map(sum, zip(*effects, strict=True))))
    return line


def _by_table(row: Marks, grid: Grid) -> Iterator[list[list[Line]]]:
    found: Mapping[int, list[list[Line]]] = defaultdict(list)
    for item, right in row:
        found[item.table].append(grid.likelihoods(item, right))
    yield from found.values()

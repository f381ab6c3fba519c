"""The values that are summed over for a pupil, and the likelihood of every answer at each of them.

A class's ``Grid`` is computed once; a line is a value for each of ``ABILITIES``.
"""

from collections.abc import Mapping, Sequence
from math import exp

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.class_fit import ABILITY_SPREAD, ClassFit, chance_of

HAS_NOT_GOT = 0.6
"""A pupil has not got a table if the true chance of a right, in-time answer, averaged over its facts, is below this."""

ABILITIES = tuple(-2.8 + 0.4 * step for step in range(20))
"""The abilities summed over, in logits."""

SMOOTH = ((-2.857, 0.01126), (-1.356, 0.22208), (0.0, 0.53332), (1.356, 0.22208), (2.857, 0.01126))
"""A pupil's own effect of a table, in standard deviations, with its weights (five points of Gauss and Hermite)."""

MIDDLE = len(SMOOTH) // 2

LOST = (0.03, 0.3)
"""The share of a lost table's chances that are left: nearly nothing, or some."""

LOST_FIRST = 0.03
"""The chance beforehand that a table is lost where it is the first number."""

LOST_EITHER = 0.03
"""The chance beforehand that a table is lost whichever way round."""

WEIGHTS = (*((1 - LOST_FIRST) * weight for _, weight in SMOOTH), *(LOST_FIRST / len(LOST) for _ in LOST))
"""The chance beforehand of each effect: the smooth ones, then the lost ones."""

WIDEST, STEPS = 8.0, 30

Line = list[float]
Lines = list[Line]
"""A line for each effect of ``WEIGHTS``."""


class Grid:
    """What a class's fit gives for every fact; each is computed when it is first asked for."""

    def __init__(self, fit: ClassFit) -> None:
        self.ease: Mapping[Item, float] = fit.ease
        self.effects = [effect * fit.own_spread for effect, _ in SMOOTH]
        prior = [exp(-((ability - fit.middle) ** 2) / (2 * ABILITY_SPREAD**2)) for ability in ABILITIES]
        self.prior: Line = [one / sum(prior) for one in prior]
        self._chances: dict[Item, Lines] = {}
        self._misses: dict[Item, Lines] = {}
        self._means: dict[int, Lines] = {}
        self._limits: dict[tuple[int, int, tuple[int, ...], int], int] = {}
        self._at_limit: dict[int, float] = {}

    def chances(self, item: Item) -> Lines:
        """The chance of a right answer."""
        found = self._chances.get(item)
        if found is None:
            ease = self.ease[item]
            smooth = [[chance_of(ability + ease + effect) for ability in ABILITIES] for effect in self.effects]
            found = self._chances[item] = [*smooth, *([share * one for one in smooth[MIDDLE]] for share in LOST)]
        return found

    def likelihoods(self, item: Item, right: bool) -> Lines:
        """The likelihood of an answer."""
        if right:
            return self.chances(item)
        found = self._misses.get(item)
        if found is None:
            found = self._misses[item] = [[1 - one for one in line] for line in self.chances(item)]
        return found

    def means(self, table: int) -> Lines:
        """The chance averaged over a table's facts."""
        found = self._means.get(table)
        if found is None:
            facts = [self.chances(Item(table, factor)) for factor in TABLES]
            found = [
                [sum(values) / len(facts) for values in zip(*(fact[effect] for fact in facts), strict=True)]
                for effect in range(len(WEIGHTS))
            ]
            self._means[table] = found
        return found

    def limit(self, table: int, effect: int, lost: tuple[int, ...] = (), share: int = 0) -> int:
        """How many of the abilities, from the lowest, have not got the table.

        ``lost`` are other tables that are lost whichever way round, each with the fact that it shares with this one.
        """
        key = table, effect, lost, share
        if key not in self._limits:
            means = self.means(table)[effect]
            for other in lost:
                fact = self.chances(Item(table, other))
                changed = zip(means, fact[len(SMOOTH) + share], fact[effect], strict=True)
                means = [mean + (gone - there) / len(TABLES) for mean, gone, there in changed]
            self._limits[key] = sum(chance < HAS_NOT_GOT for chance in means)
        return self._limits[key]

    def ability_at_limit(self, table: int) -> float:
        """The ability whose mean chance over the table's facts is exactly the limit."""
        if table not in self._at_limit:
            eases = [self.ease[Item(table, factor)] for factor in TABLES]
            self._at_limit[table] = ability_where(eases, HAS_NOT_GOT)
        return self._at_limit[table]


def ability_where(eases: Sequence[float], mean: float) -> float:
    """The ability at which facts of these eases have this mean chance, by bisection."""
    low, high = -WIDEST, WIDEST
    for _ in range(STEPS):
        middle = (low + high) / 2
        if sum(chance_of(middle + ease) for ease in eases) < mean * len(eases):
            low = middle
        else:
            high = middle
    return high

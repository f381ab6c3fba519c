"""The control over all claims of one report: how often a pupil without any gap would look like this.

With 11 tables and 3 questions each, something always looks bad. So a claim needs, besides its own probability, evidence
that a pupil *of whatever ability*, with no table worse than that ability and the facts' hardness make it, would rarely
give. Two exact tests, of which one is enough:

* **This table beside the others.** Given how many answers were right in all, the chance of each pattern no longer
  depends on the ability (Rasch), so the chance that *any* table shows as much evidence of being lost is exact.
* **Everything.** The chance that a pupil whose mean chance in this table is exactly the limit has so few right in all;
  for a table with evidence of its own.

docs/insight.md has the formulas.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.class_fit import Marks, chance_of
from mtc_kiosk.insight.grid import LOST, Grid, ability_where

_NEARLY = 1 - 1e-9


@dataclass(frozen=True)
class Control:
    """How rare this is without a gap: ``beside`` in any table given all the answers, ``overall`` in this pupil's sum.

    ``evidence`` is how much likelier the table's answers are if it is lost than by the pupil's other answers;
    ``at_limit`` is the same beside a pupil whose mean chance in it is exactly the limit.
    """

    table: int
    beside: float
    overall: float
    evidence: float
    at_limit: float


@dataclass(frozen=True)
class _Pattern:
    """So many right in a table's facts: its chance without a gap, and the evidence that it gives."""

    chance: float
    evidence: float


def controls(marks: Marks, grid: Grid) -> dict[int, Control]:
    """The control of each table that was asked."""
    asked = [item for item, _ in marks]
    score = sum(right for _, right in marks)
    eases = [grid.ease[item] for item in asked]
    ability = ability_where(eases, _inside(score, len(asked)) / len(asked))
    whole = _symmetric([exp(ease) for ease in eases])[score]
    sets: dict[int, _Sets] = {}
    patterns, seen = {}, {}
    for table in TABLES:
        first = [index for index, item in enumerate(asked) if item.factor1 == table]
        second = [index for index, item in enumerate(asked) if item.factor2 == table and item.factor1 != table]
        if first or second:
            sets[table] = _Sets(eases, first, second, score)
            patterns[table] = sets[table].patterns(whole, ability)
            seen[table] = sum(marks[index][1] for index in first), sum(marks[index][1] for index in second)
    every = [one for found in patterns.values() for one in found.values()]
    result = {}
    for table, found in patterns.items():
        evidence, limit = found[seen[table]].evidence, grid.ability_at_limit(table)
        beside = sum(one.chance for one in every if one.evidence >= evidence * _NEARLY)
        overall = _overall([limit + ease for ease in eases], score)
        at_limit = sets[table].evidence(seen[table], limit)
        result[table] = Control(table, min(1.0, beside), overall, evidence, at_limit)
    return result


@dataclass(frozen=True)
class _Sets:
    """The questions of a table, by their place: where it is the first number, and where only the second."""

    eases: Sequence[float]
    first: Sequence[int]
    second: Sequence[int]
    score: int

    def patterns(self, whole: float, ability: float) -> dict[tuple[int, int], _Pattern]:
        """Every number of right answers in both sets, given the score; ``whole`` is the weight of all ways to it."""
        theirs = {*self.first, *self.second}
        rest = [index for index in range(len(self.eases)) if index not in theirs]
        ways = [_symmetric([exp(self.eases[index]) for index in part]) for part in (self.first, self.second, rest)]
        return {
            (right, also): _Pattern(
                ways[0][right] * ways[1][also] * ways[2][self.score - right - also] / whole,
                self.evidence((right, also), ability),
            )
            for right in range(len(self.first) + 1)
            for also in range(len(self.second) + 1)
            if 0 <= self.score - right - also <= len(rest)
        }

    def evidence(self, right: tuple[int, int], ability: float) -> float:
        """The likelihood of so many right if the table is lost, beside that of a pupil of this ability."""
        means = [_mean([chance_of(ability + self.eases[i]) for i in part]) for part in (self.first, self.second)]
        total = 0.0
        for share in LOST:
            first, second = (
                _lost_beside_plain(mean, share, count, len(part))
                for mean, count, part in zip(means, right, (self.first, self.second), strict=True)
            )
            total += first + first * second
        return total / (2 * len(LOST))


def _lost_beside_plain(mean: float, share: float, right: int, of: int) -> float:
    return float(share**right * ((1 - share * mean) / (1 - mean)) ** (of - right))


def _overall(logits: Sequence[float], score: int) -> float:
    """The chance of at most so many right."""
    cases = [1.0]
    for value in logits:
        chance = chance_of(value)
        cases = [a * (1 - chance) + b * chance for a, b in zip([*cases, 0.0], [0.0, *cases], strict=True)]
    return sum(cases[: score + 1])


def _symmetric(weights: Sequence[float]) -> list[float]:
    """The elementary symmetric polynomials: of each number of right answers, the weight of all ways to have it."""
    ways = [1.0]
    for weight in weights:
        ways = [a + b * weight for a, b in zip([*ways, 0.0], [0.0, *ways], strict=True)]
    return ways


def _inside(score: int, of: int) -> float:
    """A score that some ability gives on average: not nothing, and not everything."""
    return min(max(float(score), 0.5), of - 0.5)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0

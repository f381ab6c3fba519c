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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log
from operator import mul

from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.class_fit import Marks, chance_of
from mtc_kiosk.insight.grid import LOST, Grid, ability_where

_NEARLY = 1 - 1e-9

MOST_PATTERNS = 4_096
"""From so many ways to answer on, those with much the same evidence are taken together.

A national form asks some ten questions of a table at most; a school's own may ask 25 of one, which have 33 million.
"""

_State = tuple[float, int, list[float]]
"""The chance of a way to answer so far, how many are right, and its evidence by each way to have lost the table."""


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
    """One way to answer a table's questions: its chance without a gap, and the evidence that it gives."""

    chance: float
    evidence: float


def controls(marks: Marks, grid: Grid) -> dict[int, Control]:
    """The control of each table that was asked."""
    asked = [item for item, _ in marks]
    eases = [grid.ease[item] for item in asked]
    score = sum(right for _, right in marks)
    ability = ability_where(eases, _inside(score, len(asked)) / len(asked))
    sets = {table: _Set(table, marks, eases) for table in TABLES}
    sets = {table: one for table, one in sets.items() if one.theirs}
    whole = _symmetric(eases)[score]
    every = [pattern for one in sets.values() for pattern in one.patterns(whole, ability, score)]
    result = {}
    for table, one in sets.items():
        evidence, limit = one.evidence(ability), grid.ability_at_limit(table)
        beside = sum(pattern.chance for pattern in every if pattern.evidence >= evidence * _NEARLY)
        overall = _overall([limit + ease for ease in eases], score)
        result[table] = Control(table, min(1.0, beside), overall, evidence, one.evidence(limit))
    return result


class _Set:
    """The questions of one table: those where it is the first number, and those where only the second."""

    def __init__(self, table: int, marks: Marks, eases: Sequence[float]) -> None:
        rows = [(item, right, ease) for (item, right), ease in zip(marks, eases, strict=True)]
        self.theirs = [row for row in rows if table in (row[0].factor1, row[0].factor2)]
        self.rest = [ease for item, _, ease in rows if table not in (item.factor1, item.factor2)]
        self.is_first = [item.factor1 == table for item, _, _ in self.theirs]

    def evidence(self, ability: float) -> float:
        """How much likelier the answers are if the table is lost than of a pupil of this ability."""
        ways = self._ratios(ability)
        products = [1.0] * len(_WAYS)
        for (_, right, _), (wrong_ratios, right_ratios) in zip(self.theirs, ways, strict=True):
            products = list(map(mul, products, right_ratios if right else wrong_ratios))
        return sum(products) / len(products)

    def patterns(self, whole: float, ability: float, score: int, most: int = MOST_PATTERNS) -> Iterator[_Pattern]:
        """Every way to answer the questions with this score in all; ``whole`` is the weight of all ways to it.

        Beyond ``most`` they are taken together by ``_together``, so that what is said is only more careful.
        """
        others = _symmetric(self.rest)
        found: list[_State] = [(1.0, 0, [1.0] * len(_WAYS))]
        for (_, _, ease), (wrong_ratios, right_ratios) in zip(self.theirs, self._ratios(ability), strict=True):
            weight = exp(ease)
            found = [
                one
                for chance, right, products in found
                for one in (
                    (chance, right, list(map(mul, products, wrong_ratios))),
                    (chance * weight, right + 1, list(map(mul, products, right_ratios))),
                )
            ]
            if len(found) > most:
                found = _together(found)
        for chance, right, products in found:
            if 0 <= score - right < len(others):
                yield _Pattern(chance * others[score - right] / whole, sum(products) / len(products))

    def _ratios(self, ability: float) -> list[tuple[list[float], list[float]]]:
        """For each question, how much likelier a wrong and a right answer are in each way of having lost the table."""
        found = []
        for (_, _, ease), is_first in zip(self.theirs, self.is_first, strict=True):
            chance = chance_of(ability + ease)
            shares = [share if is_first or either else 1.0 for share, either in _WAYS]
            found.append(([(1 - share * chance) / (1 - chance) for share in shares], shares))
        return found


_WAYS = tuple((share, either) for share in LOST for either in (False, True))
"""The ways to have lost a table: the share that is left, and whether whichever way round."""


def _together(states: Sequence[_State]) -> list[_State]:
    """Those with as many right and evidence of the same size as one, with the most evidence that any of them has."""
    found: dict[tuple[int, ...], _State] = {}
    for chance, right, products in states:
        key = (right, *(round(log(product)) for product in products))
        before = found.get(key)
        if before is None:
            found[key] = chance, right, products
        else:
            found[key] = before[0] + chance, right, list(map(max, before[2], products))
    return list(found.values())


def _overall(logits: Sequence[float], score: int) -> float:
    """The chance of at most so many right."""
    cases = [1.0]
    for value in logits:
        chance = chance_of(value)
        cases = [a * (1 - chance) + b * chance for a, b in zip([*cases, 0.0], [0.0, *cases], strict=True)]
    return sum(cases[: score + 1])


def _symmetric(eases: Sequence[float]) -> list[float]:
    """The elementary symmetric polynomials: of each number of right answers, the weight of all ways to have it."""
    ways = [1.0]
    for weight in map(exp, eases):
        ways = [a + b * weight for a, b in zip([*ways, 0.0], [0.0, *ways], strict=True)]
    return ways


def _inside(score: int, of: int) -> float:
    """A score that some ability gives on average: not nothing, and not everything."""
    return min(max(float(score), 0.5), of - 0.5)

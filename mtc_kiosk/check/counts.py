"""How many questions of a form come from each table: count every way the limits allow, and draw one evenly.

Only the limits by first factor and those on the easy tables count here, not which questions a table then gives.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from mtc_kiosk.check.framework import TABLES, FormRules, TableLimits

State = tuple[int, int]
"""Part of the way through the tables: (questions left to give, questions given so far from the easy tables)."""


@dataclass(frozen=True)
class CountVectors:
    """The count vectors that rules allow.

    ``ways[i][state]``: in how many ways table i and those after it can complete that state.
    """

    rules: FormRules
    ways: tuple[Mapping[State, int], ...]

    @property
    def total(self) -> int:
        """The number of count vectors: 22,797 under the national rules (docs/reference/framework.md, "The form")."""
        return self.ways[0].get(self._start, 0)

    def draw(self, chance: random.Random) -> tuple[int, ...]:
        """Draw one count vector, all equally likely; one count for each of ``rules.tables``. Needs ``total`` > 0."""
        rank = chance.randrange(self.total)
        state, counts = self._start, []
        for limits, after in zip(self.rules.tables, self.ways[1:], strict=True):
            for count in allowed(limits):
                following = _following(self.rules, state, limits.table, count)
                ways = after.get(following, 0)
                if rank < ways:
                    break
                rank -= ways
            counts.append(count)
            state = following
        return tuple(counts)

    def mean(self) -> tuple[Fraction, ...]:
        """The mean number of questions from each of ``rules.tables``, over all count vectors. Needs ``total`` > 0."""
        reached: dict[State, int] = {self._start: 1}
        means = []
        for limits, after in zip(self.rules.tables, self.ways[1:], strict=True):
            questions, onward = 0, dict[State, int]()
            for state, times in reached.items():
                for count in allowed(limits):
                    following = _following(self.rules, state, limits.table, count)
                    questions += count * times * after.get(following, 0)
                    onward[following] = onward.get(following, 0) + times
            means.append(Fraction(questions, self.total))
            reached = onward
        return tuple(means)

    @property
    def _start(self) -> State:
        return self.rules.questions, 0


def count_vectors(rules: FormRules) -> CountVectors:
    """Count the vectors from the last table backwards; ``total`` is 0 if the limits allow none."""
    easy = range(rules.easy_minimum, rules.easy_maximum + 1) if rules.easy_tables else range(1)
    ways: list[Mapping[State, int]] = [{(0, given): 1 for given in easy}]
    for limits in reversed(rules.tables):
        here: dict[State, int] = {}
        for left in range(rules.questions + 1):
            for given in range(rules.questions - left + 1):
                completed = sum(
                    ways[0].get(_following(rules, (left, given), limits.table, count), 0) for count in allowed(limits)
                )
                if completed:
                    here[left, given] = completed
        ways.insert(0, here)
    return CountVectors(rules, tuple(ways))


def allowed(limits: TableLimits) -> range:
    """The counts that a table may have; a table has no more facts than there are second factors."""
    return range(limits.minimum, min(limits.maximum, len(TABLES)) + 1)


def _following(rules: FormRules, state: State, table: int, count: int) -> State:
    left, given = state
    return left - count, given + (count if table in rules.easy_tables else 0)

"""A class's figures: the distribution of scores, the map of facts, and what to teach again.

*Teach again* does not rank raw shares of a few answers. A fact's share right in the class is estimated with the class's
fit: a posterior of each fact's chance for the pupils who were asked it, shrunk to what their ability and the fact's
hardness say. A fact is named only if the chance is at least 80% that under 60% of the class would have it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.claims import CLEAR_FROM, LIKELY_FROM, Sure
from mtc_kiosk.insight.class_fit import ClassFit, Marks, chance_of
from mtc_kiosk.insight.grid import HAS_NOT_GOT, ability_where

FEWEST_ANSWERS = 4
"""A fact of which fewer were asked, in either order, is not named."""

FACT_EFFECTS = tuple(-5.2 + 0.4 * step for step in range(20))
"""The values, in logits, of how much harder or easier a fact is for this class than the fit says."""

FACT_SPREADS = ((0.85, 0.6), (0.15, 2.0))
"""Their normal distributions, each with its share: mostly a little, sometimes a fact that was never learnt."""


@dataclass(frozen=True)
class Square:
    """One square of the map of facts, as the question is shown: how often it was asked, and wrong."""

    item: Item
    asked: int
    wrong: int


@dataclass(frozen=True)
class Row:
    """A table by its first number: the share right, None where nothing was asked."""

    table: int
    asked: int
    right: int

    @property
    def share(self) -> float | None:
        """The share right."""
        return self.right / self.asked if self.asked else None


@dataclass(frozen=True)
class TeachAgain:
    """A fact that the class has probably not got, in either order."""

    item: Item
    sure: Sure
    probability: float
    asked: int
    wrong: int


@dataclass(frozen=True)
class Distribution:
    """How many pupils have each score from 0 to ``out_of``."""

    counts: tuple[int, ...]

    @property
    def pupils(self) -> int:
        """How many there are."""
        return sum(self.counts)

    @property
    def out_of(self) -> int:
        """The highest score."""
        return len(self.counts) - 1


def distribution(scores: Sequence[int], out_of: int) -> Distribution:
    """The scores of checks of one length."""
    counted = Counter(scores)
    return Distribution(tuple(counted[score] for score in range(out_of + 1)))


def fact_map(pupils: Sequence[Marks]) -> Mapping[Item, Square]:
    """The facts that were asked, as they were asked."""
    asked: Counter[Item] = Counter()
    wrong: Counter[Item] = Counter()
    for item, right in (mark for marks in pupils for mark in marks):
        asked[item] += 1
        wrong[item] += not right
    return {item: Square(item, times, wrong[item]) for item, times in sorted(asked.items())}


def by_table(pupils: Sequence[Marks]) -> tuple[Row, ...]:
    """Each table by its first number."""
    marks = [(item.table, right) for one in pupils for item, right in one]
    asked = Counter(table for table, _ in marks)
    had = Counter(table for table, right in marks if right)
    return tuple(Row(table, asked[table], had[table]) for table in TABLES)


def teach_again(pupils: Sequence[Marks], fit: ClassFit) -> tuple[TeachAgain, ...]:
    """The facts that under 60% of the class would have right, as far as that is likely; the surest first."""
    abilities = [_ability(marks, fit) for marks in pupils if marks]
    answers: dict[tuple[int, int], list[tuple[float, Item, bool]]] = {}
    for ability, marks in zip(abilities, (marks for marks in pupils if marks), strict=True):
        for item, right in marks:
            answers.setdefault(item.unordered, []).append((ability, item, right))
    found = (_judged(theirs, abilities, fit) for theirs in answers.values() if len(theirs) >= FEWEST_ANSWERS)
    named = [one for one in found if one.sure is not Sure.CANNOT_TELL]
    return tuple(sorted(named, key=lambda one: (-one.probability, one.item)))


def _judged(answers: Sequence[tuple[float, Item, bool]], abilities: Sequence[float], fit: ClassFit) -> TeachAgain:
    """The probability that the class's mean chance at a fact is below the limit."""
    item = Counter(item for _, item, _ in answers).most_common(1)[0][0]
    below = total = 0.0
    for effect in FACT_EFFECTS:
        likelihood = log(sum(share * exp(-((effect / spread) ** 2) / 2) / spread for share, spread in FACT_SPREADS))
        for ability, asked, right in answers:
            chance = chance_of(ability + fit.ease[asked] + effect)
            likelihood += log(chance if right else 1 - chance)
        mean = sum(chance_of(ability + fit.ease[item] + effect) for ability in abilities) / len(abilities)
        weight = exp(likelihood)
        total += weight
        below += weight if mean < HAS_NOT_GOT else 0.0
    probability = below / total
    sure = Sure.CLEAR if probability >= CLEAR_FROM else Sure.LIKELY if probability >= LIKELY_FROM else Sure.CANNOT_TELL
    return TeachAgain(item, sure, probability, len(answers), sum(not right for _, _, right in answers))


def _ability(marks: Marks, fit: ClassFit) -> float:
    """A pupil's ability, drawn a little from the ends, where it has no value."""
    share = (sum(right for _, right in marks) + 0.5) / (len(marks) + 1)
    return ability_where([fit.ease[item] for item, _ in marks], share)

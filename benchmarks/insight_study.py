"""Whole classes of made-up pupils with what insight says of them, as rows that the benchmark of insight counts."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.insight_pupils import (
    ABILITIES,
    FROZEN_AFTER,
    HEALTHY,
    LEFT,
    MISTAKES,
    OF_A_TABLE,
    Made,
    Plant,
    Recipe,
    make,
    swapped,
    usual,
)
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.attempts import Answer
from mtc_kiosk.insight.claims import Sure, TableClaim, marks_of, table_claims
from mtc_kiosk.insight.class_fit import ABILITY_SPREAD, Marks, chance_of, unfitted
from mtc_kiosk.insight.fitting import fit_class
from mtc_kiosk.insight.grid import HAS_NOT_GOT, LOST, LOST_EITHER, LOST_FIRST, Grid
from mtc_kiosk.insight.patterns import Found, Pattern, before_freezing, patterns

PUPILS = 30
EARLIER = 400
"""The pupils of other years with whom a school's facts are known."""

ACTS = (0.8, 1.0)
EVENLY = (0.5, 0.97)
"""Between these, all abilities are as likely, so that hardly any is exactly at the limit."""

A_HAIR = 1e-9
"""A mean that is the limit itself is not below it, whatever its last bit."""

PATTERN_OF = {
    Plant.SLOW_TYPING: Pattern.SLOW_TYPING,
    Plant.SWAPS: Pattern.SWAPS,
    Plant.ADDS: Pattern.ADDS,
    Plant.FREEZES: Pattern.FREEZES,
    Plant.GUESSES: Pattern.GUESSES,
    Plant.STICKS: Pattern.STICKS,
}


@dataclass(frozen=True)
class Said:
    """What insight says of one table of one pupil, with the truth.

    ``raw`` is the share wrong of the table's questions.
    """

    table: int
    sure: Sure
    not_got: float
    raw: float
    true: bool


@dataclass(frozen=True)
class Row:
    """One pupil with all that is said. ``claims`` is by table."""

    made: Made
    spread: bool
    claims: tuple[Said, ...]
    found: tuple[Found, ...]

    def is_false(self, *sure: Sure) -> bool:
        """Whether the report carries a false claim this sure."""
        true_pattern = PATTERN_OF.get(self.made.plant)
        tables = any(said.sure in sure and not said.true for said in self.claims)
        return tables or any(one.sure in sure and one.pattern is not true_pattern for one in self.found)

    def of(self, table: int) -> Said:
        """What is said of one table."""
        return self.claims[table - TABLES[0]]


def study(
    classes: int, seed: int, plants: Sequence[Plant], *, spread: bool, planted: float = 0.5, evenly: bool = False
) -> Iterator[Row]:
    """Classes of 30 in which this share has one of the plants.

    Ten are of each ability, or, ``evenly``, abilities are anything from 50 to 97%.
    """
    chance = random.Random(f"{seed}/{spread}/{'/'.join(plants)}" + "/evenly" * evenly)

    def made(place: int, share: float) -> Made:
        recipe = _recipe(chance, plants, spread, place, share)
        return make(replace(recipe, ability=chance.uniform(*EVENLY)) if evenly else recipe, chance)

    earlier = [marks_of(made(place, 0.2).attempt.answers) for place in range(EARLIER)]
    for _ in range(classes):
        pupils = [made(place, planted) for place in range(PUPILS)]
        found = [patterns(one.attempt) for one in pupils]
        kept = [marks_of(before_freezing(one.attempt.answers, its)) for one, its in zip(pupils, found, strict=True)]
        grid = Grid(fit_class(kept, earlier))
        for one, its, marks in zip(pupils, found, kept, strict=True):
            yield Row(one, spread, tuple(_said(claim, one, marks) for claim in table_claims(marks, grid)), its)


def _recipe(chance: random.Random, plants: Sequence[Plant], spread: bool, place: int, planted: float) -> Recipe:
    has_plant = chance.random() < planted
    plant = chance.choice(plants) if has_plant else Plant.NONE
    return Recipe(ABILITIES[place % len(ABILITIES)], plant, chance.choice(ACTS), spread)


def _said(claim: TableClaim, made: Made, marks: Marks) -> Said:
    true = made.true_mean(claim.table) < HAS_NOT_GOT - A_HAIR
    share = sum(right for _, right in marks) / len(marks)
    raw = claim.first_right / claim.first_asked if claim.first_asked else share
    return Said(claim.table, claim.sure, claim.chance.not_got, 1 - raw, true)


def by_the_model(pupils: int, seed: int) -> Iterator[Said]:
    """Pupils drawn from insight's own model: what it says should be true as often as it says."""
    chance = random.Random(seed)
    fit = unfitted()
    grid = Grid(fit)
    for _ in range(pupils):
        items = [answer.item for answer in make(Recipe(0.8), chance).attempt.answers]
        ability = chance.gauss(fit.middle, ABILITY_SPREAD)
        effects = {table: chance.gauss(0, fit.own_spread) for table in TABLES}
        first = {table: chance.choice(LOST) for table in TABLES if chance.random() < LOST_FIRST}
        either = {table: chance.choice(LOST) for table in TABLES if chance.random() < LOST_EITHER}

        def chance_for(item: Item) -> float:
            lost = either.get(item.factor1) or either.get(item.factor2) or first.get(item.factor1)  # noqa: B023
            effect = 0.0 if lost else effects[item.factor1]  # noqa: B023
            return (lost or 1.0) * chance_of(ability + fit.ease[item] + effect)  # noqa: B023

        marks = [(item, chance.random() < chance_for(item)) for item in items]
        for claim in table_claims(marks, grid):
            mean = sum(chance_for(Item(claim.table, factor)) for factor in TABLES) / len(TABLES)
            yield Said(claim.table, claim.sure, claim.chance.not_got, 0.0, mean < HAS_NOT_GOT)


@dataclass(frozen=True)
class Atom:
    """A pupil who lost a table. ``plain`` is how many times likelier its answers are without the plant.

    ``rank`` is the same, of the whole check, for a test that does not know the pupil's ability; ``chances`` is how many
    questions the plant could act in.
    """

    row: Row
    plain: float
    rank: float
    chances: int


def atom(row: Row) -> Atom:
    """What the likelihood-ratio tests see of a pupil who lost a table.

    Both know how hard the generator makes facts, the plant, and how often it acts; what is a pupil's own in a fact they
    do not know. One knows the pupil's ability as well; the other that it is one of three, equally likely.
    """
    chances = sum(row.made.touched(answer.item) for answer in row.made.attempt.answers)
    plain, lost = (sum(values) for values in zip(*(_likelihoods(row, ability) for ability in ABILITIES), strict=True))
    known = _likelihoods(row, row.made.ability)
    return Atom(row, known[0] / known[1], plain / lost, chances)


def _likelihoods(row: Row, ability: float) -> tuple[float, float]:
    """The likelihood of a check without and with its plant, for a pupil of this ability."""
    made, plain, lost = row.made, 1.0, 1.0
    generic = usual(ability, spread=row.spread)
    for answer in made.attempt.answers:
        chance = generic[answer.item]
        left = chance * (1 - made.acts * (1 - LEFT[made.plant])) if made.touched(answer.item) else chance
        plain *= chance if answer.right else 1 - chance
        lost *= left if answer.right else 1 - left
    return plain, lost


def likelihood_ratio(row: Row, plant: Plant, acts: float) -> float:
    """How much likelier a check is if a plant that is of no table acts so often: by its marks in each question."""
    if plant is Plant.STICKS:
        return sum(_ratio(row.made, plant, acts, key) for key in "12345678") / 8
    return _ratio(row.made, plant, acts, "")


def _ratio(made: Made, plant: Plant, acts: float, key: str) -> float:
    ratio = 1.0
    for answer in made.attempt.answers:
        rates = _rates(made, plant, acts, key, answer)
        if rates is not None:
            usually, planted, happened = rates
            ratio *= planted / usually if happened else (1 - planted) / (1 - usually)
    return ratio


def _rates(made: Made, plant: Plant, acts: float, key: str, answer: Answer) -> tuple[float, float, bool] | None:
    """How often a question shows the mark of a plant, usually and if it acts, and whether it did; None if it cannot."""
    known = min(made.ability, 0.999)
    wrong, right = 1 - known, str(answer.item.product)
    share = {Plant.ADDS: MISTAKES[5][0], Plant.SWAPS: MISTAKES[6][0], Plant.STICKS: MISTAKES[7][0] / 3}
    rest = wrong * share.get(plant, 0.0)
    match plant:
        case Plant.ADDS:
            return (
                rest,
                acts + (1 - acts) * rest - A_HAIR,
                answer.response == str(answer.item.factor1 + answer.item.factor2),
            )
        case Plant.SWAPS if swapped(right) != right:
            return rest, acts * known + rest / 2, answer.response == swapped(right)
        case Plant.STICKS if key in right:
            return rest, acts * known + rest / 2, answer.response == right.replace(key, key * 2)
        case Plant.FREEZES if answer.number > FROZEN_AFTER:
            rest = wrong * MISTAKES[0][0]
            return rest, acts + (1 - acts) * rest - A_HAIR, not answer.response
        case Plant.GUESSES:
            return known, (1 - acts) * known + acts * 0.01, answer.right
        case Plant.SLOW_TYPING if answer.gaps_ms:
            return 0.001, acts - A_HAIR, min(answer.gaps_ms) > 1_500
        case _:
            return None


def healthy(row: Row) -> bool:
    """Whether a pupil has no plant."""
    return row.made.plant in HEALTHY


def has_lost(row: Row) -> bool:
    """Whether a table is lost that the pupil otherwise has."""
    made = row.made
    if made.plant not in OF_A_TABLE:
        return False
    before = sum(made.plain[Item(made.table, factor)] for factor in TABLES) / len(TABLES)
    return before >= HAS_NOT_GOT - A_HAIR

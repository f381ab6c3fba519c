"""Made-up pupils with a known truth, for measuring what insight finds: none is drawn from insight's own model.

A pupil has an ability (the mean chance of a right answer) and a chance for every fact: the same for all, or by an
order of the facts that insight does not have, changed by chance for each pupil. A plant changes what the pupil
does, in each question with the chance ``acts``. Forms are those of the check.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import exp, log

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES, FormRules
from mtc_kiosk.check.marking import is_right
from mtc_kiosk.insight.attempts import Answer, Attempt, Conditions, Press, Way

LIMIT_MS = 6_000
ABILITIES = (0.6, 0.8, 0.95)
FROZEN_AFTER = 15
PUPILS_OWN = 0.4
FACTS = tuple(Item(first, second) for first in TABLES for second in TABLES)
CONDITIONS = Conditions(Way.KEYBOARD, audio=False, no_pad=False, limit_ms=LIMIT_MS)


class Plant(StrEnum):
    """What a made-up pupil does."""

    NONE = "none"
    LOST = "table lost"
    FIFTH = "a fifth left"
    LOST_FIRST = "table lost, first number"
    FIFTH_FIRST = "a fifth left, first number"
    SLOW_TYPING = "slow typing"
    SWAPS = "digits swapped"
    ADDS = "adds"
    FREEZES = "freezes after 15"
    GUESSES = "guesses"
    STICKS = "a key sticks"
    PERFECT = "perfect"
    PERFECT_SLOW = "perfect but slow"


OF_A_TABLE = (Plant.LOST, Plant.FIFTH, Plant.LOST_FIRST, Plant.FIFTH_FIRST)
LEFT = {Plant.LOST: 0.0, Plant.LOST_FIRST: 0.0, Plant.FIFTH: 0.2, Plant.FIFTH_FIRST: 0.2}
HEALTHY = (Plant.NONE, Plant.PERFECT, Plant.PERFECT_SLOW)


@dataclass(frozen=True)
class Made:
    """A made-up pupil with the truth. ``plain`` and ``chances`` are each fact's chance without and with the plant."""

    attempt: Attempt
    ability: float
    plant: Plant
    acts: float
    table: int
    key: str
    plain: Mapping[Item, float]
    chances: Mapping[Item, float]

    def true_mean(self, table: int) -> float:
        """The true chance of a right, in-time answer, averaged over a table's facts."""
        return sum(self.chances[Item(table, factor)] for factor in TABLES) / len(TABLES)

    def touched(self, item: Item) -> bool:
        """Whether a lost table touches this fact."""
        return touched(self.plant, self.table, item)


@dataclass(frozen=True)
class Recipe:
    """What to make: ``spread`` makes facts differ in hardness, by another order than insight's and pupil by pupil."""

    ability: float
    plant: Plant = Plant.NONE
    acts: float = 1.0
    spread: bool = False
    table: int = 0


def make(recipe: Recipe, chance: random.Random) -> Made:
    """Make one pupil and let them take a check."""
    form = draw(chance, FormRules())
    plain = _plain(recipe, chance)
    table = recipe.table or _asked_table(recipe.plant, form.items, chance)
    key = chance.choice("12345678")
    plan = replace(recipe, table=table)
    chances = {item: value * (1 - recipe.acts * _spoils(plan, key, item)) for item, value in plain.items()}
    answers = tuple(_answer(plan, key, number, item, plain[item], chance) for number, item in enumerate(form.items, 1))
    return Made(Attempt(answers, CONDITIONS), recipe.ability, recipe.plant, recipe.acts, table, key, plain, chances)


def touched(plant: Plant, table: int, item: Item) -> bool:
    """Whether a fact belongs to a lost table, as this plant has it."""
    if plant in (Plant.LOST_FIRST, Plant.FIFTH_FIRST):
        return item.factor1 == table
    return plant in OF_A_TABLE and table in (item.factor1, item.factor2)


def _asked_table(plant: Plant, items: tuple[Item, ...], chance: random.Random) -> int:
    """A table that the form asks, for a plant of a table."""
    if plant not in OF_A_TABLE:
        return 0
    return chance.choice(sorted({item.factor1 for item in items}))


def _plain(recipe: Recipe, chance: random.Random) -> dict[Item, float]:
    if recipe.plant in (Plant.PERFECT, Plant.PERFECT_SLOW):
        return dict.fromkeys(FACTS, 1.0)
    if not recipe.spread:
        return dict.fromkeys(FACTS, recipe.ability)
    return _centred({item: by_size(item) + chance.gauss(0, PUPILS_OWN) for item in FACTS}, recipe.ability)


@lru_cache(maxsize=8)
def usual(ability: float, *, spread: bool) -> Mapping[Item, float]:
    """Each fact's chance for a pupil of this ability, as the generator says it: without what is a pupil's own."""
    if not spread:
        return dict.fromkeys(FACTS, ability)
    return _centred({item: by_size(item) for item in FACTS}, ability)


def _centred(hard: Mapping[Item, float], ability: float) -> dict[Item, float]:
    """The chances at which the mean over all facts is the ability."""
    low, high = -10.0, 10.0
    for _ in range(40):
        middle = (low + high) / 2
        mean = sum(1 / (1 + exp(value - middle)) for value in hard.values()) / len(hard)
        low, high = (middle, high) if mean < ability else (low, middle)
    return {item: 1 / (1 + exp(value - high)) for item, value in hard.items()}


@lru_cache(maxsize=256)
def by_size(item: Item) -> float:
    """How hard a fact is by the size of its product; tens and fives are easier."""
    easy = sum(factor in (5, 10) for factor in (item.factor1, item.factor2))
    return 0.8 * (log(item.product) - 3.6) - 0.5 * easy


def _spoils(recipe: Recipe, key: str, item: Item) -> float:
    """The chance that a plant, when it acts, turns a right answer into none."""
    product = str(item.product)
    match recipe.plant:
        case Plant.LOST | Plant.FIFTH | Plant.LOST_FIRST | Plant.FIFTH_FIRST:
            return 1 - LEFT[recipe.plant] if touched(recipe.plant, recipe.table, item) else 0.0
        case Plant.SLOW_TYPING:
            return too_slow(len(product))
        case Plant.SWAPS:
            return float(swapped(product) != product)
        case Plant.ADDS:
            return float(item.factor1 + item.factor2 != item.product)
        case Plant.GUESSES:
            return 0.99
        case Plant.STICKS:
            return float(key in product)
        case _:
            return 0.0


def swapped(text: str) -> str:
    """The last two digits the other way round."""
    return text[:-2] + text[:-3:-1] if len(text) > 1 else text


@lru_cache(maxsize=8)
def too_slow(digits: int) -> float:
    """How often a slow typist's time runs out before the last digit."""
    chance = random.Random(digits)
    return sum(sum(_slow_times(digits, chance)) >= LIMIT_MS for _ in range(4_000)) / 4_000


def _slow_times(digits: int, chance: random.Random) -> list[float]:
    return [chance.uniform(1_800, 3_600), *(chance.uniform(1_800, 3_400) for _ in range(digits - 1))]


def _answer(recipe: Recipe, key: str, number: int, item: Item, plain: float, chance: random.Random) -> Answer:
    acts = chance.random() < recipe.acts
    knows = chance.random() < plain
    said = str(item.product) if knows else mistake(item, chance)
    times = _times(recipe.plant, chance)
    if acts:
        said, times = _planted(recipe, key, number, item, said, times, chance)
    return _typed(number, item, said, times, chance)


def _planted(
    recipe: Recipe, key: str, number: int, item: Item, said: str, times: "Times", chance: random.Random
) -> tuple[str, "Times"]:
    if recipe.plant in OF_A_TABLE:
        lost = touched(recipe.plant, recipe.table, item) and chance.random() >= LEFT[recipe.plant]
        return (mistake(item, chance) if lost and is_right(item, said) else said), times
    doing: dict[Plant, Callable[[], tuple[str, Times]]] = {
        Plant.SLOW_TYPING: lambda: (said, lambda digits: _slow_times(digits, chance)),
        Plant.SWAPS: lambda: (swapped(said), times),
        Plant.ADDS: lambda: (str(item.factor1 + item.factor2), times),
        Plant.FREEZES: lambda: ("" if number > FROZEN_AFTER else said, times),
        Plant.GUESSES: lambda: (str(chance.randrange(1, 145)), lambda digits: _quick_times(digits, chance)),
        Plant.STICKS: lambda: (said.replace(key, key * 2)[:5], times),
    }
    return doing[recipe.plant]() if recipe.plant in doing else (said, times)


Times = Callable[[int], list[float]]


def _times(plant: Plant, chance: random.Random) -> Times:
    if plant is Plant.PERFECT_SLOW:
        return lambda digits: [chance.uniform(3_200, 4_400), *(chance.uniform(200, 600) for _ in range(digits - 1))]
    return lambda digits: [
        min(4_200.0, chance.lognormvariate(7.4, 0.35)),
        *(chance.uniform(180, 650) for _ in range(digits - 1)),
    ]


def _quick_times(digits: int, chance: random.Random) -> list[float]:
    return [chance.uniform(500, 1_200), *(chance.uniform(100, 400) for _ in range(digits - 1))]


def _typed(number: int, item: Item, said: str, times: Times, chance: random.Random) -> Answer:
    at, presses = 0.0, []
    for digit, lasts in zip(said, times(len(said)) if said else [], strict=True):
        at += lasts
        if at >= LIMIT_MS:
            break
        presses.append(Press(digit, int(at)))
    response = "".join(press.input for press in presses)
    entered = response == said and said and at + chance.uniform(200, 1_200) < LIMIT_MS
    by = AnsweredBy.ENTER if entered else AnsweredBy.TIMEOUT
    return Answer(number, item, response, is_right(item, response), by, tuple(presses))


MISTAKES: tuple[tuple[float, Callable[[Item, random.Random], str]], ...] = (
    (0.24, lambda item, chance: ""),
    (0.34, lambda item, chance: str(item.factor1 * max(1, item.factor2 + chance.choice((-2, -1, 1, 2))))),
    (0.08, lambda item, chance: str(max(1, item.factor1 + chance.choice((-1, 1))) * item.factor2)),
    (0.12, lambda item, chance: str(item.product + chance.choice((-2, -1, 1, 2)))),
    (0.08, lambda item, chance: _one_digit_off(str(item.product), chance)),
    (0.02, lambda item, chance: str(item.factor1 + item.factor2)),
    (0.02, lambda item, chance: swapped(str(item.product))),
    (0.01, lambda item, chance: str(item.product)[0] + str(item.product)),
    (0.09, lambda item, chance: str(chance.randrange(2, 145))),
)
"""The kinds of mistake that pupils without a plant make, with their shares."""


def mistake(item: Item, chance: random.Random) -> str:
    """A wrong answer."""
    for _ in range(20):
        (made,) = chance.choices([make_one for _, make_one in MISTAKES], [share for share, _ in MISTAKES])
        said = made(item, chance)
        if not is_right(item, said):
            return said
    return ""


def _one_digit_off(product: str, chance: random.Random) -> str:
    place = chance.randrange(len(product))
    return product[:place] + chance.choice("123456789") + product[place + 1 :]

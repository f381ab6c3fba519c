"""Drawing a form by chance: an official form, one that a pupil has not met, or one from chosen tables.

First draw the number of questions from each table, evenly from all that the rules allow. Then draw each table's facts
by weight, and start again until the whole form keeps the rules: among forms with those numbers, each comes up in
proportion to its weights. Chance is passed in; this module does not store forms.
"""

import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, combinations
from math import prod
from typing import NamedTuple

from mtc_kiosk.check.counts import CountVectors, allowed, count_vectors
from mtc_kiosk.check.form import LARGEST_FACTOR, QUESTIONS_IN_A_FORM, SMALLEST_FACTOR, Form, Item, NotAForm
from mtc_kiosk.check.form_file import form_id
from mtc_kiosk.check.framework import TABLES, FormRules, NoFormFits, counted, impossible, named
from mtc_kiosk.check.spares import choose_spares
from mtc_kiosk.check.weights import weights

EVERY_ITEM = tuple(Item(table, factor) for table in TABLES for factor in TABLES)

DRAWS = 2_000
"""How many forms to draw for a pupil before taking the one that overlaps least."""

EVEN_TRIES = 6_000
"""How often to draw and refuse a whole form before drawing the tables one after another. The national rules need about
100 tries with any count vector and never reach this limit; much tighter rules do."""

STEPPED_TRIES = 200
"""How often to draw the tables one after another before drawing another count vector."""

COUNT_VECTORS_TRIED = 20
"""How many count vectors may fail before we report that the rules allow no form."""

QUESTIONS_IN_A_REHEARSAL = 3

DRAW_BITS = 32
FIELD = 8  # bits; the counts of all second factors travel in one int, a field for each
FULL = 1 << (FIELD - 1)  # a field's highest bit, which no count reaches by itself


class _Choice(NamedTuple):
    """One set of facts that a table may give, with bit masks to test at once whether it clashes."""

    items: tuple[Item, ...]
    facts: int  # a bit for each item
    reversals: int  # a bit for the reverse of each item; a square is its own reverse
    seconds: int  # how often each second factor comes, a field for each


class _Row(NamedTuple):
    """All sets of one size that a table may give. ``reach[i]``: the chance of the sets up to i, in parts of 2**32."""

    choices: tuple[_Choice, ...]
    weights: tuple[int, ...]
    reach: tuple[int, ...]


@dataclass(frozen=True)
class _Recipe:
    """What drawing by one set of rules needs, computed once. ``most`` and ``least`` test all second factors at once."""

    counts: CountVectors
    rows: Mapping[tuple[int, int], _Row]  # by table and number of questions
    most: int  # added to the counts, sets a field's highest bit if there are too many
    least: int  # added to the counts, sets a field's highest bit if there are enough
    full: int  # every field's highest bit


@dataclass(frozen=True)
class Met:
    """The forms that one pupil has met, oldest first."""

    official: tuple[Form, ...] = ()
    try_outs: tuple[Form, ...] = ()

    def to_avoid(self, rules: FormRules) -> tuple[Form, ...]:
        """The forms with which a new form may share few questions. A form once met is never given again."""
        remembered = min(rules.try_outs_remembered, len(self.try_outs))
        return (*self.official, *self.try_outs[len(self.try_outs) - remembered :])


@dataclass(frozen=True)
class UnmetForm:
    """A form for one pupil. ``too_alike``: after all draws it still shares more than the rules allow (for the journal).

    ``shared``: the most questions, as ordered pairs, that the form shares with one earlier form, ``shared_with`` (an
    id; None if it shares none). ``draws``: how many forms were drawn.
    """

    form: Form
    draws: int
    shared: int
    shared_with: str | None
    too_alike: bool


def draw(chance: random.Random, rules: FormRules) -> Form:
    """Draw an official form with its spares, in shuffled order; NoFormFits if the rules allow none."""
    recipe = _recipe(rules)
    for _ in range(DRAWS):
        form = _with_spares(chance, _items(chance, recipe), rules)
        if form is not None:
            return form
    raise NoFormFits(
        f"No form was found with {rules.spares_per_table} spares for each of its tables. Ask for fewer spares."
    )


def draw_unmet(chance: random.Random, rules: FormRules, met: Met) -> UnmetForm:
    """Draw a form that is new to the pupil and shares at most ``shared_at_most`` questions with each form to avoid.

    After 2,000 draws, take the one that overlaps least. NoFormFits if the rules allow no form, or no new one.
    """
    recipe = _recipe(rules)
    known = {form.items for form in (*met.official, *met.try_outs)}
    avoided = [(frozenset(form.items), form.id) for form in met.to_avoid(rules)]
    best: UnmetForm | None = None
    for draws in range(1, DRAWS + 1):
        items = _items(chance, recipe)
        shared, shared_with = max(((len(asked.intersection(items)), name) for asked, name in avoided), default=(0, ""))
        if items in known or (best is not None and shared >= best.shared):
            continue
        form = _with_spares(chance, items, rules)
        if form is None:
            continue
        best = UnmetForm(form, draws, shared, shared_with if shared else None, shared > rules.shared_at_most)
        if not best.too_alike:
            return best
    if best is None:
        raise NoFormFits(f"None of {DRAWS:,} forms is new to the pupil and has enough spares.")
    return replace(best, draws=DRAWS)


def draw_tables(chance: random.Random, tables: Sequence[int]) -> Form:
    """Draw a form for "try it out" from these tables only: each of their facts once, either way round, 25 at most.

    No limits and no spares: a question spoilt by a fault is asked again at the end. NotAForm for a table outside 1 to
    12.
    """
    facts: dict[tuple[int, int], list[Item]] = {}
    for table in sorted(set(tables)):
        if not SMALLEST_FACTOR <= table <= LARGEST_FACTOR:
            raise NotAForm(
                f"{table} is not a times table to try. Use tables from {SMALLEST_FACTOR} to {LARGEST_FACTOR}."
            )
        for factor in TABLES:
            facts.setdefault(Item(table, factor).unordered, []).append(Item(table, factor))
    if not facts:
        raise NotAForm("There is no times table. Name at least one.")
    asked = chance.sample(list(facts.values()), min(len(facts), QUESTIONS_IN_A_FORM))
    items = tuple(chance.choice(ways_round) for ways_round in asked)
    return Form(form_id(items, ()), items, ask_again_last=True)


def draw_rehearsal(chance: random.Random) -> Form:
    """Draw the few questions of a rehearsal, in which staff try a PC: they are no check, and keep no rule."""
    drawn = draw_tables(chance, TABLES)
    items = drawn.items[:QUESTIONS_IN_A_REHEARSAL]
    return Form(form_id(items, ()), items, ask_again_last=True)


def _with_spares(chance: random.Random, items: tuple[Item, ...], rules: FormRules) -> Form | None:
    preferred = list(EVERY_ITEM)
    chance.shuffle(preferred)
    spares = choose_spares(items, rules.spares_per_table, preferred)
    if len(spares) < rules.spares_per_table * len({item.table for item in items}):
        return None
    return Form(form_id(items, spares), items, spares)


def _items(chance: random.Random, recipe: _Recipe) -> tuple[Item, ...]:
    for _ in range(COUNT_VECTORS_TRIED):
        counts = zip(recipe.counts.rules.tables, recipe.counts.draw(chance), strict=True)
        # The fullest tables first: they clash soonest. The order does not affect what is drawn.
        fullest = sorted(((count, limits.table) for limits, count in counts if count), reverse=True)
        rows = [recipe.rows[table, count] for count, table in fullest]
        choices = _evenly(chance, recipe, rows) or _stepwise(chance, recipe, rows)
        if choices:
            items = [item for choice in choices for item in choice.items]
            chance.shuffle(items)
            return tuple(items)
    raise NoFormFits("No form was found that keeps the form rules. Make their limits wider.")


def _evenly(chance: random.Random, recipe: _Recipe, rows: Sequence[_Row]) -> list[_Choice]:
    """Draw each table's facts independently until nothing clashes; empty if nothing was found."""
    for _ in range(EVEN_TRIES):
        taken, seconds, choices = 0, 0, []
        for row in rows:
            choice = row.choices[bisect_right(row.reach, chance.getrandbits(DRAW_BITS))]
            if choice.facts & taken:
                break
            taken |= choice.reversals
            seconds += choice.seconds
            choices.append(choice)
        else:
            if not (seconds + recipe.most) & recipe.full and (seconds + recipe.least) & recipe.full == recipe.full:
                return choices
    return []


def _stepwise(chance: random.Random, recipe: _Recipe, rows: Sequence[_Row]) -> list[_Choice]:
    """Draw each table's facts from those that fit the tables before it: for tight rules, and slightly less even."""
    for _ in range(STEPPED_TRIES):
        taken, seconds, choices = 0, 0, []
        for row in chance.sample(rows, len(rows)):
            fitting = [
                index
                for index, choice in enumerate(row.choices)
                if not choice.facts & taken and not (seconds + choice.seconds + recipe.most) & recipe.full
            ]
            if not fitting:
                break
            choice = row.choices[chance.choices(fitting, [row.weights[index] for index in fitting])[0]]
            taken |= choice.reversals
            seconds += choice.seconds
            choices.append(choice)
        else:
            if (seconds + recipe.least) & recipe.full == recipe.full:
                return choices
    return []


@lru_cache(maxsize=4)  # a pure function of the rules, and slow
def _recipe(rules: FormRules) -> _Recipe:
    reason = impossible(rules)
    if reason:
        raise NoFormFits(reason)
    counts = count_vectors(rules)
    if not counts.total:
        raise NoFormFits(
            f"No choice of {counted(rules.questions)} keeps the limits of each table as well as the"
            f" {rules.easy_minimum} to {rules.easy_maximum} from the {named(rules.easy_tables)} times tables together."
        )
    heavy = weights(rules, counts.mean())
    seconds = [rules.second_factor(factor) for factor in TABLES]
    return _Recipe(
        counts=counts,
        rows={
            (limits.table, count): _row(limits.table, count, heavy)
            for limits in rules.tables
            for count in allowed(limits)
        },
        most=sum((FULL - 1 - min(limits.maximum, len(TABLES))) << FIELD * limits.table for limits in seconds),
        least=sum((FULL - limits.minimum) << FIELD * limits.table for limits in seconds),
        full=sum(FULL << FIELD * factor for factor in TABLES),
    )


def _row(table: int, count: int, heavy: Mapping[Item, int]) -> _Row:
    sets = tuple(combinations([Item(table, factor) for factor in TABLES], count))
    weighed = tuple(prod(heavy[item] for item in items) for items in sets)
    total = sum(weighed)
    return _Row(
        choices=tuple(_choice(items) for items in sets),
        weights=weighed,
        reach=tuple((upto << DRAW_BITS) // total for upto in accumulate(weighed)),
    )


def _choice(items: tuple[Item, ...]) -> _Choice:
    return _Choice(
        items=items,
        facts=sum(_bit(item.factor1, item.factor2) for item in items),
        reversals=sum(_bit(item.factor2, item.factor1) for item in items),
        seconds=sum(1 << FIELD * item.factor2 for item in items),
    )


def _bit(factor1: int, factor2: int) -> int:
    return 1 << (factor1 * (LARGEST_FACTOR + 1) + factor2)

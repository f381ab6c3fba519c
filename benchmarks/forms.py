"""Shows over many forms that the drawing is even, keeps the rules and is fast enough; each figure beside its bar.

``python -m benchmarks.forms [--count 100000] [--seed 1]``. Exit code 1 when a bar is missed. The bars hold for 100,000
forms; with fewer, the bar on the facts is widened by chance's own spread. Spares are counted apart.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import exp, sqrt
from statistics import median

from mtc_kiosk.check.counts import count_vectors
from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.framework import TABLES, FormRules, broken_rules

FORMS = 100_000
BATCH = 500  # forms; the speed is the median over batches
FACT_BAR = 0.05
SPEED_BAR = 500  # forms a second
CERTAIN = 3.29  # standard deviations: chance stays within them in 999 of 1,000 runs


@dataclass(frozen=True)
class Figure:
    """One line of the table; ``met`` is None where a figure has no bar."""

    name: str
    measured: str
    bar: str = "-"
    met: bool | None = None


@dataclass
class Tally:
    """What the drawn forms add up to."""

    rules: FormRules
    forms: int = 0
    facts: Counter[Item] = field(default_factory=Counter)
    spares: Counter[Item] = field(default_factory=Counter)
    positions: Counter[tuple[int, int]] = field(default_factory=Counter)  # (table, position)
    vectors: Counter[tuple[int, ...]] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)
    broken: int = 0
    wrong_spares: int = 0

    def add(self, form: Form) -> None:
        """Count one form."""
        self.forms += 1
        self.facts.update(form.items)
        self.spares.update(form.spares)
        self.positions.update((item.table, position) for position, item in enumerate(form.items))
        tables = Counter(item.table for item in form.items)
        self.vectors[tuple(tables[limits.table] for limits in self.rules.tables)] += 1
        self.ids.add(form.id)
        self.broken += bool(broken_rules(form.items, self.rules))
        all_items = (*form.items, *form.spares)
        two_each = Counter(spare.table for spare in form.spares) == dict.fromkeys(tables, self.rules.spares_per_table)
        self.wrong_spares += not two_each or len({item.unordered for item in all_items}) < len(all_items)


def main() -> int:
    """Draw, print the table, and say by the exit code whether every bar is met."""
    parser = argparse.ArgumentParser(description="Is the drawing of forms even and fast?")
    parser.add_argument("--count", type=int, default=FORMS, help="how many forms to draw (100,000)")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the chance (1)")
    asked = parser.parse_args()
    tally, speed = tallied(asked.count, asked.seed)
    figures = [*measured(tally), _speed(speed)]
    print(f"{asked.count:,} forms, seed {asked.seed}, Python {sys.version.split()[0]}")
    widths = [max(len(text) for text in column) for column in zip(*(_cells(each) for each in figures), strict=True)]
    for figure in figures:
        print("  ".join(text.ljust(width) for text, width in zip(_cells(figure), widths, strict=True)).rstrip())
    return 1 if any(figure.met is False for figure in figures) else 0


def tallied(count: int, seed: int) -> tuple[Tally, float]:
    """The tally of ``count`` national forms, and the median speed in forms a second."""
    rules, chance = FormRules(), random.Random(seed)
    tally, speeds = Tally(rules), []
    draw(random.Random(seed), rules)  # the first form also reckons what every form needs
    while tally.forms < count:
        batch = min(BATCH, count - tally.forms)
        began = time.perf_counter()
        forms = [draw(chance, rules) for _ in range(batch)]
        speeds.append(batch / (time.perf_counter() - began))
        for form in forms:
            tally.add(form)
    return tally, median(speeds)


def measured(tally: Tally) -> Iterator[Figure]:
    """Every figure of a tally but the speed."""
    yield _none("forms that break a rule", tally.broken)
    yield _none("forms without two fitting spares for each table", tally.wrong_spares)
    yield _none("forms drawn twice", tally.forms - len(tally.ids))
    yield from _facts(tally)
    yield _position(tally)
    yield from _vectors(tally)
    deviation, fact = _furthest(_deviations(tally.spares))
    yield Figure("spares: furthest fact from its table's spares / 11", f"{deviation:+.1%} ({fact})", "apart")


def _none(name: str, found: int) -> Figure:
    return Figure(name, f"{found}", "0", found == 0)


def _facts(tally: Tally) -> Iterator[Figure]:
    deviations = _deviations(tally.facts)
    deviation, fact = _furthest(deviations)
    bar = FACT_BAR * max(1.0, sqrt(FORMS / tally.forms))
    name = "furthest fact from its table's items / 11"
    yield Figure(name, f"{deviation:+.2%} ({fact})", f"within {bar:.1%}", abs(deviation) <= bar)
    squares = [off for item, off in deviations.items() if item.factor1 == item.factor2]
    yield Figure("squares on average (see weights.SQUARES)", f"{sum(squares) / len(squares):+.2%}")
    for factor in TABLES:
        column = [off for item, off in deviations.items() if item.factor2 == factor]
        yield Figure(f"facts with the second factor {factor} on average", f"{sum(column) / len(column):+.2%}")


def _deviations(counted: Counter[Item]) -> Mapping[Item, float]:
    tables = Counter[int]()
    for item, times in counted.items():
        tables[item.table] += times
    every = [Item(table, factor) for table in TABLES for factor in TABLES]
    return {item: counted[item] * len(TABLES) / tables[item.table] - 1 for item in every}


def _furthest(deviations: Mapping[Item, float]) -> tuple[float, Item]:
    fact = max(deviations, key=lambda item: abs(deviations[item]))
    return deviations[fact], fact


def _position(tally: Tally) -> Figure:
    """Chi-square of position by table. A shuffle without putting back gives a mean a little above the degrees."""
    places = range(tally.rules.questions)
    statistic = 0.0
    for table in TABLES:
        expected = sum(tally.positions[table, place] for place in places) / len(places)
        statistic += sum((tally.positions[table, place] - expected) ** 2 / expected for place in places)
    degrees = (len(TABLES) - 1) * (len(places) - 1)
    low, high = chi_square_bounds(degrees)
    name = f"chi-square of position by table, {degrees} degrees"
    return Figure(name, f"{statistic:.1f}", f"{low:.0f} to {high:.0f}", low <= statistic <= high)


def chi_square_bounds(degrees: int) -> tuple[float, float]:
    """What chi-square stays between in 999 of 1,000 runs (Wilson and Hilferty's approximation)."""
    spread = 2 / (9 * degrees)
    low, high = (degrees * (1 - spread + side * CERTAIN * sqrt(spread)) ** 3 for side in (-1, 1))
    return low, high


def _vectors(tally: Tally) -> Iterator[Figure]:
    total, forms = count_vectors(tally.rules).total, tally.forms
    yield Figure("count vectors that the limits allow", f"{total:,}", "22,797", total == 22_797)
    expected = total * (1 - (1 - 1 / total) ** forms)
    each = forms / total
    spread = sqrt(total * exp(-each) * (1 - (1 + each) * exp(-each)))
    low, high = expected - CERTAIN * spread, expected + CERTAIN * spread
    reached = len(tally.vectors)
    yield Figure("count vectors reached", f"{reached:,}", f"{low:,.0f} to {high:,.0f}", low <= reached <= high)
    squares = sum(times**2 for times in tally.vectors.values())
    statistic = squares / each - forms
    spread = sqrt(2 * (total - 1) * (forms - 1) / forms)
    low, high = total - 1 - CERTAIN * spread, total - 1 + CERTAIN * spread
    name = f"chi-square of count vectors, {total - 1:,} degrees"
    yield Figure(name, f"{statistic:,.0f}", f"{low:,.0f} to {high:,.0f}", low <= statistic <= high)


def _speed(speed: float) -> Figure:
    return Figure(f"forms a second (median of {BATCH})", f"{speed:,.0f}", f"{SPEED_BAR} or more", speed >= SPEED_BAR)


def _cells(figure: Figure) -> tuple[str, str, str, str]:
    verdict = "" if figure.met is None else "met" if figure.met else "MISSED"
    return figure.name, figure.measured, figure.bar, verdict


if __name__ == "__main__":
    sys.exit(main())

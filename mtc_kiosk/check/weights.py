"""How heavily each fact must be weighted in the drawing, so that all facts of a table are asked equally often.

Drawn without weights and refused when a rule breaks, a table's facts are as much as 38% off: a square cannot clash with
its own reverse, and a second factor of 2 or 10 soon meets its limit. The weights undo both, and are computed from the
rules themselves, so that they suit changed rules as well:

1. Wanted is the chance p(a, b) = mean count of table a / 11 that a form asks a x b.
2. A fact that must not meet its reverse survives with chance (1 - p(a, b) - p(b, a)) / (1 - p(a, b)); its weight is
   divided by that. Squares are free of it.
3. A second factor's weight is the one at which the number of its facts, cut off at its limits, keeps the mean it would
   have without them (each fact of it taken as independent: the mean is bisected for).
4. What this pairwise calculation leaves out falls on the squares, and ``SQUARES`` corrects it.

``check.draw`` does the drawing.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES, FormRules, TableLimits

PARTS = 1_000_000
"""Weights are whole parts of this."""

SQUARES = 1_034_000
"""Parts. With 1,000,000 here, squares come 1.4 to 4.0% too seldom over 600,000 forms under the national rules; the
benchmark of the forms prints how far squares are off, which is how to find this number again."""

STEEPEST = 4
"""No weight is tilted further than this or its inverse: rules that no weight can satisfy then still give weights."""

LEAST_SURVIVAL = Fraction(1, STEEPEST)


def weights(rules: FormRules, mean_counts: Sequence[Fraction]) -> Mapping[Item, int]:
    """The weight of each fact of ``rules.tables`` in parts; ``mean_counts`` in the order of ``rules.tables``."""
    means = zip(rules.tables, mean_counts, strict=True)
    wanted = dict.fromkeys(TABLES, Fraction(0)) | {limits.table: mean / len(TABLES) for limits, mean in means}
    tilts = {factor: _tilt(tuple(wanted.values()), rules.second_factor(factor)) for factor in TABLES}
    return {
        Item(limits.table, factor): int(tilts[factor] * _unmet_by_reverse(wanted, limits.table, factor))
        for limits in rules.tables
        for factor in TABLES
    }


def _unmet_by_reverse(wanted: Mapping[int, Fraction], table: int, factor: int) -> Fraction:
    if table == factor:
        return Fraction(SQUARES, PARTS)
    unasked = max(1 - wanted[table], LEAST_SURVIVAL)
    return unasked / max(unasked - wanted[factor], LEAST_SURVIVAL)


def _tilt(wanted: Sequence[Fraction], limits: TableLimits) -> int:
    """The weight, in parts, that keeps a second factor's mean where it would be without its limits."""
    odds = [int(PARTS * chance / max(1 - chance, LEAST_SURVIVAL)) for chance in wanted if chance]
    if len(odds) < limits.minimum:
        return PARTS  # no form has so many; the drawing reports that
    mean = sum(wanted)
    low, high = PARTS // STEEPEST, PARTS * STEEPEST
    while high - low > PARTS // 10_000:
        middle = (low + high) // 2
        if _mean_within(odds, middle, limits) < mean:
            low = middle
        else:
            high = middle
    return high


def _mean_within(odds: Sequence[int], tilt: int, limits: TableLimits) -> Fraction:
    """The mean number of facts with a second factor, over the cases that its limits allow."""
    cases = [1]  # cases[k]: the weight of all cases with k facts
    for each in odds:
        taken = each * tilt // PARTS
        cases = [left * PARTS + right * taken for left, right in zip([*cases, 0], [0, *cases], strict=True)]
    within = range(limits.minimum, min(limits.maximum, len(odds)) + 1)
    return Fraction(sum(count * cases[count] for count in within), sum(cases[count] for count in within))

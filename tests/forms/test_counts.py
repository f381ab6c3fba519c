"""The count vectors: all of them, each as likely as any other."""

import random
from collections import Counter
from fractions import Fraction
from itertools import product

from mtc_kiosk.check.counts import count_vectors
from mtc_kiosk.check.framework import FormRules, TableLimits

SMALL = FormRules(
    tables=(TableLimits(2, 0, 2), TableLimits(5, 1, 3), TableLimits(6, 2, 4), TableLimits(9, 0, 3)),
    easy_minimum=2,
    easy_maximum=3,
    questions=7,
)


def every_small_vector() -> list[tuple[int, ...]]:
    """The vectors that ``SMALL`` allows, found by trying all."""
    ranges = [range(limits.minimum, limits.maximum + 1) for limits in SMALL.tables]
    return [counts for counts in product(*ranges) if sum(counts) == 7 and 2 <= counts[0] + counts[1] <= 3]


def test_the_national_limits_allow_22797_count_vectors() -> None:
    """As the reference counts them."""
    assert count_vectors(FormRules()).total == 22_797


def test_every_allowed_count_vector_is_drawn_and_no_other() -> None:
    """What is drawn is what trying all vectors finds."""
    vectors, chance = count_vectors(SMALL), random.Random(1)
    drawn = {vectors.draw(chance) for _ in range(2_000)}
    assert (vectors.total, drawn) == (len(every_small_vector()), set(every_small_vector()))


def test_count_vectors_are_equally_likely() -> None:
    """Chi-square over 15 vectors stays under the value that chance passes once in a thousand."""
    vectors, chance, every = count_vectors(SMALL), random.Random(2), every_small_vector()
    drawn = Counter(vectors.draw(chance) for _ in range(200 * len(every)))
    assert len(every) == 15
    assert sum((drawn[vector] - 200) ** 2 / 200 for vector in every) < 36.1


def test_mean_counts_are_those_of_all_vectors() -> None:
    """The mean of each table, reckoned without listing the vectors, is the mean of the list."""
    every = every_small_vector()
    means = tuple(Fraction(sum(counts), len(every)) for counts in zip(*every, strict=True))
    assert count_vectors(SMALL).mean() == means


def test_limits_that_contradict_the_easy_tables_allow_no_vector() -> None:
    """The 5 table's one question at least is more than no easy question at all."""
    assert count_vectors(FormRules(easy_minimum=0, easy_maximum=0)).total == 0


def test_without_easy_tables_their_limit_is_void() -> None:
    """No easy table, no limit: 25 questions from tables that give 0 to 3 each come out some way."""
    tables = tuple(TableLimits(table, 0, 3) for table in range(2, 13))
    assert count_vectors(FormRules(tables=tables, easy_tables=())).total > 0

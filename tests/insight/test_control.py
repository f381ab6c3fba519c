"""The control of a form that asks much of one table: bounded, and never less careful than the whole sum."""

import random

import pytest

from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.class_fit import Marks, unfitted
from mtc_kiosk.insight.control import MOST_PATTERNS, _Set, _symmetric, controls
from mtc_kiosk.insight.grid import Grid

GRID = Grid(unfitted())


def of_one_table(questions: int, rights: float = 0.7, seed: int = 1) -> Marks:
    """Questions of the 7s, either way round, and a few others."""
    chance = random.Random(seed)
    sevens = [Item(7, 2 + n % 11) if n % 2 else Item(2 + n % 11, 7) for n in range(questions)]
    return [(item, chance.random() < rights) for item in (*sevens, Item(3, 4), Item(9, 2), Item(6, 8))]


def beside(marks: Marks, most: int) -> tuple[float, int]:
    """How rare the evidence of the 7s is in them alone, and of how many patterns that is the sum."""
    eases = [GRID.ease[item] for item, _ in marks]
    score = sum(right for _, right in marks)
    one = _Set(7, marks, eases)
    patterns = list(one.patterns(_symmetric(eases)[score], 0.5, score, most))
    own = one.evidence(0.5) * (1 - 1e-9)
    return sum(pattern.chance for pattern in patterns if pattern.evidence >= own), len(patterns)


@pytest.mark.parametrize("seed", range(8))
def test_ways_taken_together_make_a_claim_rarer_and_never_likelier(seed: int) -> None:
    """The chance that is compared with a bar is at least that of every way by itself, and near it."""
    marks = of_one_table(11, seed=seed)
    (exact, every), (together, fewer) = beside(marks, 2**11), beside(marks, 64)
    assert fewer < every
    assert exact <= together * (1 + 1e-9)
    assert together <= 1 + 1e-9


def test_a_form_of_one_table_has_a_control() -> None:
    """Of 25 questions there are 33 million ways to answer, which are never all held."""
    marks = of_one_table(25)
    assert beside(marks, MOST_PATTERNS)[1] < 20 * MOST_PATTERNS
    found = controls(marks, GRID)[7]
    assert 0 <= found.beside <= 1
    assert 0 <= found.overall <= 1

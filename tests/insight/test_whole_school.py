"""What governors see gives no child away, whatever is added to it or taken from it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtc_kiosk.insight.groups import FEWEST
from mtc_kiosk.insight.whole_school import SchoolFigures, ScoreOf, bands, counts_kept, in_figures, kept, school_figures

OUT_OF = 25
ORDER = ("4A", "4B", "4C", "4D", "")

Atom = tuple[str, str]
"""The pupils of one group and one sex, whom no figure tells apart."""


def school(**classes: tuple[int, int]) -> list[ScoreOf]:
    """So many girls and boys in each class."""
    counts = ((name, sex, count) for name, both in classes.items() for sex, count in zip("FM", both, strict=True))
    return [ScoreOf(name, sex, 10 + number % 16) for name, sex, count in counts for number in range(count)]


def made(scores: Sequence[ScoreOf]) -> SchoolFigures | None:
    """The figures, of groups in the order of ``ORDER``."""
    there = {one.group for one in scores}
    return school_figures(scores, OUT_OF, [name for name in (*ORDER, *sorted(there)) if name in there])


def known_sums(scores: Sequence[ScoreOf], found: SchoolFigures) -> Iterator[frozenset[Atom]]:
    """Every set of pupils with figures of its own."""
    atoms = {(one.group, one.sex) for one in scores}
    counted = in_figures([one.group for one in scores])
    yield frozenset(atom for atom in atoms if atom[0] in counted)
    for one in found.by_group:
        if not one.is_hidden:
            yield frozenset(atom for atom in atoms if atom[0] == one.name)
    for one in found.by_sex:
        if not one.is_hidden:
            yield frozenset(atom for atom in atoms if atom[1] == one.name and atom[0] in counted)


def rank(rows: Sequence[Sequence[int]]) -> int:
    """The rank of a matrix, exactly."""
    left = [[Fraction(value) for value in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for row in left[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [value - factor * above for value, above in zip(row, pivot, strict=True)]
        found += 1
    return found


def given_away(scores: Sequence[ScoreOf], found: SchoolFigures, pages: Sequence[str] = ()) -> set[frozenset[Atom]]:
    """The sets of fewer than five pupils of whom some sum can be had by adding and subtracting what is known.

    Of the groups whose ``pages`` somebody has, every score is known.
    """
    sizes = Counter((one.group, one.sex) for one in scores)
    atoms = sorted(atom for atom in sizes if atom[0] not in pages)
    sums = list(known_sums(scores, found))
    whole = rank([[atom in one for atom in atoms] for one in sums])
    small = (
        set(few)
        for count in range(1, FEWEST)
        for few in combinations(atoms, count)
        if sum(sizes[atom] for atom in few) < FEWEST
    )
    return {
        frozenset(few)
        for few in small
        if rank([[atom in one for atom in atoms if atom not in few] for one in sums]) < whole
    }


SIZES = st.tuples(st.integers(0, 9), st.integers(0, 9))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(ORDER), SIZES, max_size=5))
def test_no_group_of_fewer_than_five_can_be_worked_out(classes: dict[str, tuple[int, int]]) -> None:
    """By any sum of the report's figures, exactly, with the pages of any classes of five or more beside it."""
    scores = school(**classes)
    found = made(scores)
    if found is None:
        return
    many = [name for name, size in classes.items() if sum(size) >= FEWEST]
    for count in range(len(many) + 1):
        for pages in combinations(many, count):
            assert given_away(scores, found, pages) == set()


@given(st.lists(st.integers(0, OUT_OF), max_size=60))
def test_bands_are_of_five_or_more_and_have_everybody_once(scores: list[int]) -> None:
    """They follow each other from the highest score down."""
    found = bands(scores, OUT_OF)
    assert bool(found) == (len(scores) >= FEWEST)
    assert all(pupils >= FEWEST and lowest <= highest for lowest, highest, pupils in found)
    for lowest, highest, pupils in found:
        assert pupils == sum(lowest <= score <= highest for score in scores)
    if found:
        assert found[0][1] == OUT_OF
        assert all(before[0] == after[1] + 1 for before, after in pairwise(found))
        assert sum(pupils for *_, pupils in found) == len(scores)


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.integers(1, 9)))
def test_no_count_of_one_to_four_is_what_is_left_of_all(counts: dict[str, int]) -> None:
    """Of those that are shown each has five, and so have the others together."""
    shown = counts_kept(counts)
    assert all(count >= FEWEST for count in shown.values())
    rest = sum(counts.values()) - sum(shown.values())
    assert not shown or rest == 0 or rest >= FEWEST


@pytest.mark.parametrize(
    ("classes", "groups", "by_sex"),
    [
        ({"4A": (14, 14), "4B": (13, 15)}, ["4A", "4B"], True),
        ({"4A": (14, 14), "4B": (3, 22)}, ["4A", "4B"], False),  # the girls less those of 4A are three
        ({"4A": (14, 14), "4B": (0, 22)}, ["4A", "4B"], True),
        ({"4A": (14, 14), "4B": (1, 2)}, ["4A"], True),  # three are in no figure
        ({"4A": (14, 14), "4B": (2, 2), "4C": (3, 0)}, ["4A"], False),  # seven in two hidden classes: two boys
        ({"4A": (14, 14), "4B": (0, 4), "4C": (0, 4)}, ["4A"], True),
    ],
)
def test_which_groups_are_shown(classes: dict[str, tuple[int, int]], groups: list[str], by_sex: bool) -> None:
    """By hand."""
    found = made(school(**classes))
    assert found is not None
    assert [one.name for one in found.by_group if not one.is_hidden] == groups
    assert [one.is_hidden for one in found.by_sex] == [not by_sex] * 2
    assert {one.name for one in found.by_group} == set(classes)


def test_pupils_who_would_be_left_over_are_in_no_figure() -> None:
    """The whole is then of the groups that are shown."""
    found = made([*school(**{"4A": (14, 14)}), ScoreOf("", "F", 0), ScoreOf("4B", "M", 0)])
    assert found is not None
    assert (found.pupils, sum(pupils for *_, pupils in found.bands)) == (28, 28)


def test_a_school_of_four_has_no_figure() -> None:
    """Five have."""
    assert made(school(**{"4A": (2, 2)})) is None
    assert made(school(**{"4A": (2, 3)})) is not None
    assert made(school(**{"4A": (2, 0), "4B": (1, 1)})) is None


@pytest.mark.parametrize(("count", "of", "expected"), [(0, 9, 0), (1, 9, None), (4, 9, None), (5, 10, 5), (5, 9, None)])
def test_a_small_count_is_kept_back(count: int, of: int, expected: int | None) -> None:
    """And one that leaves few."""
    assert kept(count, of) == expected


def test_full_marks_of_groups_are_shown_only_if_none_is_few() -> None:
    """Otherwise the whole less the others would have them."""
    many = [
        ScoreOf(name, "F", OUT_OF if number < full else 9)
        for name, full in (("4A", 8), ("4B", 6))
        for number in range(20)
    ]
    found = made(many)
    assert found is not None
    assert (found.full_marks, [one.full_marks for one in found.by_group]) == (14, [8, 6])
    found = made([*many, *(ScoreOf("4C", "F", OUT_OF if number < 2 else 9) for number in range(20))])
    assert found is not None
    assert (found.full_marks, [one.full_marks for one in found.by_group]) == (16, [None, None, None])

"""What governors see gives no child away, whatever is added to it or taken from it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.groups import FEWEST
from mtc_kiosk.insight.whole_school import (
    MarksOf,
    SchoolFigures,
    ScoreOf,
    bands,
    counts_kept,
    in_figures,
    kept,
    rows_of_school,
    school_figures,
)

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


def known_bands(scores: Sequence[ScoreOf], found: SchoolFigures) -> Iterator[frozenset[Atom]]:
    """Every set of pupils whom the report counts together, of those of one group and band each."""
    counted = in_figures([one.group for one in scores])
    atoms = {atom for atom in in_bands(scores, found) if atom[0] in counted}
    yield frozenset(atoms)
    for one in found.by_group:
        if not one.is_hidden:
            yield frozenset(atom for atom in atoms if atom[0] == one.name)
    for lowest, _, _ in found.bands:
        yield frozenset(atom for atom in atoms if atom[1] == str(lowest))


def in_bands(scores: Sequence[ScoreOf], found: SchoolFigures) -> Counter[Atom]:
    """How many pupils of each group are in each band, which is called by its lowest score."""
    lowest = [band[0] for band in found.bands]
    return Counter((one.group, str(max(low for low in lowest if low <= one.score))) for one in scores)


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


def given_away(
    sizes: Counter[Atom], sums: Sequence[frozenset[Atom]], pages: Sequence[str] = ()
) -> set[frozenset[Atom]]:
    """The sets of fewer than five pupils of whom some sum can be had by adding and subtracting what is known.

    Of the groups whose ``pages`` somebody has, every score is known.
    """
    known = frozenset(chain.from_iterable(sums))
    atoms = sorted(atom for atom in sizes if atom[0] not in pages and atom in known)
    whole = rank([[atom in one for atom in atoms] for one in sums])
    small = (
        set(few)
        for count in range(1, FEWEST)
        for few in combinations([atom for atom in atoms if sizes[atom] < FEWEST], count)
        if sum(sizes[atom] for atom in few) < FEWEST
    )
    return {
        frozenset(few)
        for few in small
        if rank([[atom in one for atom in atoms if atom not in few] for one in sums]) < whole
    }


def pages_of(scores: Sequence[ScoreOf]) -> Iterator[tuple[str, ...]]:
    """The pages that one reader may have: of any groups of five or more, and of one smaller group."""
    sizes = Counter(one.group for one in scores)
    many = [name for name, size in sizes.items() if size >= FEWEST]
    own = [(), *((name,) for name, size in sizes.items() if size < FEWEST)]
    for count in range(len(many) + 1):
        for pages in combinations(many, count):
            for page in own:
                yield (*pages, *page)


SIZES = st.tuples(st.integers(0, 9), st.integers(0, 9))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(ORDER), SIZES, max_size=5))
def test_no_group_of_fewer_than_five_can_be_worked_out(classes: dict[str, tuple[int, int]]) -> None:
    """By any sum of the report's figures, exactly, with the pages of any classes of five or more beside it.

    Nor with the page of one smaller group as well.
    """
    scores = school(**classes)
    found = made(scores)
    if found is None:
        return
    sizes, sums = Counter((one.group, one.sex) for one in scores), list(known_sums(scores, found))
    for pages in pages_of(scores):
        assert given_away(sizes, sums, pages) == set()


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(ORDER), st.lists(st.sampled_from((3, 12, 17, 23, 24, 25)), max_size=16), max_size=5)
)
def test_no_band_gives_fewer_than_five_away(classes: dict[str, list[int]]) -> None:
    """By any sum of bands and classes, exactly, with the same pages beside it."""
    scores = [ScoreOf(name, "F", score) for name, own in classes.items() for score in own]
    found = made(scores)
    if found is None:
        return
    sizes, sums = in_bands(scores, found), list(known_bands(scores, found))
    for pages in pages_of(scores):
        assert given_away(sizes, sums, pages) == set()
    full = Counter(
        one.group for one in scores if one.score == OUT_OF and one.group in in_figures([*classes_of(scores)])
    )
    if found.full_marks is not None:
        for pages in pages_of(scores):
            assert not 0 < sum(count for name, count in full.items() if name not in pages) < FEWEST


def classes_of(scores: Sequence[ScoreOf]) -> Iterator[str]:
    """The group of each pupil."""
    return (one.group for one in scores)


@given(st.lists(st.integers(0, OUT_OF), max_size=60))
def test_bands_are_of_five_or_more_and_have_everybody_once(scores: list[int]) -> None:
    """They follow each other from the highest score down to none, and begin at fixed scores."""
    found = bands({"4A": scores}, OUT_OF)
    assert bool(found) == (len(scores) >= FEWEST)
    assert all(pupils >= FEWEST and lowest <= highest for lowest, highest, pupils in found)
    assert {lowest for lowest, _, _ in found} <= {25, 20, 15, 10, 0}
    for lowest, highest, pupils in found:
        assert pupils == sum(lowest <= score <= highest for score in scores)
    if found:
        assert (found[0][1], found[-1][0]) == (OUT_OF, 0)
        assert all(before[0] == after[1] + 1 for before, after in pairwise(found))
        assert sum(pupils for *_, pupils in found) == len(scores)


@pytest.mark.parametrize(
    ("scores", "out_of", "expected"),
    [
        ({"4A": [25] * 6 + [20] * 6 + [15] * 6 + [10] * 6 + [7] * 6}, 25, [25, 20, 15, 10, 0]),
        ({"4A": [25] * 6 + [21] * 6 + [11] * 6 + [4]}, 25, [25, 20, 0]),  # not down to the one with four
        ({"4A": [25] * 6 + [21] * 6, "4B": [25] * 3 + [21] * 5}, 25, [0]),  # the six of 4A less leave three
        ({"4A": [25] * 6 + [21] * 6, "4B": [21] * 5 + [11] * 5}, 25, [25, 20, 0]),
        ({"4A": [25] * 6 + [21] * 6, "4B": [24] * 4, "4C": [24] * 4, "4D": [24] * 2}, 25, [25, 0]),
        # of the small ones together five, but without those of 4B one
        ({"4A": [25] * 6 + [21] * 6, "4B": [25] * 4, "4C": [25] + [21] * 3, "4D": [21] * 2}, 25, [0]),
        ({"4A": [10] * 5 + [9] * 5 + [7] * 5 + [5] * 5 + [3] * 5}, 10, [10, 8, 6, 4, 0]),
        ({"4A": [4] * 5 + [3] * 5 + [2] * 5 + [0] * 5}, 4, [4, 3, 2, 0]),
        ({"4A": [1] * 5 + [0] * 5}, 1, [1, 0]),
    ],
)
def test_bands_begin_at_fixed_scores(scores: dict[str, list[int]], out_of: int, expected: list[int]) -> None:
    """By hand: whatever the scores are, and whichever class's own page is taken from them."""
    assert [lowest for lowest, _, _ in bands(scores, out_of)] == expected


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
        ({"4A": (14, 14), "4B": (0, 4), "4C": (0, 4)}, ["4A"], True),  # whoever teaches four would have the others
        ({"4A": (14, 14), "4B": (0, 4), "4C": (0, 4), "4D": (0, 4)}, ["4A"], True),
        ({"4A": (14, 14), "4B": (0, 4), "4C": (0, 4), "4D": (1, 3)}, ["4A"], False),  # one girl of twelve
        ({"4A": (14, 14), "4B": (4, 0), "4C": (1, 3), "4D": (0, 4)}, ["4A"], False),  # without those of 4B one girl
    ],
)
def test_which_groups_are_shown(classes: dict[str, tuple[int, int]], groups: list[str], by_sex: bool) -> None:
    """By hand."""
    found = made(school(**classes))
    assert found is not None
    assert [one.name for one in found.by_group if not one.is_hidden] == groups
    assert [one.is_hidden for one in found.by_sex] == [not by_sex] * 2
    assert {one.name for one in found.by_group} == set(classes)


@pytest.mark.parametrize(
    ("sizes", "pooled"),
    [((4,), False), ((4, 1), False), ((4, 4), False), ((4, 4, 1), True), ((4, 3, 1), False), ((2, 2, 2, 1), True)],
)
def test_small_groups_are_together_only_if_each_leaves_five(sizes: tuple[int, ...], pooled: bool) -> None:
    """Otherwise whoever teaches one of them has the other's child by subtraction."""
    groups = ["4A"] * 20 + [str(number) for number, size in enumerate(sizes) for _ in range(size)]
    assert (in_figures(groups) == frozenset(groups)) == pooled
    assert "4A" in in_figures(groups)


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


def test_full_marks_are_shown_only_if_no_class_has_few() -> None:
    """Otherwise the whole less the other classes' own pages would have them."""
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
    assert (found.full_marks, [one.full_marks for one in found.by_group]) == (None, [None, None, None])


def asked(group: str, pupils: int, right: int, table: int = 2) -> list[MarksOf]:
    """So many pupils of a group who were asked a table once, of whom so many were right; and the 6s."""
    return [
        MarksOf(group, ((Item(table, 3), number < right), (Item(6, 7), number % 2 == 0))) for number in range(pupils)
    ]


@pytest.mark.parametrize(
    ("marks", "is_shown"),
    [
        (asked("4A", 4, 2), False),
        (asked("4A", 5, 2), True),
        ([MarksOf("4A", ((Item(2, 3), True), (Item(2, 4), False)))] * 3, False),  # six questions of three pupils
        (asked("4A", 9, 9), False),
        (asked("4A", 9, 0), False),
        (asked("4A", 10, 10), True),
        (asked("4A", 10, 0), True),
        ([*asked("4A", 20, 9), *asked("4B", 4, 2)], False),  # 4A's own page leaves four
        ([*asked("4A", 20, 9), *asked("4B", 5, 5)], False),
        ([*asked("4A", 20, 9), *asked("4B", 5, 4)], True),
    ],
)
def test_a_table_is_shown_of_five_pupils(marks: list[MarksOf], is_shown: bool) -> None:
    """Different ones, also after any class's own page is taken from it; nor where the figure is of each of a few."""
    others = [MarksOf(name, ((Item(6, 7), number % 2 == 0),)) for name in ("4A", "4B") for number in range(20)]
    rows = rows_of_school([*marks, *others])
    assert [row.table for row in rows] == ([2, 6] if is_shown else [6])
    assert rows == rows_of_school([*others, *marks])

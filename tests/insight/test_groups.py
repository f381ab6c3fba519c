"""Small groups are hidden, with what subtraction would reveal."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.insight.groups import FEWEST, groups, may_be_shown, two_ways


def hidden(sizes: dict[str, int], *, whole_is_shown: bool = True) -> set[str]:
    """The groups that are hidden, of those with pupils."""
    scores = {name: list(range(size)) for name, size in sizes.items()}
    found = groups(scores, 25, whole_is_shown=whole_is_shown)
    return {one.name for one in found if one.is_hidden and sizes[one.name]}


def test_a_group_of_five_is_shown() -> None:
    """With its size, average, middle and full marks."""
    (one,) = groups({"4A": [25, 20, 25, 10, 15]}, 25)
    assert (one.pupils, one.average, one.middle, one.full_marks) == (5, 19.0, 20.0, 2)


def test_a_group_of_four_is_hidden_with_its_size() -> None:
    """Nothing of it is left."""
    one, *_ = groups({"4A": [25] * 4, "4B": [25] * 9, "4C": [25] * 9}, 25)
    assert one.is_hidden
    assert (one.average, one.middle, one.full_marks) == (None, None, None)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"boys": 14, "girls": 3}, {"boys", "girls"}),  # the whole less the boys are the girls
        ({"4A": 20, "4B": 12, "4C": 3}, {"4B", "4C"}),
        ({"4A": 20, "4B": 4, "4C": 3}, {"4B", "4C"}),  # seven together: neither can be had
        ({"4A": 20, "4B": 9, "4C": 1, "4D": 2}, {"4B", "4C", "4D"}),  # three together are too few
        ({"4A": 20, "4B": 9}, set()),
        ({"4A": 20, "4B": 0}, set()),
        ({"4A": 3}, {"4A"}),
    ],
)
def test_what_subtraction_would_reveal_is_hidden(sizes: dict[str, int], expected: set[str]) -> None:
    """By hand."""
    assert hidden(sizes) == expected


def test_without_the_whole_nothing_can_be_subtracted() -> None:
    """Only the small group is hidden."""
    assert hidden({"4A": 20, "4B": 12, "4C": 3}, whole_is_shown=False) == {"4C"}


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 30), max_size=8))
def test_no_few_pupils_can_be_worked_out(sizes: dict[str, int]) -> None:
    """What is shown is five or more each; all that is hidden together is five or more, and no single group."""
    unseen = hidden(sizes)
    assert all(size >= FEWEST for name, size in sizes.items() if name not in unseen and size)
    shown = [name for name, size in sizes.items() if size and name not in unseen]
    if unseen and shown:
        assert len(unseen) > 1
        assert sum(sizes[name] for name in unseen) >= FEWEST


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 30), max_size=6))
def test_no_more_is_hidden_than_must_be(sizes: dict[str, int]) -> None:
    """With one fewer of the larger hidden groups, a few pupils could be worked out."""
    unseen = hidden(sizes)
    large = [name for name in unseen if sizes[name] >= FEWEST]
    small = unseen - set(large)
    for fewer in combinations(large, len(large) - 1) if large else ():
        kept = small | set(fewer)
        assert len(kept) < 2 or sum(sizes[name] for name in kept) < FEWEST


def test_a_few_pupils_have_no_figures_of_their_own() -> None:
    """A whole class of four is shared with nobody."""
    assert may_be_shown(5)
    assert not may_be_shown(4)


def shown_two_ways(sizes: dict[tuple[str, str], int]) -> tuple[dict[str, int | None], dict[str, int | None]]:
    """The sizes that are shown, of classes and of sexes."""
    first, second = two_ways({key: [20] * size for key, size in sizes.items()}, 25)
    return {one.name: one.pupils for one in first}, {one.name: one.pupils for one in second}


def test_two_ways_are_both_shown_where_no_class_gives_a_few_away() -> None:
    """Five of each sex in each class, or none of one; each group has its own pupils."""
    sizes = {("4A", "girls"): 5, ("4A", "boys"): 7, ("4B", "girls"): 12, ("4B", "boys"): 0}
    assert shown_two_ways(sizes) == ({"4A": 12, "4B": 12}, {"girls": 17, "boys": 7})


@pytest.mark.parametrize(
    "sizes",
    [
        {("4A", "girls"): 4, ("4A", "boys"): 7, ("4B", "girls"): 12, ("4B", "boys"): 12},  # all girls less those of 4B
        {("4A", "girls"): 9, ("4A", "boys"): 7, ("4B", "girls"): 2, ("4B", "boys"): 2, ("4C", "girls"): 4},
    ],
)
def test_a_class_that_can_be_subtracted_hides_the_other_way(sizes: dict[tuple[str, str], int]) -> None:
    """Whoever knows a class knows the rest of a sex; small classes count together, as their sum can be had."""
    assert set(shown_two_ways(sizes)[1].values()) == {None}


def test_small_classes_that_are_enough_together_hide_nothing_of_the_other_way() -> None:
    """Three girls of 4B and three of 4C are six; neither class is shown."""
    sizes = {("4A", "girls"): 9, ("4A", "boys"): 7, ("4B", "girls"): 3, ("4C", "girls"): 3}
    assert shown_two_ways(sizes) == ({"4A": 16, "4B": None, "4C": None}, {"girls": 15, "boys": 7})

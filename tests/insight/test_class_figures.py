"""A class's figures: the distribution, the map of facts, and what to teach again."""

from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.claims import Sure
from mtc_kiosk.insight.class_figures import by_table, distribution, fact_map, teach_again
from mtc_kiosk.insight.class_fit import unfitted
from mtc_kiosk.insight.fitting import fit_class
from tests.insight.made import marks


def test_a_distribution_counts_every_score() -> None:
    """From 0 to the highest."""
    found = distribution([25, 25, 3], 25)
    assert (found.counts[25], found.counts[3], found.counts[0], found.pupils, found.out_of) == (2, 1, 0, 3, 25)


def test_the_map_is_of_questions_as_they_were_asked() -> None:
    """7x8 and 8x7 are two squares."""
    pupils = [[(Item(7, 8), True), (Item(8, 7), False)], [(Item(7, 8), False)]]
    found = fact_map(pupils)
    assert {item: (one.asked, one.wrong) for item, one in found.items()} == {Item(7, 8): (2, 1), Item(8, 7): (1, 1)}
    rows = {row.table: (row.asked, row.right, row.share) for row in by_table(pupils)}
    assert rows[7] == (2, 1, 0.5)
    assert rows[12] == (0, 0, None)


def test_a_fact_that_the_class_misses_is_named() -> None:
    """Of 30 pupils, all miss 7x8 either way round and have the rest."""
    pupils = [marks(seed, lambda item: item.unordered != (7, 8)) for seed in range(40)]
    found = teach_again(pupils, fit_class(pupils))
    assert [one.item.unordered for one in found] == [(7, 8)]
    assert found[0].sure is Sure.CLEAR
    assert found[0].wrong == found[0].asked


def names_it(count: int, wrong: int, *, good: bool = True) -> bool:
    """Whether 3x9 is named in a class in which so many were asked it, and the first of them had it wrong."""
    pupils = [marks(seed, lambda item, seed=seed: good or (item.product + seed) % 3 == 0) for seed in range(40)]  # type: ignore[misc]
    asked = [place for place, one in enumerate(pupils) if any(item.unordered == (3, 9) for item, _ in one)][:count]
    assert len(asked) == count
    pupils = [
        [(item, place not in asked[:wrong] if item.unordered == (3, 9) else right) for item, right in one]
        for place, one in enumerate(pupils)
        if place in asked or all(item.unordered != (3, 9) for item, _ in one)
    ]
    return any(one.item.unordered == (3, 9) for one in teach_again(pupils, fit_class(pupils)))


def test_a_few_answers_do_not_rank_a_fact() -> None:
    """Two of four wrong in a good class, where raw shares would name it first, are not enough; six of six are."""
    assert not names_it(4, 2)
    assert names_it(6, 6)


def test_a_fact_asked_three_times_is_not_named() -> None:
    """Not even in a class that has two thirds of everything wrong, where four of four are enough."""
    assert names_it(4, 4, good=False)
    assert not names_it(3, 3, good=False)


def test_nothing_is_named_without_answers() -> None:
    """Nor of a class that has everything right."""
    assert teach_again([], unfitted()) == ()
    pupils = [marks(seed, lambda item: True) for seed in range(10)]
    assert teach_again(pupils, fit_class(pupils)) == ()

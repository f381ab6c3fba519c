"""The choice of spares: as many as possible, and never a question of the form."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.spares import choose_spares

EVERY = [Item(table, factor) for table in range(1, 13) for factor in range(1, 13)]

factors = st.integers(min_value=1, max_value=12)
odd_forms = st.lists(st.builds(Item, factors, factors), min_size=25, max_size=25)


def test_the_best_liked_come_first() -> None:
    """Without obstacles each table has its two preferred spares, in that order."""
    preferred = [Item(3, 9), Item(7, 4), Item(3, 2), Item(3, 5), Item(7, 8)]
    assert choose_spares([Item(3, 3), Item(7, 7)], 2, preferred) == (Item(3, 9), Item(3, 2), Item(7, 4), Item(7, 8))


def test_a_table_gives_way_where_another_has_no_choice() -> None:
    """3 likes 3x4 best, but 4 has 4x3 alone, so 3 takes another."""
    preferred = [Item(3, 4), Item(4, 3), Item(3, 5)]
    assert choose_spares([Item(3, 3), Item(4, 4)], 1, preferred) == (Item(3, 5), Item(4, 3))


def test_a_table_without_a_fact_left_has_no_spare() -> None:
    """All of the 1 table was asked: no spare for it, two for the other."""
    items = [*(Item(1, factor) for factor in range(1, 13)), Item(7, 7)]
    assert Counter(spare.table for spare in choose_spares(items, 2, EVERY)) == {7: 2}


def test_times_one_is_the_last_resort() -> None:
    """2x1 is a spare only if the check asks all other facts of the 2 table but one."""
    items = [Item(2, factor) for factor in range(2, 12)]
    assert choose_spares(items, 2, EVERY) == (Item(2, 1), Item(2, 12))
    assert choose_spares(items[1:], 2, EVERY) == (Item(2, 2), Item(2, 12))


@given(odd_forms, st.permutations(EVERY))
def test_however_odd_the_form_no_spare_repeats_or_reverses(items: list[Item], preferred: list[Item]) -> None:
    """Not a question and not another spare, either way round; for tables in the form only; two each at most."""
    spares = choose_spares(items, 2, preferred)
    facts = [spare.unordered for spare in spares]
    assert len(set(facts)) == len(facts)
    assert not set(facts) & {item.unordered for item in items}
    assert all(times <= 2 for times in Counter(spare.table for spare in spares).values())
    assert {spare.table for spare in spares} <= {item.table for item in items}


@given(odd_forms, st.permutations(EVERY))
def test_no_table_is_short_while_a_fact_of_it_is_free(items: list[Item], preferred: list[Item]) -> None:
    """A table with fewer than two spares has no fact left that is neither asked nor a spare."""
    spares = choose_spares(items, 2, preferred)
    used = {item.unordered for item in (*items, *spares)}
    count = Counter(spare.table for spare in spares)
    short = {item.table for item in items if count[item.table] < 2}
    assert all(Item(table, factor).unordered in used for table in short for factor in range(1, 13))

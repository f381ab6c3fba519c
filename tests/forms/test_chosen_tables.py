""" "Try it out" on chosen tables: those alone, each fact once, no limits and no spares."""

import random

import pytest

from mtc_kiosk.check.draw import draw_tables
from mtc_kiosk.check.form import Form, Item, NotAForm
from mtc_kiosk.check.framework import TABLES


def test_questions_come_from_the_chosen_tables_alone() -> None:
    """3, 4 and 8 chosen, 3, 4 and 8 asked, by the first number."""
    form = draw_tables(random.Random(1), [3, 4, 8])
    assert {item.table for item in form.items} == {3, 4, 8}


@pytest.mark.parametrize(
    ("tables", "questions"),
    [([7], 11), ([1], 11), ([3, 4], 21), ([3, 3], 11), ([3, 4, 8], 25), (list(TABLES), 25)],
)
def test_there_are_as_many_questions_as_facts_up_to_25(tables: list[int], questions: int) -> None:
    """One table has 11 facts; two have 21, since 3x4 and 4x3 are one; three have more than 25."""
    assert len(draw_tables(random.Random(1), tables).items) == questions


@pytest.mark.parametrize("seed", range(20))
def test_no_fact_comes_twice_either_way_round(seed: int) -> None:
    """Nothing is repeated and nothing reversed."""
    items = draw_tables(random.Random(seed), [3, 4, 8, 12]).items
    assert len({item.unordered for item in items}) == len(items)


def test_a_fact_of_two_chosen_tables_comes_either_way_round() -> None:
    """3x4 in some forms, 4x3 in others."""
    forms = [draw_tables(random.Random(seed), [3, 4]) for seed in range(30)]
    assert {item for form in forms for item in form.items if item.unordered == (3, 4)} == {Item(3, 4), Item(4, 3)}


def test_a_spoilt_question_is_asked_again_last() -> None:
    """There are no spares; the form says what happens instead, and its journal keeps that."""
    form = draw_tables(random.Random(1), [6])
    assert (form.spares, form.ask_again_last) == ((), True)
    assert Form.from_json(form.to_json()) == form


def test_order_and_facts_come_by_chance() -> None:
    """Another chance, another order."""
    assert draw_tables(random.Random(1), [6]).items != draw_tables(random.Random(2), [6]).items


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ([3, 13], "13 is not a times table to try. Use tables from 1 to 12."),
        ([0], "0 is not a times table to try. Use tables from 1 to 12."),
        ([], "There is no times table. Name at least one."),
    ],
)
def test_what_is_no_times_table_is_refused(tables: list[int], sentence: str) -> None:
    """A table outside 1 to 12, or none at all, is refused with one sentence."""
    with pytest.raises(NotAForm) as refusal:
        draw_tables(random.Random(1), tables)
    assert str(refusal.value) == sentence

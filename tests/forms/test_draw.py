"""Drawn forms keep the rules, carry their spares and are named by their content."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.framework import TABLES, FormRules, NoFormFits, TableLimits, broken_rules

RULES = FormRules()
EVEN = tuple(TableLimits(table, 4, 4) for table in TABLES)

seeds = st.integers(min_value=0, max_value=2**32)


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_a_drawn_form_breaks_no_rule(seed: int) -> None:
    """Whatever the chance, the form keeps the framework's rules."""
    assert broken_rules(draw(random.Random(seed), RULES).items, RULES) == ()


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_a_drawn_form_has_two_spares_for_each_of_its_tables(seed: int) -> None:
    """Two for each table in the form, none for a table that is not."""
    form = draw(random.Random(seed), RULES)
    assert Counter(spare.table for spare in form.spares) == dict.fromkeys({item.table for item in form.items}, 2)


@given(seeds)
@settings(max_examples=200, deadline=None)
def test_no_spare_repeats_or_reverses_a_question_or_a_spare(seed: int) -> None:
    """Questions and spares together hold every fact once at most, either way round, from the check's tables."""
    form = draw(random.Random(seed), RULES)
    facts = [item.unordered for item in (*form.items, *form.spares)]
    assert len(set(facts)) == len(facts)
    assert all(item.factor1 in TABLES and item.factor2 in TABLES for item in form.spares)


def test_the_same_chance_draws_the_same_form() -> None:
    """A seed names a form, so that ``forms make --seed`` can be done again."""
    assert draw(random.Random(7), RULES) == draw(random.Random(7), RULES)


def test_different_forms_have_different_ids() -> None:
    """The id is made from the content: 300 draws, 300 forms, 300 ids."""
    chance = random.Random(8)
    forms = [draw(chance, RULES) for _ in range(300)]
    assert len({form.id for form in forms}) == len({(form.items, form.spares) for form in forms}) == 300


def test_a_drawn_form_survives_its_journal() -> None:
    """What ``attempt.form`` keeps gives the same form back."""
    form = draw(random.Random(9), RULES)
    assert Form.from_json(form.to_json()) == form


@pytest.mark.parametrize(
    "rules",
    [
        FormRules(second_factor_tolerance=0),
        FormRules(tables=EVEN, questions=44, easy_maximum=12, second_factor_tolerance=0, spares_per_table=1),
        FormRules(
            tables=tuple(TableLimits(table, 5, 8) for table in (6, 7, 8, 9)), easy_tables=(), second_factor_tolerance=4
        ),
        FormRules(spares_per_table=0),
    ],
    ids=["no tolerance", "44 questions", "four tables", "no spares"],
)
def test_changed_rules_are_kept_too(rules: FormRules) -> None:
    """A school's own rules are kept as strictly as the national ones, even where they leave little room."""
    assert broken_rules(draw(random.Random(1), rules).items, rules) == ()


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (FormRules(questions=40), "A form has 40 questions, but its tables together give 14 to 36."),
        (
            FormRules(easy_minimum=8, easy_maximum=9),
            "No choice of 25 questions keeps the limits of each table as well as the 8 to 9 from the 2, 5 and 10 times"
            " tables together.",
        ),
        (
            FormRules(tables=(TableLimits(4, 5, 5),), easy_tables=(), questions=5, second_factor_tolerance=0),
            "No form was found that keeps the form rules. Make their limits wider.",
        ),
        (
            FormRules(tables=(TableLimits(4, 10, 10),), easy_tables=(), questions=10, second_factor_tolerance=1),
            "No form was found that keeps the form rules. Make their limits wider.",
        ),
        (
            FormRules(
                tables=(TableLimits(4, 9, 9),),
                easy_tables=(),
                questions=9,
                second_factor_tolerance=9,
                spares_per_table=3,
            ),
            "No form was found with 3 spares for each of its tables. Ask for fewer spares.",
        ),
    ],
)
def test_rules_that_no_form_can_keep_are_refused(rules: FormRules, sentence: str) -> None:
    """They are refused in one sentence, and nothing goes on for ever."""
    with pytest.raises(NoFormFits) as refusal:
        draw(random.Random(1), rules)
    assert str(refusal.value) == sentence


def test_rules_with_one_form_draw_that_one() -> None:
    """Where the rules leave one fact a form, that fact comes."""
    rules = FormRules(
        tables=(TableLimits(4, 11, 11),), easy_tables=(), questions=11, second_factor_tolerance=11, spares_per_table=0
    )
    assert set(draw(random.Random(1), rules).items) == {Item(4, factor) for factor in TABLES}

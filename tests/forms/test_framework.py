"""The framework's rules, each broken on its own by a form that keeps all the others."""

import pytest

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES, BrokenRule, FormRules, Rule, TableLimits, broken_rules, impossible

RULES = FormRules()

KEEPS_THE_RULES = tuple(
    Item(factor1, factor2)
    for factor1, factor2 in (
        *[(5, 4), (11, 2), (9, 4), (12, 4), (8, 10), (6, 8), (7, 11), (4, 3), (9, 12), (6, 12), (7, 3), (7, 10)],
        *[
            (12, 2),
            (12, 12),
            (3, 8),
            (8, 7),
            (8, 11),
            (11, 9),
            (4, 2),
            (3, 12),
            (6, 3),
            (8, 5),
            (5, 11),
            (6, 4),
            (2, 6),
        ],
    )
)


def changed(**places: str) -> tuple[Item, ...]:
    """The form that keeps the rules with some questions replaced: ``q3="3x4"``."""
    items = list(KEEPS_THE_RULES)
    for place, pair in places.items():
        items[int(place[1:]) - 1] = Item(*(int(factor) for factor in pair.split("x")))
    return tuple(items)


def test_a_form_that_keeps_every_rule_breaks_none() -> None:
    """A form within every limit, with no repeat and no reversal, is an official form."""
    assert broken_rules(KEEPS_THE_RULES, RULES) == ()


@pytest.mark.parametrize(
    ("items", "broken"),
    [
        (
            (*KEEPS_THE_RULES[:3], *KEEPS_THE_RULES[4:]),
            [BrokenRule(Rule.QUESTIONS, "The form has 24 questions; the rules ask for 25.")],
        ),
        (
            changed(q10="4x11", q22="4x10"),
            [BrokenRule(Rule.TABLE, "The 4 times table has 4 questions; the rules allow 1 to 3.", 22)],
        ),
        (
            changed(q2="9x2", q18="9x9"),
            [BrokenRule(Rule.TABLE, "The 11 times table has 0 questions; the rules allow 1 to 3.")],
        ),
        (
            changed(q1="4x4", q25="7x6", q23="9x10"),
            [
                BrokenRule(Rule.TABLE, "The 5 times table has 0 questions; the rules allow 1 to 3."),
                BrokenRule(
                    Rule.EASY, "The 2, 5 and 10 times tables have 0 questions together; the rules allow 3 to 7."
                ),
            ],
        ),
        (
            changed(q3="9x8", q4="12x8", q5="8x8", q11="7x8"),
            [
                BrokenRule(Rule.SECOND_FACTOR, "8 is the second number of 6 questions; the rules allow 1 to 5.", 15),
                BrokenRule(
                    Rule.REVERSAL,
                    "Question 16, 8x7, is question 11, 7x8, the other way round; no question may come both ways.",
                    16,
                ),
            ],
        ),
        (
            changed(q10="6x11", q9="9x7", q14="12x7", q20="3x10"),
            [BrokenRule(Rule.SECOND_FACTOR, "12 is the second number of 0 questions; the rules allow 1 to 5.")],
        ),
        (
            changed(q19="4x3"),
            [BrokenRule(Rule.REPEAT, "4x3 is asked 2 times, as questions 8 and 19; no question may come twice.", 19)],
        ),
        (
            changed(q22="8x9", q18="11x8"),
            [
                BrokenRule(
                    Rule.REVERSAL,
                    "Question 18, 11x8, is question 17, 8x11, the other way round; no question may come both ways.",
                    18,
                )
            ],
        ),
        (
            changed(q8="4x1"),
            [BrokenRule(Rule.OUTSIDE, "Question 8 is 4x1; the check asks the 2 to 12 times tables only.", 8)],
        ),
    ],
)
def test_each_broken_rule_is_named_with_its_numbers(items: tuple[Item, ...], broken: list[BrokenRule]) -> None:
    """For a form that breaks a rule the report says which, how far, and at which question."""
    assert list(broken_rules(items, RULES)) == broken


def test_a_square_is_no_reversal_of_itself() -> None:
    """7x7 read backwards is 7x7, and is allowed."""
    assert not any(broken.rule is Rule.REVERSAL for broken in broken_rules([Item(7, 7)], RULES))


@pytest.mark.parametrize(
    ("number", "allowed"), [(2, False), (3, True), (7, True), (8, False)], ids=["2", "3", "7", "8"]
)
def test_three_to_seven_come_from_the_easy_tables(number: int, allowed: bool) -> None:
    """3 and 7 questions from the 2, 5 and 10 tables are allowed, 2 and 8 are not."""
    items = [Item(table, factor) for table in (2, 5, 10) for factor in (3, 4, 6)][:number]
    assert allowed is not any(broken.rule is Rule.EASY for broken in broken_rules(items, RULES))


@pytest.mark.parametrize(("table", "least", "most"), [(2, 0, 3), (5, 0, 4), (6, 1, 5), (10, 0, 3), (12, 1, 5)])
def test_second_factor_limits_are_one_wider(table: int, least: int, most: int) -> None:
    """Each second factor's limits are its table's, one wider each way and never below none."""
    assert RULES.second_factor(table) == TableLimits(table, least, most)


def test_national_limits_are_the_frameworks() -> None:
    """The minima add up to 14 and the maxima to 36, over the tables from 2 to 12."""
    assert [limits.table for limits in RULES.tables] == list(TABLES)
    assert (sum(limits.minimum for limits in RULES.tables), sum(limits.maximum for limits in RULES.tables)) == (14, 36)


def test_national_rules_are_possible() -> None:
    """Nothing speaks against the national rules."""
    assert impossible(RULES) is None


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (FormRules(questions=0), "The form rules ask for 0 questions; 1 is the least."),
        (FormRules(questions=13), "A form has 13 questions, but its tables together give 14 to 36."),
        (FormRules(questions=37), "A form has 37 questions, but its tables together give 14 to 36."),
        (
            FormRules(tables=(TableLimits(6, 0, 25), TableLimits(7, 0, 25))),
            "A form has 25 questions, but its tables together give 0 to 22.",
        ),
        (
            FormRules(tables=(TableLimits(6, 12, 25),)),
            "The 6 times table cannot have 12 to 25 questions; the first number must be from 0 to 11 and not above the"
            " second.",
        ),
        (
            FormRules(tables=(TableLimits(6, 3, 2),)),
            "The 6 times table cannot have 3 to 2 questions; the first number must be from 0 to 11 and not above the"
            " second.",
        ),
        (FormRules(tables=(TableLimits(1, 0, 3),)), "The form rules name the 1 times table; the check has 2 to 12."),
        (FormRules(easy_tables=(2, 13)), "The form rules name the 13 times table; the check has 2 to 12."),
        (
            FormRules(tables=(TableLimits(6, 0, 3), TableLimits(6, 0, 4))),
            "The form rules give limits for the 6 times table 2 times; once is allowed.",
        ),
        (
            FormRules(easy_minimum=5, easy_maximum=4),
            "The 2, 5 and 10 times tables cannot have 5 to 4 questions together; the first number must be 0 or more"
            " and not above the second.",
        ),
        (
            FormRules(spares_per_table=5),
            "The questions of a form and their spares come to 70, but the tables hold only 66 facts without a repeat"
            " or a reversal.",
        ),
        (FormRules(spares_per_table=-1), "The form rules ask for -1 spares for each table; 0 is the least."),
        (
            FormRules(second_factor_tolerance=-1),
            "The limits on the second number cannot be -1 wider; 0 is the least.",
        ),
    ],
)
def test_rules_that_counting_refutes_are_refused_in_one_sentence(rules: FormRules, sentence: str) -> None:
    """For rules that no form can keep one sentence says what is wrong, where counting alone shows it."""
    assert impossible(rules) == sentence


@pytest.mark.parametrize("questions", [14, 36])
def test_the_tables_limits_may_be_used_to_the_full(questions: int) -> None:
    """As many questions as the minima or the maxima add up to are not refused by counting."""
    assert impossible(FormRules(questions=questions, spares_per_table=0)) is None

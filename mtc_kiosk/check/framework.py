"""The rules for the items of an official form, and a sentence for each rule that a form breaks.

The defaults are the assessment framework's (docs/reference/framework.md); a school may change them. ``check.draw``
draws a form by these rules.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.form import QUESTIONS_IN_A_FORM, Item

TABLES = range(2, 13)
"""The tables of the check, and its second factors: 121 facts, 66 if order is ignored (framework, table 1)."""

UNORDERED_FACTS = len(TABLES) * (len(TABLES) + 1) // 2
"""How many questions fit in a form without a repeat or a reversal."""


class NoFormFits(ValueError):
    """No form keeps the given rules; the message is a sentence for a person."""


@dataclass(frozen=True)
class TableLimits:
    """How many questions of a form may come from one times table, inclusive."""

    table: int
    minimum: int
    maximum: int


NATIONAL_TABLES = (
    TableLimits(2, 0, 2),
    TableLimits(3, 1, 3),
    TableLimits(4, 1, 3),
    TableLimits(5, 1, 3),
    TableLimits(6, 2, 4),
    TableLimits(7, 2, 4),
    TableLimits(8, 2, 4),
    TableLimits(9, 2, 4),
    TableLimits(10, 0, 2),
    TableLimits(11, 1, 3),
    TableLimits(12, 2, 4),
)
"""Source: assessment framework, table 1."""


@dataclass(frozen=True)
class FormRules:
    """The rules for an official form; the defaults are the national rules.

    A table missing from ``tables`` gives no question. ``shared_at_most`` and ``try_outs_remembered`` limit what one
    pupil may meet again: the framework lets two forms share 30% of their items, which is 7 of 25.
    """

    tables: tuple[TableLimits, ...] = NATIONAL_TABLES
    second_factor_tolerance: int = 1  # framework, footnote 5
    easy_tables: tuple[int, ...] = (2, 5, 10)  # the key stage 1 tables; framework, table 2
    easy_minimum: int = 3
    easy_maximum: int = 7
    questions: int = QUESTIONS_IN_A_FORM
    spares_per_table: int = 2
    shared_at_most: int = 7
    try_outs_remembered: int = 5

    def limits(self, table: int) -> TableLimits:
        """The limits of one table by first factor."""
        return next((limits for limits in self.tables if limits.table == table), TableLimits(table, 0, 0))

    def second_factor(self, factor: int) -> TableLimits:
        """How many questions may have this second factor: the table's own limits, widened by the tolerance."""
        limits = self.limits(factor)
        widened = self.second_factor_tolerance
        return TableLimits(factor, max(0, limits.minimum - widened), limits.maximum + widened)


class Rule(StrEnum):
    """The framework's rules, by the name that a report gives them."""

    QUESTIONS = "questions"
    OUTSIDE = "outside_the_tables"
    TABLE = "table_limits"
    EASY = "easy_tables"
    SECOND_FACTOR = "second_factor"
    REPEAT = "repeat"
    REVERSAL = "reversal"


@dataclass(frozen=True)
class BrokenRule:
    """One rule that a form breaks. ``number``: the question, from 1, that breaks it; None if a question is missing."""

    rule: Rule
    sentence: str
    number: int | None = None

    def __str__(self) -> str:
        return self.sentence


def broken_rules(items: Sequence[Item], rules: FormRules) -> tuple[BrokenRule, ...]:
    """Every rule that these items break, in the order of ``Rule``; empty when they may be an official form."""
    return (
        *_questions(items, rules),
        *_outside(items),
        *_tables(items, rules),
        *_easy(items, rules),
        *_second_factors(items, rules),
        *_repeats(items),
        *_reversals(items),
    )


def counted(number: int) -> str:
    """``1 question``, ``2 questions``."""
    return f"{number} question" if number == 1 else f"{number} questions"


def named(tables: Sequence[int]) -> str:
    """``2, 5 and 10``."""
    *first, last = (str(table) for table in tables)
    return f"{', '.join(first)} and {last}" if first else last


def _questions(items: Sequence[Item], rules: FormRules) -> Iterator[BrokenRule]:
    if len(items) != rules.questions:
        yield BrokenRule(Rule.QUESTIONS, f"The form has {counted(len(items))}; the rules ask for {rules.questions}.")


def _outside(items: Sequence[Item]) -> Iterator[BrokenRule]:
    for number, item in enumerate(items, start=1):
        if item.factor1 not in TABLES or item.factor2 not in TABLES:
            sentence = f"Question {number} is {item}; the check asks the {TABLES[0]} to {TABLES[-1]} times tables only."
            yield BrokenRule(Rule.OUTSIDE, sentence, number)


def _tables(items: Sequence[Item], rules: FormRules) -> Iterator[BrokenRule]:
    for table in TABLES:
        numbers = [number for number, item in enumerate(items, start=1) if item.table == table]
        subject = f"The {table} times table has {counted(len(numbers))}"
        yield from _outside_limits(Rule.TABLE, numbers, rules.limits(table), subject)


def _easy(items: Sequence[Item], rules: FormRules) -> Iterator[BrokenRule]:
    if rules.easy_tables:
        numbers = [number for number, item in enumerate(items, start=1) if item.table in rules.easy_tables]
        subject = f"The {named(rules.easy_tables)} times tables have {counted(len(numbers))} together"
        yield from _outside_limits(Rule.EASY, numbers, TableLimits(0, rules.easy_minimum, rules.easy_maximum), subject)


def _second_factors(items: Sequence[Item], rules: FormRules) -> Iterator[BrokenRule]:
    for factor in TABLES:
        numbers = [number for number, item in enumerate(items, start=1) if item.factor2 == factor]
        subject = f"{factor} is the second number of {counted(len(numbers))}"
        yield from _outside_limits(Rule.SECOND_FACTOR, numbers, rules.second_factor(factor), subject)


def _outside_limits(rule: Rule, numbers: Sequence[int], limits: TableLimits, subject: str) -> Iterator[BrokenRule]:
    sentence = f"{subject}; the rules allow {limits.minimum} to {limits.maximum}."
    if len(numbers) < limits.minimum:
        yield BrokenRule(rule, sentence)
    elif len(numbers) > limits.maximum:
        yield BrokenRule(rule, sentence, numbers[limits.maximum])


def _repeats(items: Sequence[Item]) -> Iterator[BrokenRule]:
    for item, times in Counter(items).items():
        if times > 1:
            asked = [number for number, other in enumerate(items, start=1) if other == item]
            sentence = f"{item} is asked {times} times, as questions {named(asked)}; no question may come twice."
            yield BrokenRule(Rule.REPEAT, sentence, asked[1])


def _reversals(items: Sequence[Item]) -> Iterator[BrokenRule]:
    first_asked: dict[Item, int] = {}
    for number, item in enumerate(items, start=1):
        if item in first_asked:
            continue
        first_asked[item] = number
        reverse = Item(item.factor2, item.factor1)
        if reverse != item and reverse in first_asked:
            sentence = (
                f"Question {number}, {item}, is question {first_asked[reverse]}, {reverse}, the other way round;"
                " no question may come both ways."
            )
            yield BrokenRule(Rule.REVERSAL, sentence, number)


def impossible(rules: FormRules) -> str | None:
    """Why no form can keep these rules, as a sentence, if plain counting shows it; else None."""
    return next(_impossible(rules), None)


def _impossible(rules: FormRules) -> Iterator[str]:
    yield from _wrong_numbers(rules)
    yield from _wrong_tables(rules)
    smallest = sum(limits.minimum for limits in rules.tables)
    largest = sum(min(limits.maximum, len(TABLES)) for limits in rules.tables)
    if not smallest <= rules.questions <= largest:
        yield f"A form has {counted(rules.questions)}, but its tables together give {smallest} to {largest}."
    needed = rules.questions + rules.spares_per_table * sum(limits.minimum > 0 for limits in rules.tables)
    if needed > UNORDERED_FACTS:
        yield (
            f"The questions of a form and their spares come to {needed}, but the tables hold only {UNORDERED_FACTS}"
            " facts without a repeat or a reversal."
        )


def _wrong_numbers(rules: FormRules) -> Iterator[str]:
    if rules.questions < 1:
        yield f"The form rules ask for {rules.questions} questions; 1 is the least."
    if rules.spares_per_table < 0:
        yield f"The form rules ask for {rules.spares_per_table} spares for each table; 0 is the least."
    if rules.second_factor_tolerance < 0:
        yield f"The limits on the second number cannot be {rules.second_factor_tolerance} wider; 0 is the least."
    if rules.easy_tables and not 0 <= rules.easy_minimum <= rules.easy_maximum:
        yield (
            f"The {named(rules.easy_tables)} times tables cannot have {rules.easy_minimum} to {rules.easy_maximum}"
            " questions together; the first number must be 0 or more and not above the second."
        )


def _wrong_tables(rules: FormRules) -> Iterator[str]:
    tables = [limits.table for limits in rules.tables]
    for table in (*tables, *rules.easy_tables):
        if table not in TABLES:
            yield f"The form rules name the {table} times table; the check has {TABLES[0]} to {TABLES[-1]}."
    for table, times in Counter(tables).items():
        if times > 1:
            yield f"The form rules give limits for the {table} times table {times} times; once is allowed."
    for limits in rules.tables:
        if not 0 <= limits.minimum <= min(limits.maximum, len(TABLES)):
            yield (
                f"The {limits.table} times table cannot have {limits.minimum} to {limits.maximum} questions;"
                f" the first number must be from 0 to {len(TABLES)} and not above the second."
            )

"""The words of a class's report: true of whatever class it is, and no more than insight claims."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.export.reports.class_words import (
    claims_in_short,
    class_heading,
    class_lead,
    days_in_words,
    stands_out,
    table_gap,
)
from mtc_kiosk.export.reports.content import PupilLine
from mtc_kiosk.insight.attempts import Attempt
from mtc_kiosk.insight.claims import Sure
from mtc_kiosk.insight.class_figures import distribution
from mtc_kiosk.insight.patterns import Found, Pattern
from mtc_kiosk.insight.pupil import context_of
from mtc_kiosk.insight.whole_class import TableOfClass, class_insight
from tests.export.reports import made
from tests.insight.made import attempt, form

SOME = made.class_report()


def heading(scores: list[int], *, without: int = 0, group: str = "4A") -> str:
    """The heading of a class with these scores, and some pupils without one."""
    lines = [PupilLine(number, "", score, 25, "", None) for number, score in enumerate(scores)]
    lines += [PupilLine(100 + number, "", None, 25, "", None) for number in range(without)]
    one = next(iter(SOME.insight.pupils.values()))
    insight = replace(
        SOME.insight,
        distribution=distribution(scores, 25) if scores else None,
        pupils=dict.fromkeys(range(len(scores)), one),
    )
    return class_heading(replace(SOME, group=group, lines=tuple(lines), insight=insight))


@pytest.mark.parametrize(
    ("scores", "without", "group", "said"),
    [
        ([20, 23, 24, 25], 0, "4A", "Half of 4A had 24 or more"),
        ([20, 23, 24, 25], 2, "4A", "Half of the scores in 4A are 24 or more"),
        ([20, 23, 24, 25], 0, "", "Half of the pupils had 24 or more"),
        ([20, 23, 24, 25], 1, "", "Half of the scores are 24 or more"),
        ([20, 24, 24, 25], 0, "4A", "More than half of 4A had 24 or more"),
        ([20, 25, 25, 25], 0, "4A", "More than half of 4A had all 25"),
        ([20, 25, 25, 25], 3, "4A", "More than half of the scores in 4A are 25"),
        ([20, 20, 20, 22], 0, "4A", "All of 4A had 20 or more"),
        ([25, 25, 25], 0, "4A", "All of 4A had all 25"),
        ([7, 7], 0, "4A", "All of 4A had 7"),
        ([0, 0], 5, "", "All of the scores are 0"),
        ([19], 0, "4A", "The one pupil of 4A with a score had 19"),
        ([19], 3, "", "The one pupil with a score had 19"),
        ([], 3, "4A", "No pupil of 4A has a score yet"),
        ([], 0, "", "No pupil has a score yet"),
    ],
)
def test_a_heading_says_what_matters(scores: list[int], without: int, group: str, said: str) -> None:
    """One pupil, all alike, nobody, some without a score."""
    assert heading(scores, without=without, group=group) == said


@given(st.lists(st.integers(0, 25), min_size=2, max_size=40), st.integers(0, 5))
def test_a_heading_is_true(scores: list[int], without: int) -> None:
    """Whatever the scores: so many had so much, and half had no more."""
    said = heading(scores, without=without)
    found = re.fullmatch(
        r"(All|Half|More than half) of (?:the scores in )?4A (?:had|are) (?:all )?(\d+)( or more)?", said
    )
    assert found, said
    share, score, more = found[1], int(found[2]), found[3]
    reached = sum(one >= score if more else one == score for one in scores)
    assert reached == len(scores) if share == "All" else 2 * reached >= len(scores)
    assert (2 * reached == len(scores)) is (share == "Half")
    assert 2 * sum(one > score for one in scores) < len(scores)
    assert ("the scores" in said) is bool(without)


def test_checks_of_different_rules_are_only_counted() -> None:
    """No half of them can be told."""
    mixed = replace(SOME, insight=replace(SOME.insight, distribution=None, average=None, middle=None))
    assert class_heading(mixed) == "28 pupils of 4A took the check"
    assert class_heading(replace(mixed, group="")) == "28 pupils took the check"


@pytest.mark.parametrize(
    ("claimed", "pupils", "said"),
    [
        ({}, 30, ""),
        ({7: (2, 0)}, 30, ""),
        ({7: (5, 0)}, 30, ""),
        ({7: (4, 2)}, 30, "The 7s are the gap."),
        ({7: (6, 0), 12: (3, 3)}, 30, "The 7s and 12s are the gap."),
        ({7: (2, 0)}, 4, ""),
        ({7: (1, 2)}, 4, "The 7s are the gap."),
        (dict.fromkeys(range(6, 11), (9, 9)), 30, "Several tables are the gap."),
    ],
)
def test_a_gap_is_named_only_where_the_claims_bear_it(
    claimed: dict[int, tuple[int, int]], pupils: int, said: str
) -> None:
    """A fifth of the class, and three pupils: fewer may be false claims."""
    tables = [TableOfClass(table, 3.0, *claimed.get(table, (0, 0))) for table in range(2, 13)]
    assert table_gap(tables, pupils) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((date(2027, 6, 9), date(2027, 6, 9)), "9 June 2027"),
        ((date(2027, 6, 9), date(2027, 6, 11)), "9 to 11 June 2027"),
        ((date(2027, 5, 31), date(2027, 6, 2)), "31 May to 2 June 2027"),
        ((date(2026, 6, 9), date(2027, 6, 9)), "9 June 2026 to 9 June 2027"),
    ],
)
def test_days_as_people_say_them(days: tuple[date, date], said: str) -> None:
    """One, two, over a month's end, over a year's."""
    assert days_in_words(days) == said


def test_a_lead_says_when_and_that_nobody_passes() -> None:
    """And before the first check what will be there."""
    assert class_lead(SOME).endswith("The check of 9 to 11 June 2027. There is no pass mark.")
    assert class_lead(made.class_report({})) == "Each pupil will be counted here once the check is in."


def noticed(taken: Attempt) -> str:
    """What is to be noticed of a pupil, in a class of usual ones."""
    others = {number: attempt(form(number), {1: "", 9: "1"}) for number in range(2, 12)}
    insight = class_insight(context_of({1: taken, **others})).pupils[1]
    return stands_out(PupilLine(1, "A", taken.score, 25, "Complete", insight))


def test_what_explains_comes_before_what_it_explains() -> None:
    """A pupil who adds has every table wrong; one who froze has what came before."""
    items = form(11)
    adds = {number: str(item.factor1 + item.factor2) for number, item in enumerate(items, 1)}
    assert noticed(attempt(items, adds)).startswith("Added instead of multiplying (")
    assert noticed(attempt(items, dict.fromkeys(range(15, 26), ""))) == "Typed nothing after question 14"


def test_what_is_noticed_by_weight() -> None:
    """Tables, then slow typing, then a fault, then that all was right; else nothing."""
    items = form(11)
    sevens = {number: "1" for number, item in enumerate(items, 1) if 7 in (item.factor1, item.factor2)}
    right = attempt(items)
    faulty = replace(right.answers[3], voids=(Cause.KEYBOARD,))
    again = replace(right, answers=(*right.answers[:3], faulty, *right.answers[4:]))
    assert noticed(attempt(items, sevens)) == "Has not got the 7s"
    assert noticed(attempt(items, gap_ms=2_000, think_ms=300)) == "Types slowly: 2.0\xa0s from one digit to the next"
    assert noticed(again) == "Question 4 was asked again after a fault"
    assert noticed(replace(right, held=(Cause.FOCUS,))) == "The check was held"
    assert noticed(right) == "All right"
    assert noticed(attempt(items, {3: "1"})) == ""


@pytest.mark.parametrize(
    ("clear", "likely", "said"),
    [
        ((), (), ""),
        ((7,), (12,), "Has not got the 7s; probably not the 12s"),
        ((7, 8), (6, 9, 12), "Has not got the 7s and 8s; probably not three more"),
        ((), (3, 6, 7, 8, 9), "Has probably not got five tables"),
        ((3, 4, 6, 7, 8, 9), (), "Has not got the 3s, 4s, 6s, 7s, 8s and 9s"),
        (tuple(TABLES), (), "Has not got any table"),
    ],
)
def test_claims_in_short_are_no_weaker_than_the_claims(
    clear: tuple[int, ...], likely: tuple[int, ...], said: str
) -> None:
    """What is clear is named however much is likely, which is named or counted."""
    claims = next(iter(SOME.insight.pupils.values())).claims
    sure = dict.fromkeys(clear, Sure.CLEAR) | dict.fromkeys(likely, Sure.LIKELY)
    made_up = [replace(claim, sure=sure.get(claim.table, Sure.CANNOT_TELL)) for claim in claims]
    assert claims_in_short([claim for claim in made_up if claim.sure is not Sure.CANNOT_TELL]) == said


def test_the_list_of_pupils_counts_as_the_class_does() -> None:
    """Who has clearly not got a table is named in the list with that table, whatever else stands out."""
    said = [stands_out(line) for line in SOME.lines]
    assert any(one.clear for one in SOME.insight.tables)
    for one in SOME.insight.tables:
        clear = [re.search(r"Has not got the ([^;.]*)", phrase) for phrase in said]
        assert sum(f"{one.table}s" in found[1].replace(",", "").split() for found in clear if found) == one.clear


def test_what_explains_does_not_hide_a_claim() -> None:
    """Both are said, and slow typing too; a time only where times are shown."""
    line = next(line for line in SOME.lines if line.insight and line.insight.claimed)
    insight = line.insight
    assert insight is not None
    slow = Found(Pattern.SLOW_TYPING, Sure.CLEAR, 1.0, 9, 12, "")
    froze = Found(Pattern.FREEZES, Sure.CLEAR, 1.0, 11, 11, "", after=14)
    times = replace(insight.times, typing_ms=1_500)
    both = replace(line, insight=replace(insight, found=(froze, slow), times=times))
    claims = claims_in_short(insight.claimed)
    assert stands_out(both) == (
        f"Typed nothing after question 14. {claims}. Types slowly: 1.5\xa0s from one digit to the next"
    )
    assert stands_out(both, timed=False).endswith(". Types slowly")


def test_a_pupil_without_insight_has_the_reason() -> None:
    """The label of the list; and one whose record cannot be read has a score and no more."""
    assert stands_out(PupilLine(1, "A", None, 25, "Working below expectation", None)) == "Working below expectation"
    assert stands_out(PupilLine(1, "A", 21, 25, "Complete", None)) == "The answers cannot be read now"

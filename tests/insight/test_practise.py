"""What to practise next: eight facts at most, each with its reason."""

from dataclasses import replace

import pytest

from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.attempts import Answer, Attempt
from mtc_kiosk.insight.claims import Sure, marks_of, table_claims
from mtc_kiosk.insight.class_fit import unfitted
from mtc_kiosk.insight.grid import Grid
from mtc_kiosk.insight.practise import MOST, Why, practise_next, progress
from tests.insight.made import KEYBOARD, answer, attempt, form

FIT = unfitted()
GRID = Grid(FIT)


def reasons(*attempts: Attempt) -> dict[Item, Why]:
    """What to practise, by fact."""
    claims = table_claims(marks_of(attempts[-1].answers), GRID)
    return {one.item: one.why for one in practise_next(attempts, claims, FIT)}


def of(*answers: Answer) -> Attempt:
    """A short attempt."""
    return Attempt(answers, KEYBOARD)


def test_everything_right_and_quick_has_nothing_to_practise() -> None:
    """No list for its own sake."""
    assert reasons(attempt(form(1))) == {}


def test_each_reason() -> None:
    """Missed once, unfinished, slow; and again after an earlier miss, the other way round as well."""
    before = of(answer(1, Item(8, 7), "54"))
    now = of(
        answer(1, Item(7, 8), "54"),
        answer(2, Item(6, 9), "55"),
        answer(3, Item(12, 12), "14", entered=False),
        answer(4, Item(4, 4), think_ms=4_200),
        answer(5, Item(3, 3)),
    )
    found = practise_next([before, now], (), FIT)
    assert [(one.item, one.why, one.words) for one in found] == [
        (Item(7, 8), Why.MISSED_AGAIN, "wrong both times it was asked"),
        (Item(6, 9), Why.MISSED, "missed once"),
        (Item(12, 12), Why.UNFINISHED, "right so far when the time ran out"),
        (Item(4, 4), Why.SLOW, "right, after 4.2 seconds"),
    ]


def test_three_seconds_of_thinking_are_slow() -> None:
    """And less is not."""
    found = practise_next([of(answer(1, Item(4, 6), think_ms=3_000), answer(2, Item(3, 3), think_ms=2_999))], (), FIT)
    assert [(one.item, one.words) for one in found] == [(Item(4, 6), "right, after 3.0 seconds")]


def test_a_fact_of_two_tables_that_are_not_got_comes_once_for_the_first() -> None:
    """7 x 8 is of the 7s, and then not of the 8s."""
    items = [Item(table, factor) for table in (7, 8) for factor in (3, 4, 6, 9, 12)]
    others = [Item(first, second) for first in (2, 3, 5, 10, 11) for second in (2, 3, 5, 9)]
    rows = [
        answer(number, item, "1" if number <= len(items) else None) for number, item in enumerate([*items, *others], 1)
    ]
    check = of(*rows)
    claims = table_claims(marks_of(check.answers), GRID)
    assert {claim.table for claim in claims if claim.sure is not Sure.CANNOT_TELL} == {7, 8}
    words = [one.words for one in practise_next([check], claims, FIT) if one.item.unordered == (7, 8)]
    assert len(words) == 1
    assert words[0].startswith("of the 7s")


def test_no_more_than_eight() -> None:
    """The most pressing ones."""
    wrong = dict.fromkeys(range(1, 21), "1")
    found = practise_next([attempt(form(2), wrong)], (), FIT)
    assert len(found) == MOST
    assert len({one.item.unordered for one in found}) == MOST


def test_a_lost_table_brings_its_hardest_facts_that_were_not_right() -> None:
    """Those it did not ask, too."""
    items = form(11)
    wrong = {number: "1" for number, item in enumerate(items, 1) if 7 in (item.factor1, item.factor2)}
    check = attempt(items, wrong)
    found = practise_next([check], table_claims(marks_of(check.answers), GRID), FIT)
    of_table = [one for one in found if one.why is Why.TABLE]
    assert 0 < len(of_table) <= 3
    assert all(one.item.factor1 == 7 and one.words == "of the 7s, not got yet" for one in of_table)


@pytest.mark.parametrize("missed", [1, 2, 3])
def test_a_fact_that_was_right_at_last_is_left_out(missed: int) -> None:
    """However often it was missed before; if it was slow at last, that is what is said."""
    before = [of(answer(1, Item(7, 8), "54"))] * missed
    assert practise_next([*before, of(answer(1, Item(8, 7)))], (), FIT) == ()
    assert practise_next([*before, of(answer(1, Item(7, 8))), of(answer(1, Item(2, 2)))], (), FIT) == ()
    (slow,) = practise_next([*before, of(answer(1, Item(7, 8), think_ms=4_000))], (), FIT)
    assert (slow.why, slow.words) == (Why.SLOW, "right, after 4.0 seconds")


def test_a_check_that_was_all_right_has_only_what_it_did_not_ask() -> None:
    """What was missed in a try is said to have been."""
    check = attempt(form(1))
    asked = {one.item.unordered for one in check.answers}
    others = [Item(first, second) for first in range(2, 13) for second in range(first, 13)]
    left = [item for item in others if item.unordered not in asked]
    tries = of(*(answer(number, item, "1") for number, item in enumerate([*form(1)[:9], *left[:2]], 1)))
    found = practise_next([tries, check], (), FIT)
    assert {(one.item, one.why, one.words) for one in found} == {
        (item, Why.EARLIER, "missed in an earlier try") for item in left[:2]
    }


def test_what_the_check_missed_comes_before_older_misses() -> None:
    """Many older ones push none of it out; a slow answer comes last."""
    missed = [Item(3, 4), Item(6, 6)]
    old = [item for item in form(3) if item.unordered not in {(3, 4), (6, 6), (2, 2)}][:10]
    tries = of(*(answer(number, item, "1") for number, item in enumerate(old, 1)))
    wrong = [answer(number, item, "1") for number, item in enumerate(missed, 1)]
    check = of(*wrong, answer(3, Item(2, 2), think_ms=5_000), answer(4, Item(11, 12), "13", entered=False))
    found = practise_next([tries, tries, check], (), FIT)
    whys = [one.why for one in found]
    assert whys == [Why.MISSED, Why.MISSED, Why.UNFINISHED, *[Why.EARLIER] * 5]
    few = practise_next([of(*tries.answers[:1]), check], (), FIT)
    assert [one.why for one in few] == [Why.MISSED, Why.MISSED, Why.UNFINISHED, Why.EARLIER, Why.SLOW]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["54", "54"], "wrong both times it was asked"),
        (["54", "54", "54"], "wrong all 3 times it was asked"),
        (["54", None, "54"], "wrong 2 of the 3 times it was asked"),
        ([None, "54"], "missed once"),
    ],
)
def test_how_often_a_fact_was_wrong(given: list[str | None], words: str) -> None:
    """Over every go, the last of them the check."""
    (found,) = practise_next([of(answer(1, Item(7, 8), said)) for said in given], (), FIT)
    assert found.words == words


def test_an_assistants_speed_is_no_reason() -> None:
    """Slow typing by another is not a slow answer."""
    slow = attempt(form(1), think_ms=4_500)
    assert reasons(slow)
    assert reasons(replace(slow, assisted=True)) == {}


def test_progress_tells_goes_from_the_check() -> None:
    """In their order, with their lengths."""
    goes = progress([(of(answer(1, Item(2, 2)), answer(2, Item(3, 3), "8")), False), (attempt(form(1)), True)])
    assert [(one.score, one.of, one.is_check) for one in goes] == [(1, 2, False), (25, 25, True)]

"""Marking: a response is right where it reads as the product (docs/reference/pupil-client.md, "Marking")."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.facts import Answered, AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.marking import MarkedAnswer, is_right, mark, score

from .profile import QUICK


@pytest.mark.parametrize(
    ("item", "response", "right"),
    [
        (Item(3, 4), "12", True),
        (Item(4, 3), "12", True),
        (Item(3, 4), "012", True),
        (Item(3, 4), "00012", True),
        (Item(12, 12), "144", True),
        (Item(12, 12), "00144", True),
        (Item(2, 5), "10", True),
        (Item(10, 10), "100", True),
        (Item(1, 1), "1", True),
        (Item(3, 4), "", False),
        (Item(3, 4), "0", False),
        (Item(3, 4), "00000", False),
        (Item(3, 4), "11", False),
        (Item(3, 4), "21", False),
        (Item(3, 4), "120", False),
        (Item(3, 4), "1200", False),
        (Item(3, 4), "34", False),
        (Item(3, 4), "99999", False),
        (Item(3, 4), "-12", False),
        (Item(3, 4), "+12", False),
        (Item(3, 4), "12.0", False),
        (Item(3, 4), "1_2", False),
        (Item(3, 4), " 12", False),
        (Item(3, 4), "12\n", False),
        (Item(3, 4), "0x0c", False),
        (Item(3, 4), "twelve", False),
        (Item(3, 4), "\u0661\u0662", False),
        (Item(3, 4), "\uff11\uff12", False),
        (Item(3, 4), "1\u00b2", False),
    ],
)
def test_a_response_is_right_where_it_reads_as_the_product(item: Item, response: str, right: bool) -> None:
    """Leading zeros do not matter; blank, and whatever is not ASCII digits, is wrong."""
    assert is_right(item, response) is right


@pytest.mark.parametrize(
    ("response", "right"), [("0" * 10_000 + "12", True), ("9" * 10_000, False)], ids=["zeros", "nines"]
)
def test_a_response_of_any_length_is_marked(response: str, right: bool) -> None:
    """The machine takes five digits; a record from elsewhere may hold anything."""
    assert is_right(Item(3, 4), response) is right


@QUICK
@given(st.builds(Item, st.integers(1, 12), st.integers(1, 12)), st.integers(0, 99_999), st.integers(0, 4))
def test_a_number_is_right_exactly_where_it_is_the_product(item: Item, number: int, zeros: int) -> None:
    """However many leading zeros there are."""
    assert is_right(item, "0" * zeros + str(number)) is (number == item.factor1 * item.factor2)


def answered(number: int, item: Item, response: str, by: AnsweredBy = AnsweredBy.ENTER) -> Answered:
    """An answer as the journal has it."""
    return Answered(0, number, 1, item.factor1, item.factor2, response, 0, by, stall=False)


@pytest.mark.parametrize("right", [0, 1, 3, 5, 8, 13, 21, 25])
def test_the_score_is_how_many_are_right(right: int) -> None:
    """No scale, no pass mark (MK-01)."""
    items = [Item(2 + n % 11, 2 + n % 10) for n in range(25)]
    responses = [str(item.product) if n < right else "0" for n, item in enumerate(items)]
    marks = mark(
        answered(n, item, response) for n, (item, response) in enumerate(zip(items, responses, strict=True), 1)
    )
    assert (len(marks), score(marks)) == (25, right)


def test_a_mark_keeps_the_question_and_the_response_as_typed() -> None:
    """In the order given."""
    marks = mark([answered(2, Item(3, 4), "012"), answered(1, Item(7, 8), "")])
    assert marks == (MarkedAnswer(2, Item(3, 4), "012", right=True), MarkedAnswer(1, Item(7, 8), "", right=False))


@pytest.mark.parametrize("by", [AnsweredBy.ENTER, AnsweredBy.TIMEOUT])
def test_how_a_question_ended_changes_no_mark(by: AnsweredBy) -> None:
    """On time-out whatever is typed counts."""
    assert score(mark([answered(1, Item(3, 4), "12", by)])) == 1


def test_a_forfeit_is_wrong() -> None:
    """It is blank."""
    assert score(mark([answered(1, Item(3, 4), "", AnsweredBy.FORFEIT)])) == 0

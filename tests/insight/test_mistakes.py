"""Kinds of mistake, each on cases made by hand; the order decides where several kinds fit."""

import pytest

from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.attempts import Answer
from mtc_kiosk.insight.mistakes import HEADINGS, Kind, by_kind, kind_of, mistake_of, mistakes
from tests.insight.made import answer

CASES = [
    (Item(7, 8), "", True, Kind.NOTHING),
    (Item(7, 8), "5", True, Kind.UNFINISHED),
    (Item(12, 12), "14", True, Kind.UNFINISHED),
    (Item(7, 8), "5", False, Kind.ONE_DIGIT),  # Enter was pressed: a digit is missing
    (Item(7, 8), "6", True, Kind.CUT_OFF),  # the time ran out, and it was not right so far
    (Item(8, 11), "9", True, Kind.CUT_OFF),  # as well as 3 x 3
    (Item(8, 11), "9", False, Kind.OTHER_FACT),  # Enter was pressed
    (Item(3, 4), "7", True, Kind.CUT_OFF),  # as well as 3 + 4
    (Item(9, 12), "9", True, Kind.CUT_OFF),
    (Item(9, 12), "96", True, Kind.CUT_OFF),  # as well as 8 x 12
    (Item(9, 12), "09", True, Kind.CUT_OFF),
    (Item(7, 8), "0", True, Kind.CUT_OFF),
    (Item(7, 8), "64", True, Kind.NEIGHBOUR),  # as many digits as the answer has
    (Item(2, 4), "6", True, Kind.ADDED),
    (Item(7, 8), "15", False, Kind.ADDED),
    (Item(3, 4), "7", False, Kind.ADDED),
    (Item(2, 8), "10", False, Kind.ADDED),  # as well as 2 x 5
    (Item(7, 8), "65", False, Kind.SWAPPED),
    (Item(12, 9), "180", False, Kind.SWAPPED),
    (Item(4, 6), "42", False, Kind.SWAPPED),  # as well as 7 x 6
    (Item(5, 10), "05", False, Kind.SWAPPED),
    (Item(5, 10), "5", False, Kind.ROW),  # as well as 0 forgotten
    (Item(7, 8), "566", False, Kind.DOUBLED),
    (Item(2, 4), "88", False, Kind.DOUBLED),  # as well as 22 x 4, which is no row
    (Item(3, 11), "333", False, Kind.DOUBLED),
    (Item(4, 11), "4444", False, Kind.DOUBLED),
    (Item(7, 8), "57", False, Kind.ONE_AWAY),
    (Item(7, 7), "48", False, Kind.ONE_AWAY),  # as well as 6 x 8
    (Item(7, 8), "64", False, Kind.NEIGHBOUR),
    (Item(7, 8), "48", False, Kind.NEIGHBOUR),
    (Item(7, 3), "28", False, Kind.ROW),
    (Item(7, 8), "49", False, Kind.ROW),
    (Item(7, 8), "40", False, Kind.ROW),  # of the second number's table
    (Item(9, 6), "56", False, Kind.ONE_DIGIT),  # as well as 7 x 8
    (Item(9, 4), "25", False, Kind.OTHER_FACT),
    (Item(7, 8), "59", False, Kind.ONE_DIGIT),
    (Item(7, 8), "156", False, Kind.ONE_DIGIT),
    (Item(7, 8), "71", False, Kind.SOMETHING_ELSE),
    (Item(7, 8), "99999", False, Kind.SOMETHING_ELSE),
    (Item(7, 8), "0", False, Kind.SOMETHING_ELSE),
    (Item(7, 8), "00", True, Kind.SOMETHING_ELSE),
    (Item(7, 8), "05", True, Kind.UNFINISHED),
    (Item(7, 8), "064", False, Kind.NEIGHBOUR),
]


@pytest.mark.parametrize(("item", "response", "ran_out", "kind"), CASES)
def test_a_wrong_answer_has_the_first_kind_that_fits(item: Item, response: str, ran_out: bool, kind: Kind) -> None:
    """Hand-made, with every kind and every clash."""
    assert kind_of(item, response, ran_out=ran_out) is kind


def test_every_kind_has_a_case_and_a_heading() -> None:
    """None is forgotten."""
    assert {kind for *_, kind in CASES} == set(Kind) == set(HEADINGS)


@pytest.mark.parametrize(
    ("item", "response", "words"),
    [
        (Item(7, 3), "28", "7 × 3 = 28: that is 7 × 4"),
        (Item(7, 8), "64", "7 × 8 = 64: that is 8 × 8"),
        (Item(9, 4), "25", "9 × 4 = 25: that is 5 × 5"),
        (Item(3, 4), "7", "3 × 4 = 7: that is 3 + 4"),
        (Item(7, 8), "65", "7 × 8 = 65: not 56"),
        (Item(7, 8), "71", "7 × 8 = 71"),
        (Item(7, 8), "", "7 × 8"),
        (Item(8, 11), "9", "8 × 11 = 9: that is 3 × 3"),
    ],
)
def test_a_mistake_is_told_to_a_teacher(item: Item, response: str, words: str) -> None:
    """The sum, what was typed, and what that is right for."""
    assert mistake_of(answer(1, item, response)).words == words


def test_right_so_far_may_have_been_known() -> None:
    """The pupil had begun with the right digit when the time ran out."""
    found = mistake_of(answer(1, Item(12, 12), "14", entered=False))
    assert found.may_have_known
    assert found.words == "12 × 12: 14 was typed. May have known it"
    assert not mistake_of(answer(1, Item(12, 12), "14")).may_have_known


def test_an_answer_that_was_cut_off_has_no_arithmetic() -> None:
    """It is no answer to another fact; nor may it have been known, as it did not begin right."""
    found = mistake_of(answer(1, Item(8, 11), "9", entered=False))
    assert HEADINGS[found.kind] == "Not finished when the time ran out"
    assert found.words == "8 × 11: 9 was typed"
    assert not found.may_have_known


def test_what_a_fault_took_away_is_no_mistake() -> None:
    """A forfeited question is blank, and says nothing of the pupil."""
    forfeited = Answer(1, Item(7, 8), "", right=False, by=AnsweredBy.FORFEIT)
    assert mistakes([forfeited, answer(2, Item(3, 3)), answer(3, Item(3, 4), "13")])[0].answer.number == 3


def test_the_most_frequent_kind_comes_first() -> None:
    """Equal ones in the order of precedence."""
    found = mistakes(
        answer(number, Item(7, 8), response) for number, response in enumerate(("71", "57", "64", "48", "15"), 1)
    )
    assert [(one.kind, len(one.mistakes)) for one in by_kind(found)] == [
        (Kind.NEIGHBOUR, 2),
        (Kind.ADDED, 1),
        (Kind.ONE_AWAY, 1),
        (Kind.SOMETHING_ELSE, 1),
    ]

"""The maps of facts: digits, shades and dots of a class; ticks and crosses of a pupil."""

from dataclasses import replace

import pytest

from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.export.pictures.facts import facts_asked_picture, facts_picture, shade_of
from mtc_kiosk.insight.attempts import Answer, Attempt
from mtc_kiosk.insight.class_figures import Row, Square
from tests.export.pictures.geometry import boxes, count, titles_of, words_of
from tests.export.pictures.made import a_class, tom
from tests.insight.made import KEYBOARD, answer

FACT = Item(7, 8)


@pytest.mark.parametrize(
    ("asked", "wrong", "shade"),
    [
        (1, 0, "none"),
        (30, 0, "none"),
        (1, 1, "some"),
        (3, 3, "some"),
        (4, 4, "most"),
        (4, 1, "some"),
        (3, 1, "some"),
        (6, 2, "many"),
        (5, 3, "many"),
        (8, 5, "most"),
        (30, 9, "some"),
        (30, 10, "many"),
    ],
)
def test_the_shade_is_the_share_and_never_dark_of_few(asked: int, wrong: int, shade: str) -> None:
    """A third and six in ten are the steps; three wrong of three asked stay pale."""
    assert shade_of(Square(FACT, asked, wrong)) == shade


def test_every_square_of_a_class() -> None:
    """A square for each fact asked, with its digit if somebody had it wrong; a dot for each other one."""
    found = a_class()
    one = facts_picture(found.squares, found.rows)
    key = 4
    tiles = sum(count(one, f"tile-{shade}") for shade in ("none", "some", "many", "most"))
    assert tiles == len(found.squares) + key
    assert count(one, "dot") == 144 - len(found.squares)
    wrong = sorted(str(square.wrong) for square in found.squares.values() if square.wrong)
    in_squares = [space for space in boxes(one, "words") if space.what[5:].isdigit() and 28 < space.left < 264]
    assert sorted(space.what[5:] for space in in_squares if 26 < space.top < 262) == wrong


def test_every_figure_of_the_table_is_in_the_map() -> None:
    """Asked and wrong of each fact, right and asked of each table."""
    found = a_class()
    one = facts_picture(found.squares, found.rows)
    titles = titles_of(one)
    for row in one.table.rows:
        first, *cells, right = row
        for second, cell in enumerate(cells, 1):
            assert (f"{first} × {second}: {cell} wrong" in titles) == (cell != "–")
        said = right.split(",")[0]
        assert (f"{first} times table: {said} right" in titles) == (right != "–")


def test_bars_are_as_long_as_the_share_right() -> None:
    """Half right is half a bar; a table that was not asked has none."""
    rows = (Row(2, 10, 10), Row(3, 10, 5), Row(4, 0, 0))
    one = facts_picture({FACT: Square(FACT, 5, 1)}, rows)
    full, half = boxes(one, "bar")
    assert (half.right - half.left) * 2 == pytest.approx(full.right - full.left)
    assert {"100%", "50%"} <= set(words_of(one))


def test_no_fact_was_asked() -> None:
    """144 dots, and a sentence."""
    one = facts_picture({}, ())
    assert count(one, "dot") == 144
    assert one.sentence == "0 of 144 facts were asked; 0 of 0 answers were wrong."


def test_ticks_and_crosses_of_a_pupil() -> None:
    """A sign for each of 25 facts, a dot for each of the others."""
    one = facts_asked_picture(tom())
    assert (count(one, "tick"), count(one, "cross"), count(one, "dot")) == (18, 7, 119)
    said = {f"{fact}: {outcome}" for _, fact, outcome in one.table.rows}
    assert said == set(titles_of(one))


def asked(*right: bool | None) -> Attempt:
    """One fact asked so many times; None is a question that a fault took away."""
    answers = [answer(number, FACT, None if mark else "1") for number, mark in enumerate(right, 1)]
    lost = [place for place, mark in enumerate(right) if mark is None]
    for place in lost:
        answers[place] = Answer(place + 1, FACT, "", False, AnsweredBy.FORFEIT)
    return Attempt(tuple(answers), KEYBOARD)


@pytest.mark.parametrize(
    ("right", "looks", "said"),
    [
        ((True, False), {"tick-small": 1, "cross-small": 1, "tile-missed": 1}, "Two signs: asked twice."),
        ((True, True), {"tick-small": 2, "tile-none": 1}, "Two signs: asked twice."),
        ((True, False, True), {"tick": 0, "cross": 0, "tile-missed": 1}, "2/3"),
        ((None,), {"tick": 0, "cross": 0, "tile-lost": 1}, "Dashed: taken away by a fault."),
        ((None, True), {"tick": 1, "tile-lost": 0, "tile-none": 1}, "Dots were not asked."),
    ],
)
def test_a_fact_asked_several_times(right: tuple[bool | None, ...], looks: dict[str, int], said: str) -> None:
    """Twice: both signs; more often: how many were right; taken away by a fault: outlined."""
    one = facts_asked_picture(asked(*right))
    assert {look: count(one, look) for look in looks} == looks
    assert said in " ".join(words_of(one))
    assert len(one.table.rows) == len(right)


def test_both_orders_of_a_fact_are_two_squares() -> None:
    """7 × 8 and 8 × 7 are asked apart, and shown apart."""
    one = facts_asked_picture(Attempt((answer(1, Item(7, 8)), answer(2, Item(8, 7), "1")), KEYBOARD))
    assert (count(one, "tick"), count(one, "cross")) == (1, 1)


def test_no_answer_at_all() -> None:
    """A check that was stopped before its first question."""
    one = facts_asked_picture(replace(tom(), answers=()))
    assert count(one, "dot") == 144
    assert one.table.rows == ()

"""Guessing is slowed down, and nobody is locked out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.slowing import Slowing

SLOWING = Slowing(4, timedelta(seconds=5), timedelta(seconds=60), timedelta(minutes=15))
START = datetime(2027, 6, 7, 9, tzinfo=UTC)


@pytest.mark.parametrize(("wrong", "wait"), [(0, 0), (4, 0), (5, 5), (6, 10), (7, 20), (8, 40), (9, 60), (500, 60)])
def test_each_wrong_try_costs_more_up_to_the_bound(wrong: int, wait: int) -> None:
    """The first four are free."""
    assert SLOWING.seconds_to_wait([START] * wrong, START) == wait


@pytest.mark.parametrize(("after", "left"), [(0, 5), (0.001, 5), (1, 4), (4.999, 1), (5, 0)])
def test_the_wait_ends(after: float, left: int) -> None:
    """To the second, rounded up."""
    assert SLOWING.seconds_to_wait([START] * 5, START + timedelta(seconds=after)) == left


def test_a_try_is_forgotten() -> None:
    """At the end of the quarter of an hour; until then it counts."""
    almost = START + timedelta(minutes=15)
    assert SLOWING.counted([START], almost - timedelta(microseconds=1)) == [START]
    assert SLOWING.counted([START], almost) == []
    assert SLOWING.counted([almost], START) == []


@given(st.lists(st.integers(0, 3_000)), st.integers(0, 3_000))
def test_whatever_was_tried_the_wait_is_bounded_and_over_when_it_says(tried: list[int], at: int) -> None:
    """No pile of wrong tries makes anybody wait longer than a minute; then the next try is let through."""
    wrong = [timedelta(seconds=each) for each in tried if each <= at]
    now = timedelta(seconds=at)
    wait = SLOWING.seconds_to_wait(wrong, now)
    assert 0 <= wait <= 60
    assert SLOWING.seconds_to_wait(wrong, now + timedelta(seconds=wait)) == 0
    assert wait == 0 or SLOWING.seconds_to_wait(wrong, now + timedelta(seconds=wait - 1)) > 0

"""How guessing at sign-in is slowed."""

from datetime import timedelta

import pytest

from mtc_kiosk.school.guessing import seconds_to_wait
from tests.school.known import MINUTE, NOW

SECOND = timedelta(seconds=1)


def test_four_wrong_tries_cost_nothing() -> None:
    """Children mistype."""
    assert seconds_to_wait([NOW] * 4, NOW) == 0


@pytest.mark.parametrize(("tries", "seconds"), [(5, 5), (6, 10), (7, 20), (8, 40), (9, 60), (50, 60)])
def test_each_further_try_costs_twice_as_long(tries: int, seconds: int) -> None:
    """Five seconds for the fifth, doubled for each after it, a minute at most."""
    assert seconds_to_wait([NOW] * tries, NOW) == seconds


def test_the_wait_runs_from_the_last_try() -> None:
    """What is left of it is whole seconds, rounded up, and at its end it is over."""
    tries = [NOW - MINUTE] * 4 + [NOW]
    assert seconds_to_wait(tries, NOW + SECOND / 2) == 5
    assert seconds_to_wait(tries, NOW + 4 * SECOND) == 1
    assert seconds_to_wait(tries, NOW + 5 * SECOND) == 0


def test_a_try_is_forgotten_after_ten_minutes() -> None:
    """A class that comes later does not pay for the one before."""
    assert seconds_to_wait([NOW - 10 * MINUTE] * 40 + [NOW], NOW) == 0
    assert seconds_to_wait([NOW - 10 * MINUTE + SECOND] * 8 + [NOW], NOW) == 60


def test_a_try_from_the_future_says_nothing() -> None:
    """A clock that was put back must not lock a kiosk for hours."""
    assert seconds_to_wait([NOW + 60 * MINUTE] * 40, NOW) == 0

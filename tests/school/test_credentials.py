"""Passwords, PINs, and how guessing them is slowed down."""

import random
import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.credentials import (
    EVERY_PIN,
    PAIRS,
    draw_password,
    draw_pins,
    password_as_meant,
    pin_as_meant,
    seconds_to_wait,
)
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.store.school.sessions import password_words
from tests.school.known import MINUTE, NOW


@given(st.integers(), st.integers(0, 60), st.sets(st.sampled_from(EVERY_PIN), max_size=40))
def test_pins_are_new_and_all_different(seed: int, count: int, taken: set[str]) -> None:
    """Four digits from 2 to 9, none of them twice, none that is taken."""
    pins = draw_pins(random.Random(seed), count, taken)
    assert len(set(pins)) == count
    assert not set(pins) & taken
    assert all(re.fullmatch("[2-9]{4}", pin) for pin in pins)


def test_there_are_4096_pins() -> None:
    """Eight digits in four places."""
    assert len(set(EVERY_PIN)) == 4096


def test_the_technicians_page_says_what_guessing_at_a_stolen_list_costs() -> None:
    """At 50 ms a try: with the day's password every PIN, without it a class of 30, of which the first to be found."""
    words, each_s, a_day = len(password_words()), 0.05, 86_400
    passwords = words * (words - 1) * len(PAIRS)
    page = (Path(__file__).parents[2] / "docs" / "classroom.md").read_text(encoding="utf-8")
    assert round(len(EVERY_PIN) * each_s / 60, 1) == 3.4
    assert "tries all 4,096 PINs in three and a half minutes" in page
    assert round(passwords / 1e6, 1) == 1.2
    assert "there are 1.2 million passwords" in page
    assert 85 < passwords * len(EVERY_PIN) / 31 * each_s / a_day < 100
    assert "one core three months on average, a hundred cores a day" in page


def test_the_last_pin_can_be_drawn_and_no_more() -> None:
    """Where one is left, one pupil gets it and two get none."""
    taken = set(EVERY_PIN[1:])
    assert draw_pins(random.Random(1), 1, taken) == [EVERY_PIN[0]]
    with pytest.raises(Refused) as refused:
        draw_pins(random.Random(1), 2, taken)
    assert refused.value.obstacles[0].obstacle.code is ObstacleCode.NO_PINS_LEFT


def test_spaces_in_a_pin_do_not_matter() -> None:
    """A child who types "47 38" means 4738."""
    assert pin_as_meant(" 47 38 ") == "4738"


WORDS = ("cat", "map", "sky")


@given(st.integers())
def test_a_password_is_a_word_two_digits_and_another_word(seed: int) -> None:
    """Eight characters, no 0 and no 1, two different words, and no pair of digits that older children laugh at."""
    password = draw_password(random.Random(seed), WORDS, ())
    assert re.fullmatch("(cat|map|sky)[2-9]{2}(cat|map|sky)", password)
    assert password[:3] != password[5:]
    assert password[3:5] not in {"69", "88"}


def test_a_password_that_was_in_use_never_comes_again() -> None:
    """Yesterday's word opens nothing today."""
    every = {f"{a}{pair}{b}" for a in WORDS for b in WORDS if a != b for pair in PAIRS}
    left = "cat29map"
    assert draw_password(random.Random(1), WORDS, every - {left}) == left


def test_spaces_and_capitals_do_not_matter() -> None:
    """A child who types "Cat 29 MAP" means cat29map."""
    assert password_as_meant(" Cat 29\u00a0MAP ") == "cat29map"


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

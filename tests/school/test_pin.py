"""PINs: four digits that cannot be taken for letters, none twice."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.pin import EVERY_PIN, as_meant, draw_pins


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


def test_the_last_pin_can_be_drawn_and_no_more() -> None:
    """Where one is left, one pupil gets it and two get none."""
    taken = set(EVERY_PIN[1:])
    assert draw_pins(random.Random(1), 1, taken) == [EVERY_PIN[0]]
    with pytest.raises(Refused) as refused:
        draw_pins(random.Random(1), 2, taken)
    assert refused.value.obstacles[0].obstacle.code is ObstacleCode.NO_PINS_LEFT


def test_spaces_in_a_pin_do_not_matter() -> None:
    """A child who types "47 38" means 4738."""
    assert as_meant(" 47 38 ") == "4738"

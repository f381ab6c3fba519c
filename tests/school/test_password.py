"""The school password: its form, and what was meant by what was typed."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.password import PAIRS, as_meant, draw_password

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
    assert as_meant(" Cat 29\u00a0MAP ") == "cat29map"

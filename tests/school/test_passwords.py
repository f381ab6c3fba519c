"""Which passwords staff may have."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.passwords import LONGEST, SHORTEST, in_one_form, is_allowed, one_time

NAMES = ("f.adeyemi", "Juniper Row Primary School")


@pytest.mark.parametrize(
    "password",
    [
        "seven cups of tea",
        "purple-otter-9",
        "kdmf-4xqp",
        "hLq7?zWp",
        "Zäune im Nebel",
        "ελιά και θάλασσα",
        "x" * 4 + "y9Ab",
    ],
)
def test_a_password_of_ones_own_is_allowed(password: str) -> None:
    """Long or mixed, with spaces, in any script."""
    assert is_allowed(password, *NAMES)


@pytest.mark.parametrize(
    "password",
    [
        *("", "short", "seven77", "x" * 129, "tab\tinside it"),
        *(
            "password",
            "Password1",
            "P@ssw0rd!",
            "passwordpassword",
            "letmein2024",
            "Liverpool1!",
            "timestables",
            "TEACHER!!",
        ),
        *("12345678", "87654321", "qwertyui", "abcdefgh", "qwertyqwerty", "asdfghjkl;", "aaaaaaaaaa", "abababababab"),
        *("fadeyemi", "Adeyemi1", "f.adeyemi!", "juniper1", "primary12"),
    ],
)
def test_a_password_that_is_soon_guessed_is_refused(password: str) -> None:
    """Short ones, common ones with digits around them, rows of keys, one's own name and the school's."""
    assert not is_allowed(password, *NAMES)


def test_how_short_and_how_long() -> None:
    """Eight characters will do, and 128."""
    word = "hLq7?zWp"
    assert len(word) == SHORTEST
    assert is_allowed(word)
    assert not is_allowed(word[:-1])
    assert is_allowed(word * (LONGEST // 8))
    assert not is_allowed(word * (LONGEST // 8) + "x")


@given(st.text())
def test_any_text_is_allowed_or_not(text: str) -> None:
    """And a password is the same however its letters were typed."""
    assert is_allowed(text) is is_allowed(unicodedata.normalize("NFD", text)) or len(text) > LONGEST // 2
    assert in_one_form(in_one_form(text)) == in_one_form(text)


@given(st.integers())
def test_one_to_hand_over_is_allowed_and_has_no_letter_that_looks_like_another(seed: int) -> None:
    """Three parts of four, without vowels."""
    made = one_time(random.Random(seed))
    assert is_allowed(made, *NAMES)
    assert [len(part) for part in made.split("-")] == [4, 4, 4]
    assert not set(made) & set("aeiouyls01")

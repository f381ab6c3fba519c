"""Characters that cannot be seen: harmless ones are taken out, meaningful ones kept, and the rest have a name."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.unseen import first_unseen, is_unseen, named, placed, without_harmless, without_unseen
from tests.check.profile import QUICK

PERSIAN = "\u06af\u0644\u200c\u0647\u0627"
MALAYALAM = "\u0d28\u0d4d\u200d"
ASTRONAUT = "\U0001f469\u200d\U0001f680"


@pytest.mark.parametrize(
    "mark", [*"\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2069\u200b\u2060\ufeff\u200c\u200d\ufe0f"]
)
def test_a_harmless_mark_is_taken_out_of_a_latin_name(mark: str) -> None:
    """Wherever it is: around the name, inside it, and twice."""
    assert without_harmless(f"{mark}{mark}Zo{mark}ë{mark}") == "Zoë"


@pytest.mark.parametrize("text", [PERSIAN, ASTRONAUT, "\u2764\ufe0f", "4\ufe0f\u20e3", f"{MALAYALAM}\u0d15"])
def test_what_changes_how_another_script_looks_is_kept(text: str) -> None:
    """A joiner between Persian letters or in an emoji is part of what is seen."""
    assert without_harmless(text) == text
    assert first_unseen(text) is None


@pytest.mark.parametrize(
    "text", ["4\ufe0fA", "\u200d\u0d15", f"{PERSIAN}\u200c", "\u06af\u200c\u200c\u0644", "A\u200d\u0d15"]
)
def test_a_joiner_that_joins_nothing_is_taken_out(text: str) -> None:
    """At an end, twice, or beside a Latin letter it would make two names that look the same."""
    assert len(without_harmless(text)) < len(text)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u200b", "a zero-width space"),
        ("\u200d", "a zero-width joiner"),
        ("\u200e", "a left-to-right mark"),
        ("\u202e", "a right-to-left override"),
        ("\u00ad", "a soft hyphen"),
        ("\u00a0", "a non-breaking space"),
        ("\ufeff", "a byte order mark"),
        ("\u2062", "an invisible times"),
        ("\u180e", "a mongolian vowel separator"),
        ("\x07", "a control character (U+0007)"),
        ("\ue000", "a private-use character (U+E000)"),
        ("\U000e0041", "a hidden tag (U+E0041)"),
        ("\uffff", "an unassigned character (U+FFFF)"),
        ("\ud800", "half a character (U+D800)"),
        ("\u2028", "a line separator (U+2028)"),
        ("\u2800", "a blank Braille character"),
        ("\u3164", "a hangul filler"),
        ("\u034f", "a combining grapheme joiner"),
    ],
)
def test_an_unseen_character_has_a_name(character: str, name: str) -> None:
    """A number alone could not be read aloud."""
    assert named(character) == name
    assert placed(f"Ann{character}", 3) == f"{name} after 'Ann'"
    assert placed(f"{character}Ann", 0) == f"{name} at the beginning"
    assert character == "\u00a0" or is_unseen(f"Ann{character}", 3)


def test_a_place_far_into_a_text_is_named_by_the_words_before_it() -> None:
    """And by no more of them than one can find again."""
    assert placed(f"{'word ' * 50}\u200bend", 250) == "a zero-width space after '... word word word word'"


def test_every_format_control_private_and_unassigned_character_is_known() -> None:
    """By category, not by a list: every one of Unicode's is named, and none of the letters is among them."""
    drawn = 0
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Cc", "Cf") and character not in "\t\n\r":
            assert named(character).startswith(("a ", "an "))
            drawn += not is_unseen(f"x{character}x", 1)
        elif category in ("Lu", "Ll", "Nd", "Pd", "Zs"):
            assert not is_unseen(f"x{character}x", 1)
    assert drawn == 11  # the number signs and verse marks of Arabic and Syriac are to be seen


@given(
    st.text(
        st.characters() | st.sampled_from("\u200b\u200c\u200d\u200e\ufe0f\ufeff\u00ad\u06afa\U0001f469"), max_size=12
    )
)
@QUICK
def test_taking_out_twice_changes_nothing(text: str) -> None:
    """Whatever marks a text has; what is left unseen is found, and gone without it."""
    once = without_harmless(text)
    assert without_harmless(once) == once
    assert (first_unseen(once) is None) == (without_unseen(once) == once)

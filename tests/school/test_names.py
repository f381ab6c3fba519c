"""Names as people have them, tidied to one way of writing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.names import not_in_a_group, not_in_a_name, same, shown, tidy
from tests.check.profile import QUICK


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Amy  Jo ", "Amy Jo"),
        ("O\u2019Example", "O'Example"),
        ("O\u2018Example", "O'Example"),
        ("O`Example", "O'Example"),
        ("O\u02bcExample", "O'Example"),
        ("Bo\u2011Lin", "Bo-Lin"),
        ("Bo\u2013Lin", "Bo-Lin"),
        ("Zoe\u0308", "Zoë"),
        ("Ana\u00a0Mar\u00eda", "Ana María"),
        ("\ufeffAmy\u200b", "Amy"),
        ("Zoe\u200b\u0308", "Zoë"),
        ("St. John", "St. John"),
        ("", ""),
    ],
)
def test_one_name_is_kept_in_one_way(written: str, kept: str) -> None:
    """Apostrophes, hyphens, spaces and accents of every kind become those of the national service."""
    assert tidy(written) == kept


@pytest.mark.parametrize(
    "name",
    [
        *("áàâãäåāæéèêēëíìîïī", "ÓÒÔÕÖØŌŒÚÙÛÜŪŴÝŸŶ", "ÞÐÇÑẞ", "þçðñß", "Mary-Jane", "Mary Jane", "M4ry", "Mary'Jane"),
        *("Łukasz", "Ştefan", "Nguyễn", "St. John", "J.", "Ó Briain", "D'Árcy-Smith", "Ọ̀ṣun", "M\u0300bo"),
    ],
)
def test_names_as_people_have_them_are_allowed(name: str) -> None:
    """Every name the national service takes, and full stops and accents that have no letter of their own."""
    assert not_in_a_name(tidy(name)) == ""


@pytest.mark.parametrize("wrong", [*'!@£$%^&*()_+=[]\\?><,;:"#~/|{}\u00a9', "я", "李", "\u0301", "😀", "\x00"])
def test_other_characters_are_named(wrong: str) -> None:
    """What is no part of a name is told by itself, once however often it stands there."""
    assert not_in_a_name(tidy(f"{wrong}Amy {wrong}")) == wrong


def test_an_accent_without_its_letter_is_none() -> None:
    """An accent stands behind a letter, never at the beginning or behind a space."""
    assert (not_in_a_name("Amy \u0301"), not_in_a_name("\u0301Amy")) == ("\u0301", "\u0301")


@pytest.mark.parametrize("group", ["4A", "Year 4/Oak & Ash", "4 (Ms Made-Up)", "Дуб"])
def test_groups_may_be_called_what_schools_call_them(group: str) -> None:
    """Whatever can be seen, on one line."""
    assert not_in_a_group(tidy(group)) == ""


def test_what_cannot_be_seen_is_shown_by_its_number() -> None:
    """An error must be readable aloud."""
    assert shown("@\x07\u0301") == "@ U+0007 \u0301"


def test_capitals_alone_make_no_other_group() -> None:
    """4a and 4A are the same, 4b is not."""
    assert (same("4a", "4A"), same("4a", "4b")) == (True, False)


@given(st.text(max_size=30))
@QUICK
def test_tidying_twice_changes_nothing(text: str) -> None:
    """What is kept is read back unchanged, composed, and without spaces around it."""
    kept = tidy(text)
    assert tidy(kept) == kept
    assert kept == kept.strip()
    assert unicodedata.is_normalized("NFC", kept)


def test_a_text_far_too_long_for_a_name_is_not_composed() -> None:
    """Accents on accents would take the square of their number; a name of the longest kind is composed as ever."""
    longest, longer = "e\u0301" * 150, "e\u0301" * 151
    assert tidy(longest) == "é" * 150
    assert tidy(longer) == longer

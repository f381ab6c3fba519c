"""Names saved with the wrong encoding are found with what they were; names as children have them are left alone."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mtc_kiosk.school.misread import misread, misread_texts
from mtc_kiosk.school.names import not_in_a_name, tidy
from tests.check.profile import QUICK

NAMES = (
    *("ÜMIT", "NUÑEZ", "Straşe", "Martín", "José", "Zoë", "Łukasz", "Nguyễn", "Ọlájídé", "Çelik", "Ó'Briain", "Siân"),
    *("Tŵm", "Šimon", "Žofie", "Ștefan", "Àngels", "Ærøe", "Ðorđe", "ÁGNES", "ÖZGÜR", "İBRAHİM", "Ănghel", "JOÃO"),
    *("Conceição", "Ângela", "Câmara", "GUIMARÃES", "SÃO JOSÉ", "Magalhães", "Âşık", "Åsa", "ÅSE", "Ägir"),
    *("Băşescu", "BĂŞESCU", "Ŋạhi", "Þórður", "Groß", "Weiß", "Renée", "ANDRÉ", "Côté", "D'Éa", "Ñusta"),
    *("Jiří", "Dvořák", "Őrsi", "Žižka", "Ľudmila", "Ģirts", "Šķēle", "Müller-Lüdenscheidt", "Höß", "Øystein"),
)
"""Of every part of the Latin script in which British schools have pupils, in capitals or not."""

PUNCTUATED = (
    "Aƒé",
    "ANDRÉ\u2013MARIE",
    "RENÉ\u2019S",
    "Weiß\u2013Maier",
    "Côté\u2019s",
    "D\u2019Éa",
    "JOÃO\u00a0PEDRO",
    "José\u00ad",
)


def wrongly(text: str, encoding: str) -> str:
    """The text as a program shows it that takes UTF-8 for another encoding; Windows' gaps are controls, as there."""
    gaps = (0x81, 0x8D, 0x8F, 0x90, 0x9D) if encoding == "cp1252" else ()
    return "".join(chr(byte) if byte in gaps else bytes([byte]).decode(encoding) for byte in text.encode())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_name_read_as_windows_is_found_with_what_it_was(name: str, encoding: str) -> None:
    """Every name with a letter beyond ASCII, and one that was saved so twice or three times."""
    once = wrongly(name, encoding)
    for text in (once, wrongly(once, encoding), wrongly(wrongly(once, encoding), encoding)):
        found = misread(text)
        assert found is not None
        assert found.meant == name


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp437"])
@pytest.mark.parametrize("name", ["ÜMIT", "NUÑEZ", "Martín", "José", "Łukasz", "Ọlájídé", "Siân", "Tŵm", "Ðorđe"])
def test_a_name_read_as_a_macs_or_as_dos_is_found_too(name: str, encoding: str) -> None:
    """By the signs that no name has."""
    found = misread(wrongly(name, encoding))
    assert found is not None
    assert (found.meant, found.certain) == (name, True)


@pytest.mark.parametrize("name", [*NAMES, *PUNCTUATED])
def test_a_genuine_name_is_left_alone(name: str) -> None:
    """By itself, and in a list of all of them."""
    found = misread(name)
    assert found is None or not found.certain
    assert not any(each.certain for each in misread_texts([*NAMES, *PUNCTUATED]).values())


def test_only_a_list_in_which_every_letter_turns_back_makes_a_doubtful_name_certain() -> None:
    """``HÄŽKA`` would be ``HĎKA``: a genuine name beside it says which it is."""
    assert not misread_texts(["HÄŽKA", "José"])["HÄŽKA"].certain
    assert misread_texts(["HÄŽKA", "Ann"])["HÄŽKA"].certain
    assert misread_texts(["HÄŽKA", "JosÃ©"])["HÄŽKA"].certain


@given(
    st.text(st.characters(min_codepoint=0x41, max_codepoint=0x17F, categories=["Lu", "Ll"]), min_size=1, max_size=12)
)
@QUICK
def test_any_european_name_is_found_once_it_was_misread(name: str) -> None:
    """And what is found is the name; the letters themselves are never taken for something else for certain."""
    assume(not name.isascii() and not_in_a_name(tidy(name)) == "")
    found = misread(wrongly(name, "cp1252"))
    assert found is not None
    assert found.meant in (name, *(again.meant for again in [misread(name)] if again is not None))
    own = misread(name)
    assert own is None or own.text != own.meant


@given(st.text(max_size=30))
@QUICK
def test_any_text_is_misread_or_not(text: str) -> None:
    """Never an exception; plain ASCII is never misread."""
    found = misread(text)
    assert found is None or (not text.isascii() and found.meant != text)

"""The unique pupil number, against the national service's worked numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.upn import (
    AUTHORITIES,
    SAID,
    ReadUpn,
    UpnFault,
    check_letter,
    looks_like_upn,
    read_upn,
)
from tests.check.profile import QUICK

WORKED = ("R201100018042", "T20110001804V", "G201100120001", "W201100120002", "G20110012003A", "U999100123001")


@pytest.mark.parametrize("upn", WORKED)
def test_the_worked_numbers_are_right(upn: str) -> None:
    """The national service's own examples, permanent and temporary."""
    assert read_upn(upn) == ReadUpn(upn, ())


def test_capitals_and_spaces_around_do_not_matter() -> None:
    """A number is trimmed and put in capitals before it is looked at."""
    assert read_upn(" g201100120001\t") == ReadUpn("G201100120001", ())


@pytest.mark.parametrize(
    ("upn", "faults"),
    [
        ("A201100120002", {UpnFault.CHECK_LETTER}),
        ("1201100120001", {UpnFault.CHECK_LETTER}),
        (check_letter("?000100120001") + "000100120001", {UpnFault.AUTHORITY}),
        (check_letter("?20110012A001") + "20110012A001", {UpnFault.DIGITS}),
        ("N20110001804S", {UpnFault.ENDING}),
        ("N20110001804I", {UpnFault.ENDING}),
        ("N20110001804O", {UpnFault.ENDING}),
        ("A00010012A00-", {UpnFault.CHECK_LETTER, UpnFault.AUTHORITY, UpnFault.DIGITS, UpnFault.ENDING}),
        ("G20110012000", {UpnFault.LENGTH}),
        ("G2011001200011", {UpnFault.LENGTH}),
        ("  ", {UpnFault.MISSING}),
    ],
)
def test_each_fault_is_told(upn: str, faults: set[UpnFault]) -> None:
    """Each rule by itself, and several at once."""
    assert set(read_upn(upn).faults) == faults


def test_a_letter_that_ends_a_number_counts_by_its_place_in_the_alphabet() -> None:
    """The last letter of a temporary number is worth 0 to 22; a letter that is not allowed, nothing."""
    assert (check_letter("?20110001804V"), check_letter("?20110001804S"), check_letter("?20110001804A")) == (
        "T",
        "N",
        "N",
    )


def test_what_does_not_belong_counts_nothing() -> None:
    """A letter counts in the last place alone."""
    assert check_letter("?20110012A001") == check_letter("?20110012V001") == check_letter("?201100120001") == "G"


def test_there_are_188_local_authorities() -> None:
    """The national list, with the one for tests and without 000."""
    assert len(AUTHORITIES) == 188
    assert {"201", "999", "420", "943"} <= AUTHORITIES
    assert not {"000", "214", "703", "944"} & AUTHORITIES


@pytest.mark.parametrize(
    ("text", "like"), [("a201100120009", True), ("A20110012000I", True), ("4A", False), ("A2011001200099", False)]
)
def test_what_looks_like_a_number(text: str, like: bool) -> None:
    """Right or wrong, its shape alone is asked for."""
    assert looks_like_upn(text) is like


def test_every_fault_has_words_without_a_comma_or_a_full_stop() -> None:
    """Several share one cell, with commas between them."""
    assert set(SAID) == set(UpnFault)
    assert not any(set(",.") & set(said) for said in SAID.values())


@given(st.text(max_size=20))
@QUICK
def test_any_text_is_read(text: str) -> None:
    """Nothing that a teacher writes is more than a fault; a number without one is kept as it is from then on."""
    read = read_upn(text)
    assert not read.faults or read.upn == text.strip().upper()
    assert read_upn(read.upn) == read
    assert read.faults or looks_like_upn(read.upn)


@given(st.sampled_from([upn for upn in WORKED if upn[-1].isdigit()]), st.integers(1, 12), st.sampled_from("0123456789"))
@QUICK
def test_one_wrong_digit_is_found(upn: str, place: int, digit: str) -> None:
    """The check letter catches every single wrong digit, as its weights and 23 have no common factor."""
    wrong = upn[:place] + digit + upn[place + 1 :]
    assert wrong == upn or read_upn(wrong).faults

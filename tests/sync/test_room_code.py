"""The room code: what is in it, how it is read, and which certificates it fits."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.sync.room_code import ALPHABET, LENGTH, NotARoomCode, RoomCode, certificate_part, read_room_code

SHA256 = hashlib.sha256(b"a certificate").hexdigest()


def bits(text: str) -> int:
    """The number that a text in the code's alphabet is."""
    number = 0
    for character in text:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return number


def test_its_alphabet_has_no_two_characters_that_look_alike() -> None:
    """32 of them, in capitals, without those that a teacher could read as 0, 1 or V."""
    assert len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("ILOU")


@given(st.binary(min_size=32, max_size=32))
def test_twelve_characters_are_the_first_60_bits_of_the_certificates_sha256(digest: bytes) -> None:
    """All of them in order; by hand from the bytes."""
    assert bits(certificate_part(digest.hex())) == int.from_bytes(digest, "big") >> 196


@given(st.integers(0, 59))
def test_a_code_fits_no_certificate_that_differs_in_one_of_these_bits(bit: int) -> None:
    """Each of the 60 counts."""
    other = f"{int(SHA256, 16) ^ (1 << (255 - bit)):064x}"
    code = RoomCode(certificate_part(SHA256), "7K3M")
    assert code.is_of(SHA256)
    assert not code.is_of(other)


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH), st.data())
def test_case_spaces_and_dashes_do_not_matter(text: str, data: st.DataObject) -> None:
    """Wherever they are; also the dash and the space that a phone or a word processor makes of them."""
    typed = "".join(
        data.draw(st.sampled_from(["", " ", "-", " - ", "\u2013", "\u00a0", "\t"]))
        + data.draw(st.sampled_from([each, each.lower()]))
        for each in text
    )
    assert read_room_code(typed) == RoomCode(text[:12], text[12:])


@pytest.mark.parametrize(("typed", "meant"), [("O", "0"), ("o", "0"), ("I", "1"), ("l", "1"), ("L", "1"), ("u", "V")])
def test_a_look_alike_is_read_as_what_it_looks_like(typed: str, meant: str) -> None:
    """It cannot be in a code, so it is clear what was meant."""
    assert read_room_code(typed + "2" * 15) == read_room_code(meant + "2" * 15)


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_what_is_shown_is_read_back(text: str) -> None:
    """In four groups of four."""
    code = RoomCode(text[:12], text[12:])
    assert [len(group) for group in str(code).split("-")] == [4, 4, 4, 4]
    assert read_room_code(str(code)) == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "you typed 0"),
        ("2222-2222-2222-222", "you typed 15"),
        ("2222-2222-2222-22222", "you typed 17"),
        ("2222-2222-2222-222!", "letters and digits only"),
        ("2222-2222-2222-222\u0661", "letters and digits only"),
    ],
)
def test_what_is_no_code_is_refused_with_a_sentence_that_repeats_nothing_of_it(typed: str, said: str) -> None:
    """It may be nearly the right one, on a screen that pupils can see."""
    with pytest.raises(NotARoomCode, match=said) as caught:
        read_room_code(typed)
    assert "2222" not in str(caught.value)


def test_the_secret_is_in_no_log() -> None:
    """Where a code is shown for programmers."""
    assert "7K3M" not in repr(RoomCode(certificate_part(SHA256), "7K3M"))

"""Canonical JSON: one value, one sequence of bytes (RFC 8785)."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from mtc_kiosk.record.canonical import LARGEST_INT, NotCanonical, canonical, from_canonical

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INT, LARGEST_INT) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(plain)
def test_what_is_written_reads_back(value: Any) -> None:
    """Any value of the kinds that a record may hold."""
    assert from_canonical(canonical(value)) == value


@given(plain)
@example({"\ufb33": {"\U0001f600": "\x7f\u2028\x1f\\/"}, "\U0001f600": [], "a\tb": ()})
@example([-0, "\U0001f600", {"\uffff": {}, "\ud7ff": 1}])
def test_the_bytes_are_those_of_the_library(value: Any) -> None:
    """The program writes most values by itself, which is quicker; a journal's hashes depend on every byte."""
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("text", ['{"\ufb33":1,"\U0001f600":2}', '{"\\u0061":1}', "[-0]", '["\\ud83d\\ude00"]'])
def test_another_order_or_another_spelling_is_refused(text: str) -> None:
    """Also where the whole text can be read."""
    with pytest.raises(NotCanonical):
        from_canonical(text.encode())


@given(plain)
def test_any_other_writing_of_a_value_is_refused(value: Any) -> None:
    """Other spaces, another order of keys or other escapes are other bytes, and not canonical."""
    other = json.dumps(value, indent=1).encode()
    if other != canonical(value):
        with pytest.raises(NotCanonical):
            from_canonical(other)


def test_keys_are_in_the_order_of_their_utf16_units() -> None:
    """RFC 8785, section 3.2.3: an emoji comes before U+FB33, although its code point is larger."""
    assert canonical({"\ufb33": 1, "\U0001f600": 2, "a": 3}) == '{"a":3,"\U0001f600":2,"\ufb33":1}'.encode()


@pytest.mark.parametrize("value", [LARGEST_INT, -LARGEST_INT])
def test_the_largest_whole_numbers_have_a_form(value: int) -> None:
    """2^53 - 1 either way."""
    assert canonical([value]) == f"[{value}]".encode()


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        1.0,
        float("nan"),
        [{"a": 1.5}],
        LARGEST_INT + 1,
        -LARGEST_INT - 1,
        "\ud800",
        {"\ud800": 1},
        {1: 2},
        b"bytes",
        {1, 2},
    ],
)
def test_what_has_no_one_form_is_refused(value: Any) -> None:
    """Floats, numbers that other readers round, half characters, keys that are no text."""
    with pytest.raises(NotCanonical):
        canonical(value)


_BROKEN = (b"", b"{", b'{"a":1,"a":1}', b"[1.0]", b" [1]", b"NaN", b'"\xff"', b"[" * 100_000)
_TOO_LARGE = (b"[9007199254740992]", b"[-9007199254740992]", b"9" * 10_000)


@pytest.mark.parametrize("text", [*_BROKEN, *_TOO_LARGE])
def test_bytes_that_are_not_canonical_are_refused(text: bytes) -> None:
    """Broken JSON, a key twice, a float, a space, no text, absurd depth, numbers that other readers round."""
    with pytest.raises(NotCanonical):
        from_canonical(text)


def test_a_depth_that_cannot_be_written_is_refused() -> None:
    """Not an error of the program."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(NotCanonical):
        canonical(deep)

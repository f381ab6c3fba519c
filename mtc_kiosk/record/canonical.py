"""Canonical JSON (RFC 8785): one value has one sequence of bytes, so that its hash is meaningful.

Ints, strings, booleans, nulls, lists and objects only. A float is refused although the standard has a form for it: the
core has none, and floats cannot be compared safely.
"""

import json
from typing import Any, NoReturn

import rfc8785

LARGEST_INT = 2**53 - 1
"""RFC 8785 follows I-JSON: a larger number, positive or negative, may read differently in another language."""

_PLAIN = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))
"""Writes what RFC 8785 prescribes, ten times as fast as that library, for the values that ``_checked`` lets pass: but
it orders keys by code point, not by UTF-16 unit. The order differs only beside a character beyond U+FFFF."""

_LAST_OF_ONE_UNIT = "\uffff"
_FOUR_BYTES = bytes(range(0xF0, 0xF5))
"""How a character beyond U+FFFF begins in UTF-8."""


class NotCanonical(ValueError):
    """The value contains something without a single form, such as a float."""


def canonical(value: Any) -> bytes:
    """The canonical bytes of a value; NotCanonical if it has none."""
    try:
        return _written(value, in_code_points=_checked(value))
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as problem:
        raise NotCanonical("This value has no canonical form.") from problem


def from_canonical(text: bytes) -> Any:
    """The value of canonical bytes; NotCanonical unless they are exactly what ``canonical`` gives."""
    try:
        value = json.loads(text, parse_float=_no_float, parse_constant=_no_float, parse_int=_small)
        # Keys as JSON reads them are text; what it reads otherwise than it is written here makes other bytes.
        if _written(value, in_code_points=text.isascii() or not any(map(text.count, _FOUR_BYTES))) == text:
            return value
    except NotCanonical:
        raise
    except (rfc8785.CanonicalizationError, ValueError, RecursionError) as problem:
        raise NotCanonical("This is not JSON.") from problem
    raise NotCanonical("This JSON is not in its canonical form.")


def holds_more_than(most: int, text: bytes) -> bool:
    """Whether JSON may contain more than ``most`` values, judged by its punctuation; ask before parsing it.

    A parsed value takes up to 100 times the memory of its bytes.
    """
    return sum(map(text.count, (b",", b"{", b"["))) > most


def _written(value: Any, *, in_code_points: bool) -> bytes:
    """The bytes of a value of whole numbers and text alone."""
    return _PLAIN.encode(value).encode() if in_code_points else rfc8785.dumps(value)


def _checked(value: Any) -> bool:
    """Whether the order of code points is that of its keys; NotCanonical for a value without a canonical form."""
    names: list[Any] = []
    left = [value]
    while left:
        one = left.pop()
        if one is None or isinstance(one, str):
            continue
        if isinstance(one, int):
            if not -LARGEST_INT <= one <= LARGEST_INT:
                raise NotCanonical("A number in a record is too large: some programs would read another one.")
        elif isinstance(one, dict):
            names.extend(one)
            left.extend(one.values())
        elif isinstance(one, list | tuple):
            left.extend(one)
        else:
            raise NotCanonical("A float has no place in a record: whole numbers and text alone.")
    try:
        together = "".join(names)
    except TypeError as problem:
        raise NotCanonical("A name in a record is text.") from problem
    return together.isascii() or max(together) <= _LAST_OF_ONE_UNIT


def _no_float(_: str) -> NoReturn:
    raise NotCanonical("A float has no place in a record: whole numbers and text alone.")


def _small(digits: str) -> int:
    return int(digits) if len(digits) < len(str(LARGEST_INT)) else _large(int(digits))


def _large(number: int) -> int:
    _checked(number)
    return number

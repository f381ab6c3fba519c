"""Canonical JSON (RFC 8785): one value has one sequence of bytes, so that its hash is meaningful.

Ints, strings, booleans, nulls, lists and objects only. A float is refused although the standard has a form for it: the
core has none, and floats cannot be compared safely.
"""

import json
from typing import Any

import rfc8785

LARGEST_INT = 2**53 - 1
"""RFC 8785 follows I-JSON: a larger number, positive or negative, may read differently in another language."""


class NotCanonical(ValueError):
    """The value contains something without a single form, such as a float."""


def canonical(value: Any) -> bytes:
    """The canonical bytes of a value; NotCanonical if it has none."""
    try:
        if _has_float(value):
            raise NotCanonical("A float has no place in a record: whole numbers and text alone.")
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as problem:
        raise NotCanonical("This value has no canonical form.") from problem


def from_canonical(text: bytes) -> Any:
    """The value of canonical bytes; NotCanonical unless they are exactly what ``canonical`` gives."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise NotCanonical("This is not JSON.") from problem
    if canonical(value) != text:
        raise NotCanonical("This JSON is not in its canonical form.")
    return value


def holds_more_than(most: int, text: bytes) -> bool:
    """Whether JSON may contain more than ``most`` values, judged by its punctuation; ask before parsing it.

    A parsed value takes up to 100 times the memory of its bytes.
    """
    return sum(map(text.count, (b",", b"{", b"["))) > most


def _has_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_float(one) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_has_float(one) for one in value)
    return isinstance(value, float)

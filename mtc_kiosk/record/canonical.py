"""Canonical JSON (RFC 8785): one value, one sequence of bytes, so that a hash of it means something.

Ints, strings, booleans, nulls, lists and objects alone. A float is refused although the standard has a form for it: the
core has none, and none could be compared safely.
"""

import json
from typing import Any

import rfc8785

LARGEST_INT = 2**53 - 1
"""RFC 8785 follows I-JSON: beyond this, either way, a reader in another language may see another number."""


class NotCanonical(ValueError):
    """The value holds something that has no one form, such as a float."""


def canonical(value: Any) -> bytes:
    """The canonical bytes of a value; NotCanonical where it has none."""
    try:
        if _has_float(value):
            raise NotCanonical("A float has no place in a record: whole numbers and text alone.")
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as problem:
        raise NotCanonical(f"This value has no canonical form: {problem}") from problem


def from_canonical(text: bytes) -> Any:
    """The value of canonical bytes; NotCanonical where they are not the very bytes that ``canonical`` gives."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise NotCanonical(f"This is not JSON: {problem}") from problem
    if canonical(value) != text:
        raise NotCanonical("This JSON is not in its canonical form.")
    return value


def holds_more_than(most: int, text: bytes) -> bool:
    """Whether JSON may hold more values than so many, from its marks alone: to be asked before it is parsed.

    A parsed value takes up to 100 times the memory of its bytes.
    """
    return sum(map(text.count, (b",", b"{", b"["))) > most


def _has_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_float(one) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_has_float(one) for one in value)
    return isinstance(value, float)

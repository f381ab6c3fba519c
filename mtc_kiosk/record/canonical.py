"""Canonical JSON (RFC 8785): one value, one sequence of bytes, so that a hash of it means something."""

from typing import Any

import rfc8785


class NotCanonical(ValueError):
    """The value holds something that has no one form, such as a float."""


def canonical(value: Any) -> bytes:
    """The canonical bytes of ints, strings, booleans, nulls, lists and objects; NotCanonical for anything else."""
    if _has_float(value):
        raise NotCanonical("A float has no place in a record: whole numbers and text alone.")
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as problem:
        raise NotCanonical(f"This value has no canonical form: {problem}") from problem


def _has_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_float(one) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_has_float(one) for one in value)
    return isinstance(value, float)

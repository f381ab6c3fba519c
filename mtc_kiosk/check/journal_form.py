"""Convert facts to and from the two columns that a journal keeps of them: ``type`` and ``data``.

What comes from a file is checked by type. Values only: no file and no JSON text.
"""

import types
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from mtc_kiosk.check.facts import Fact, StepName

FACT_TYPES: dict[str, type[Fact]] = {kind.__name__: kind for kind in get_args(Fact)}
"""Every type a journal row may have."""

_HINTS = {name: get_type_hints(kind) for name, kind in FACT_TYPES.items()}


class NotAFact(ValueError):
    """A journal row has an unknown type, or its data does not have that type's shape."""


def type_of(fact: Fact) -> str:
    """The journal's ``type`` of a fact."""
    return type(fact).__name__


def data_of(fact: Fact) -> dict[str, Any]:
    """The journal's ``data`` of a fact: ints, strings, booleans and nulls."""
    values = {f.name: getattr(fact, f.name) for f in fields(fact) if f.name != "at"}
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in values.items()}


def is_real_pause(kind: str, data: Mapping[str, Any]) -> bool:
    """Whether a row opens a pause of the check itself. At the first such row the check has begun.

    What comes before is sign-in and practice: it counts for nothing, and needs no restart.
    """
    return kind == "StepBegan" and data.get("step") == StepName.PAUSE and data.get("practice") is False


def fact_from(kind: str, at_us: int, data: Mapping[str, Any]) -> Fact:
    """The fact that a row describes; NotAFact if it does not describe one."""
    if kind not in FACT_TYPES:
        raise NotAFact(f"A journal has no rows of the type {kind!r}.")
    hints = _HINTS[kind]
    if set(data) != set(hints) - {"at"} or type(at_us) is not int:
        raise NotAFact(
            f"A {kind} row holds {', '.join(sorted(set(hints) - {'at'})) or 'no data'}, no more and no less."
        )
    values = {name: _typed(kind, name, value, hints[name]) for name, value in data.items()}
    return FACT_TYPES[kind](at=at_us, **values)


def _typed(kind: str, name: str, value: object, hint: Any) -> Any:
    allowed = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    for choice in allowed:
        if isinstance(choice, type) and issubclass(choice, StrEnum):
            if isinstance(value, str) and value in {member.value for member in choice}:
                return choice(value)
        elif type(value) is choice:
            return value
    raise NotAFact(f"A {kind} row cannot have {name} = {value!r}.")

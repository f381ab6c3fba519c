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

_Choice = tuple[type, Mapping[str, StrEnum] | None]


def _choices(hint: Any) -> tuple[_Choice, ...]:
    """The types that a value may have, each with the members by value if it is an enumeration."""
    allowed = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return tuple((one, {member.value: member for member in one} if _is_enum(one) else None) for one in allowed)


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, StrEnum)


_SHAPES = {
    name: {field: _choices(hint) for field, hint in get_type_hints(kind).items() if field != "at"}
    for name, kind in FACT_TYPES.items()
}
"""For each type, what its data may have; worked out once, as a check's journal has hundreds of rows."""


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
    shape = _SHAPES[kind]
    if data.keys() != shape.keys() or type(at_us) is not int:
        raise NotAFact(f"A {kind} row holds {', '.join(sorted(shape)) or 'no data'}, no more and no less.")
    values = {name: _typed(kind, name, value, shape[name]) for name, value in data.items()}
    return FACT_TYPES[kind](at=at_us, **values)


def _typed(kind: str, name: str, value: object, choices: tuple[_Choice, ...]) -> Any:
    for choice, members in choices:
        if members is None:
            if type(value) is choice:
                return value
        elif isinstance(value, str) and value in members:
            return members[value]
    raise NotAFact(f"A {kind} row cannot have {name} = {value!r}.")

"""Read an attempt's settings back from storage: of exactly the shape they were stored in, or refused.

No default fills a gap: today's default may not be that of the day of the check.
"""

import functools
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from mtc_kiosk.check.settings import RULES, Settings
from mtc_kiosk.record.canonical import canonical


class NotSettings(ValueError):
    """This program cannot run or replay with these settings; the message is a sentence for a person."""


def settings_from(shape: Mapping[str, Any]) -> Settings:
    """Read stored settings; NotSettings if they are newer than this program, or of another shape."""
    if type(shape.get("rules")) is int and shape["rules"] > RULES:
        raise NotSettings(f"It was taken under rules {shape['rules']}; this program knows the rules up to {RULES}.")
    try:
        settings = Settings.from_json(shape)
        same = canonical(settings.to_json()) == canonical(shape)
    except (ValueError, LookupError, TypeError, AttributeError) as problem:
        raise NotSettings("Its settings cannot be read.") from problem
    if not same or not _is(settings, Settings):
        raise NotSettings("Its settings are not as this program writes them.")
    return settings


_hints = functools.cache(get_type_hints)
"""Worked out once for each shape: it takes longer than all the rest, and a desk reads the settings of each check."""


def _is(value: object, hint: Any) -> bool:
    """Whether a value, at every level, has the type in its hint."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return any(_is(value, choice) for choice in arguments)
    if origin is tuple:
        return isinstance(value, tuple) and all(_is(each, arguments[0]) for each in value)
    if origin is not None:
        key, item = arguments
        return isinstance(value, Mapping) and all(_is(k, key) and _is(v, item) for k, v in value.items())
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return type(value) is hint and all(_is(getattr(value, f.name), hints[f.name]) for f in fields(hint))
    return isinstance(value, hint) if issubclass(hint, StrEnum) else type(value) is hint

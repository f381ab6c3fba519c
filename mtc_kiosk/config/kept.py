"""A cache of settings that were read without a mistake, so that the next start need not read the files again.

It is valid for the bytes it was made from, on this computer, with this version of the code that reads them: ``digest``
covers all three. The cache is plain JSON, and each value's type is checked on reading. Anything that a file could not
have given is refused, and the files themselves are read. This module opens no file.
"""

import hashlib
import json
import re
import socket
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from mtc_kiosk.check.arrangements import Code, Colours, Countdown, Rate, Size, Typeface
from mtc_kiosk.config.arrangement_values import Choose, NoLimit, Pad, Pointer
from mtc_kiosk.config.arrangements import ARRANGEMENTS, ArrangementsFile
from mtc_kiosk.config.arrangements_merge import ArrangementEntry, LocatedValue, Source
from mtc_kiosk.config.check_shape import CheckShape
from mtc_kiosk.config.kiosk_shape import KioskShape
from mtc_kiosk.config.school_shape import SchoolShape
from mtc_kiosk.config.settings import FILES, Configuration
from mtc_kiosk.config.shape import Shape

_DECIMAL = re.compile(r"[0-9]{1,99}(\.[0-9]{1,99})?")
_PACKAGES = ("config", "check")
"""The packages with the code that reads settings."""

_ENTRY_TYPES: Mapping[str, Any] = {
    "colours": Colours | Choose | None,
    "size": Size | Choose | None,
    "pointer": Pointer,
    "typeface": Typeface,
    "countdown": Countdown,
    "pad": Pad,
    "volume_percent": int | None,
    "speech_rate": Rate,
    "try_it_out_seconds": NoLimit | Decimal | None,
}
"""What an entry of ``access_arrangements.yaml`` may say, by setting."""


class NotKept(ValueError):
    """The cache is not usable."""


def digest(written: Mapping[str, bytes]) -> str:
    """The SHA-256 of the bytes of all the files, and of everything else that the result depends on."""
    whole = hashlib.sha256()
    for part in (_code(), sys.version.encode(), socket.gethostname().encode(), *(written[name] for name in FILES)):
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def dumped(configuration: Configuration, digested: str) -> bytes | None:
    """The configuration as bytes; None if it would not come back the same."""
    arrangements = configuration.arrangements
    settings = {
        "check": _plain(configuration.check, CheckShape),
        "kiosk": _plain(configuration.kiosk, KioskShape),
        "school": _plain(configuration.school, SchoolShape),
        "arrangements": {
            "school": _plain_entry(arrangements.school),
            "profiles": [_plain_entry(one) for one in arrangements.profiles],
            "pupils": [_plain_entry(one) for one in arrangements.pupils],
        },
    }
    text = json.dumps({"of": digested, "settings": settings}, ensure_ascii=True, separators=(",", ":"))
    content = f"{_sum(text)}\n{text}\n".encode()
    try:
        again = loaded(content, digested, {ARRANGEMENTS: b""})
    except NotKept:
        return None
    return content if again == configuration else None


def loaded(content: bytes, digested: str, written: Mapping[str, bytes]) -> Configuration:
    """Read the configuration that ``dumped`` wrote; NotKept if it is of other files, or damaged in any way."""
    try:
        head, _, text = content.decode("ascii").partition("\n")
        if head != _sum(text.removesuffix("\n")):
            raise NotKept("damaged")
        kept = json.loads(text)
        if kept["of"] != digested:
            raise NotKept("of other files")
        settings, arrangements = kept["settings"], kept["settings"]["arrangements"]
        configuration = Configuration(
            check=_taken(CheckShape, settings["check"]),
            kiosk=_taken(KioskShape, settings["kiosk"]),
            school=_taken(SchoolShape, settings["school"]),
            arrangements=ArrangementsFile(
                school=_taken_entry(arrangements["school"]),
                profiles=tuple(map(_taken_entry, arrangements["profiles"])),
                pupils=tuple(map(_taken_entry, arrangements["pupils"])),
            ),
            arrangements_written=written[ARRANGEMENTS],
        )
        _ = configuration.school.zone  # its time zone data may be gone from this computer
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as problem:
        raise NotKept(str(problem)) from problem
    return configuration


@cache
def _code() -> bytes:
    """The SHA-256 of the source that reads the files; without source, of the files that are there."""
    whole = hashlib.sha256()
    for package in _PACKAGES:
        for path in sorted((Path(__file__).parents[1] / package).glob("*.py*")):
            whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.digest()


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


# -- writing


def _plain(value: Any, kind: Any) -> Any:
    """A value of a type as JSON; of a group or a dataclass, its fields by name."""
    if isinstance(value, tuple):
        return [_plain(item, get_args(kind)[0]) for item in value]
    if isinstance(kind, type) and (issubclass(kind, Shape) or is_dataclass(kind)):
        return {name: _plain(getattr(value, name), inner) for name, inner in _names(kind).items()}
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum | Decimal) else value


def _plain_entry(entry: ArrangementEntry) -> dict[str, Any]:
    return {
        "source": str(entry.source),
        "name": entry.name,
        "line": entry.line,
        "clears": entry.clears,
        "codes": [[str(placed.value), placed.line] for placed in entry.codes],
        "settings": {name: [_plain(one.value, _ENTRY_TYPES[name]), one.line] for name, one in entry.settings.items()},
        "profile": entry.profile,
    }


# -- reading


def _names(kind: Any) -> Mapping[str, Any]:
    return kind.names() if issubclass(kind, Shape) else {field.name: field.type for field in fields(kind)}


def _taken(kind: Any, plain: Any) -> Any:
    """The value of a type from JSON; NotKept if it is not one."""
    if isinstance(kind, UnionType):
        return _taken_one_of(get_args(kind), plain)
    if get_origin(kind) is tuple:
        return tuple(_taken(get_args(kind)[0], item) for item in _exactly(list, plain))
    if issubclass(kind, Shape) or is_dataclass(kind):
        names = _names(kind)
        if list(_exactly(dict, plain)) != list(names):
            raise NotKept(f"other names than those of {kind.__name__}")
        values = {name: _taken(inner, plain[name]) for name, inner in names.items()}
        return kind.of(**values) if issubclass(kind, Shape) else kind(**values)
    return _taken_plain(kind, plain)


def _taken_one_of(kinds: tuple[Any, ...], plain: Any) -> Any:
    for kind in kinds:
        try:
            return _taken(kind, plain)
        except ValueError:
            continue
    raise NotKept("not of any kind that it may be")


def _taken_plain(kind: Any, plain: Any) -> Any:
    if kind in (bool, int, str, NoneType):
        return _exactly(kind, plain)
    text = _exactly(str, plain)
    if kind is Decimal:
        if not _DECIMAL.fullmatch(text):
            raise NotKept("not a number")
        return Decimal(text)
    return kind.fromisoformat(text) if kind in (date, time) else kind(text)


def _taken_entry(plain: Any) -> ArrangementEntry:
    return ArrangementEntry(
        source=_taken(Source, plain["source"]),
        name=_exactly(str, plain["name"]),
        line=_exactly(int, plain["line"]),
        clears=_exactly(bool, plain["clears"]),
        codes=tuple(LocatedValue(_taken(Code, code), _exactly(int, line)) for code, line in plain["codes"]),
        settings={
            name: LocatedValue(_taken(_ENTRY_TYPES[name], value), _exactly(int, line))
            for name, (value, line) in plain["settings"].items()
        },
        profile=_taken(str | None, plain["profile"]),
    )


def _exactly(kind: type, plain: Any) -> Any:
    """The value, if it has exactly this type: True is not a number here."""
    if type(plain) is not kind:
        raise NotKept(f"not of the type {kind.__name__}")
    return plain

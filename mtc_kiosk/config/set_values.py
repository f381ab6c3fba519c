"""Sets single values in a settings file, and changes nothing else.

Each value is found by its position and replaced in the text, so that every comment, space and line end stays. The
result is read again before it is used.
"""

import json
import re
from collections.abc import Mapping

import yaml

from mtc_kiosk.config.yaml_text import parse
from mtc_kiosk.config.yaml_tree import plain

Place = tuple[str, ...]
"""A setting, or a group and a setting in it."""

_MARK = "\ufeff"
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ./'()&+-]*[A-Za-z0-9.')])?")
"""Text that needs no quotes, wherever in a file it is."""


def with_values(written: bytes, file: str, values: Mapping[Place, str]) -> bytes | None:
    """The file with these values, each of one line; None if that cannot be done with certainty."""
    before = parse(written, file)
    if before.root is None or before.mistakes:
        return None
    expected = plain(before.root)
    assert isinstance(expected, dict), "the root of a document is a group"
    text = written.decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    for place, value in values.items():
        if not _expect(expected, place, value):
            return None
        text = _with_value(text, place, _as_written(value))
    changed = (mark + text).encode()
    after = parse(changed, file)
    is_sure = after.root is not None and not after.mistakes and plain(after.root) == expected
    return changed if is_sure else None


def _expect(expected: dict[str, object], place: Place, value: str) -> bool:
    """Set the value in what the file will be read as; False if there is no such place in a file."""
    *groups, name = place
    here: dict[str, object] = expected
    for group in groups:
        below = here.get(group)
        if below is None:
            below = here[group] = {}
        if not isinstance(below, dict):
            return False
        here = below
    here[name] = value
    return True


def _as_written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _with_value(text: str, place: Place, value: str) -> str:
    """The text with one more value in it; where the file is written in an odd way, the caller's reading finds out."""
    newline = "\r\n" if "\r\n" in text else "\n"
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    for depth, step in enumerate(place):
        assert isinstance(node, yaml.MappingNode), "it was read before, and every group below it was found"
        found = _value_of(node, step)
        if found is None:
            return _added(text, node, place[depth:], value, newline)
        if depth + 1 < len(place) and not isinstance(found, yaml.MappingNode):
            end = found.end_mark.index
            return f"{text[:end]}{newline}  {place[-1]}: {value}{text[end:]}"
        node = found
    assert node is not None, "the last value was found"
    begin, end = node.start_mark.index, node.end_mark.index
    gap = " " if begin == end and text[begin - 1 : begin] == ":" else ""
    return text[:begin] + gap + value + text[end:]


def _value_of(node: yaml.MappingNode, name: str) -> yaml.Node | None:
    """The value of this name; a group rather than the same name once more with nothing below it."""
    found: list[yaml.Node] = [value for key, value in node.value if key.value == name]
    return next((one for one in found if isinstance(one, yaml.MappingNode)), found[0] if found else None)


def _added(text: str, node: yaml.MappingNode, rest: Place, value: str, newline: str) -> str:
    """The text with a setting that was not there: first in its group, or at the end of the file."""
    if len(rest) > 1:
        return f"{text.rstrip()}{newline}{rest[0]}:{newline}  {rest[1]}: {value}{newline}"
    if node.start_mark.column == 0 and not node.flow_style:
        return f"{text.rstrip()}{newline}{rest[0]}: {value}{newline}"
    between = ", " if node.flow_style else newline + " " * node.start_mark.column
    begin = node.start_mark.index + (1 if node.flow_style else 0)
    return f"{text[:begin]}{rest[0]}: {value}{between}{text[begin:]}"

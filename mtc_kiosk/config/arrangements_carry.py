"""Replaces a pupil's old number with the new one in ``access_arrangements.yaml``, and changes nothing else.

The number is found by its position and replaced in the text, so that every comment, space and line end stays. The
result is read again before it is used.
"""

from collections.abc import Mapping
from dataclasses import replace

import yaml

from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, ArrangementsFile, read_arrangements
from mtc_kiosk.config.yaml_text import parse

_MARK = "\ufeff"


def with_new_numbers(written: bytes, names: Mapping[str, str]) -> bytes | None:
    """The file with these entries renamed; None if that cannot be done with certainty.

    ``names`` maps each entry under ``pupils``, as it is written, to its new name.
    """
    before, _ = read_arrangements(parse(written, ARRANGEMENTS))
    if before is None:
        return None
    text = written.decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    changed = (mark + _exchanged(text.removeprefix(_MARK), names)).encode()
    after, _ = read_arrangements(parse(changed, ARRANGEMENTS))
    return changed if after == _renamed(before, names) else None


def _exchanged(text: str, names: Mapping[str, str]) -> str:
    for begin, end, name in reversed(_places(text)):
        if name in names:
            text = text[:begin] + names[name] + text[end:]
    return text


def _places(text: str) -> list[tuple[int, int, str]]:
    """Where the name of each entry under ``pupils`` begins and ends, in the order of the file."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode), "it was read before"
    # The name may be there once more, with nothing below it.
    pupils = (value for key, value in root.value if key.value == "pupils" and isinstance(value, yaml.MappingNode))
    return [(key.start_mark.index, key.end_mark.index, key.value) for group in pupils for key, _ in group.value]


def _renamed(file: ArrangementsFile, names: Mapping[str, str]) -> ArrangementsFile:
    """The result to expect."""
    return replace(file, pupils=tuple(replace(entry, name=names.get(entry.name, entry.name)) for entry in file.pupils))

"""Writes one pupil's entry in ``access_arrangements.yaml``; every other line of the file stays as it is.

The lines of the entry are found by their position and edited with ruamel.yaml, which keeps the comments among them; a
comment on a line that goes is kept above the entry. The result is read again before it is used. Where a file is written
in an unusual way, more lines than the entry's go through ruamel.yaml, or the entry is written anew.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any

import yaml
from ruamel.yaml import YAML, ScalarNode
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

from mtc_kiosk.config.arrangement_choice import OwnEntry, entry_as_it_is
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, ArrangementsFile, number_key, read_arrangements
from mtc_kiosk.config.arrangements_merge import ArrangementEntry, LocatedValue
from mtc_kiosk.config.entry_lines import (
    LINE_END,
    PUPILS,
    Lines,
    NotSo,
    comments_in,
    dedented,
    end_of,
    entry_lines,
    indented,
    line_end,
    pupils_in,
)
from mtc_kiosk.config.yaml_text import parse

_MARK = "\ufeff"
_PROFILE, _LIST = "profile", "arrangements"
_STEP = 2
"""The indentation of lines that are added."""


@dataclass(frozen=True)
class EntryEdit:
    """The entry under ``name`` (as the file has it, or a number that it has not) and what it is to say."""

    name: str
    before: OwnEntry
    after: OwnEntry


def with_entry(written: bytes, edit: EntryEdit) -> bytes | None:
    """The file with this entry; None if that cannot be done with certainty."""
    before, _ = read_arrangements(parse(written, ARRANGEMENTS))
    if before is None:
        return None
    text = written.decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    for way in (_in_its_lines, _anew, _in_the_whole):
        try:
            changed = way(text, edit)
        except (YAMLError, yaml.YAMLError, NotSo):
            continue
        content = (mark + changed).encode()
        if _is_as_meant(before, read_arrangements(parse(content, ARRANGEMENTS))[0], edit):
            return content
    return None


# -- the three ways


def _in_its_lines(text: str, edit: EntryEdit) -> str:
    """Edit the lines of the entry alone, or add lines for it."""
    lines = entry_lines(text, edit.name)
    if lines is None:
        return _added(text, edit)
    return _exchanged(text, lines, lambda segment: _edited(segment, edit, lambda root: root))


def _anew(text: str, edit: EntryEdit) -> str:
    """Write the entry anew, with all its comments above it."""
    lines = entry_lines(text, edit.name)
    if lines is None:
        raise NotSo
    name = edit.name
    return _exchanged(text, lines, lambda _: _fresh(name, edit.after, _STEP))


def _in_the_whole(text: str, edit: EntryEdit) -> str:
    """Edit the whole file, such as one in braces."""

    def pupils(root: CommentedMap) -> CommentedMap:
        if not isinstance(root.get(PUPILS), CommentedMap):
            root[PUPILS] = CommentedMap()
        found: CommentedMap = root[PUPILS]
        return found

    return _exchanged(text, Lines(0, len(text.rstrip("\r\n")), 0), lambda whole: _edited(whole, edit, pupils))


def _exchanged(text: str, lines: Lines, change: Callable[[str], str]) -> str:
    """The text with these lines changed. Each comment that is lost goes above them."""
    newline = found[0] if (found := LINE_END.search(text)) else "\n"
    old = text[lines.begin : lines.end]
    plain = "\n".join(dedented(line, lines.column) for line in LINE_END.split(old))
    new = change(plain).removesuffix("\n")
    lost = Counter(comments_in(plain)) - Counter(comments_in(new))
    above = [comment for comment in comments_in(plain) if lost[comment] > 0 and not lost.subtract([comment])]
    margin = " " * lines.column
    new_lines = [margin + line if line.strip() else line for line in [*above, *new.split("\n")]]
    return text[: lines.begin] + newline.join(new_lines) + text[lines.end :]


def _added(text: str, edit: EntryEdit) -> str:
    """The text with new lines for an entry that is not there."""
    newline = found[0] if (found := LINE_END.search(text)) else "\n"
    root, pupils = pupils_in(text)
    if pupils is None:
        if root.flow_style or root.start_mark.column != 0:
            raise NotSo
        fresh = _fresh(PUPILS, {edit.name: _value(edit.after)}, _STEP)
        return _joined(text, len(text), fresh, newline)
    if isinstance(pupils, yaml.MappingNode) and pupils.value:
        if pupils.flow_style:
            raise NotSo
        last_key, last = pupils.value[-1]
        column = last_key.start_mark.column
        at = line_end(text, end_of(text, last_key, last))
        return _joined(text, at, indented(_fresh(edit.name, edit.after, _STEP), column), newline)
    begin, end = pupils.start_mark.index, pupils.end_mark.index
    begin = len(text[:begin].rstrip(" ")) if end > begin else begin
    text = text[:begin] + text[end:]
    fresh = indented(_fresh(edit.name, edit.after, _STEP), _STEP)
    return _joined(text, line_end(text, begin), fresh, newline)


def _joined(text: str, at: int, fresh: str, newline: str) -> str:
    before, after = text[:at], text[at:]
    gap = newline if before and not before.endswith(("\n", "\r")) else ""
    fresh = newline.join(fresh.removesuffix("\n").split("\n"))
    return before + gap + fresh + (after if after.startswith(("\n", "\r")) else newline + after)


# -- ruamel.yaml


_NOTHING = Tag(suffix="tag:yaml.org,2002:null")


class _Texts(VersionedResolver):
    """Takes every plain value for text, as the program's own reader does, so that each is written as it was read."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode:
            return _NOTHING if value == "" and implicit[0] else self.DEFAULT_SCALAR_TAG
        return super().resolve(kind, value, implicit)


def _round_trip(step: int) -> YAML:
    made = YAML()
    made.Resolver = _Texts
    made.preserve_quotes = True
    made.allow_duplicate_keys = True
    made.width = 1_000_000
    made.indent(mapping=step, sequence=step + 2, offset=step)
    return made


def _dumped(made: YAML, root: CommentedMap) -> str:
    into = StringIO()
    made.dump(root, into)
    return into.getvalue()


def _fresh(name: str, entry: object, step: int) -> str:
    """Lines for a name and its value, of which the value may be an entry."""
    value = _value(entry) if isinstance(entry, OwnEntry) else _group(entry)
    return _dumped(_round_trip(step), _group({name: value}))


def _edited(segment: str, edit: EntryEdit, pupils: Callable[[CommentedMap], CommentedMap]) -> str:
    """The lines with the entry changed, wherever ``pupils`` finds the group of entries in them."""
    first = re.search("^( +)[^ #\n]", segment, re.MULTILINE)
    made = _round_trip(len(first[1]) if first else _STEP)
    root = made.load(segment)
    if not isinstance(root, CommentedMap):
        raise NotSo
    group = pupils(root)
    now = group.get(edit.name)
    if not isinstance(now, CommentedMap) or edit.after == OwnEntry():
        group[edit.name] = _value(edit.after)
    else:
        _change(now, edit.before, edit.after)
    return _dumped(made, root)


def _change(entry: CommentedMap, before: OwnEntry, after: OwnEntry) -> None:
    """Change the lines of an entry that are to say something else."""
    was, now = _pairs(before), _pairs(after)
    for name in was:
        if name not in now:
            del entry[name]
    for name, value in now.items():
        if was.get(name) == value:
            continue
        if name == _LIST and isinstance(entry.get(name), CommentedSeq):
            _change_list(entry[name], value)
        elif name == _PROFILE and name not in entry:
            entry.insert(0, name, value)
        else:
            entry[name] = value
    if _PROFILE in entry and isinstance(entry[_PROFILE], CommentedMap):
        raise NotSo


def _change_list(items: CommentedSeq, wanted: Any) -> None:
    for n in reversed(range(len(items))):
        if str(items[n]).strip().casefold() not in {one.casefold() for one in wanted}:
            del items[n]
    there = {str(item).strip().casefold() for item in items}
    missing = [one for one in wanted if one.casefold() not in there]
    for one in reversed([one for one in missing if one == "none"]):
        items.insert(0, one)
    items.extend(one for one in missing if one != "none")


def _pairs(entry: OwnEntry) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    if entry.profile is not None:
        pairs[_PROFILE] = entry.profile
    if entry.arrangements is not None:
        pairs[_LIST] = _listed(entry.arrangements)
    return pairs | dict(entry.settings)


def _value(entry: OwnEntry) -> Any:
    """An entry as it is written anew: the name of a profile alone, or a group."""
    pairs = _pairs(entry)
    if list(pairs) == [_PROFILE]:
        return entry.profile
    return _group(pairs)


def _group(pairs: Any) -> CommentedMap:
    made = CommentedMap(pairs)
    if not pairs:
        made.fa.set_flow_style()
    return made


def _listed(codes: tuple[str, ...]) -> CommentedSeq:
    made = CommentedSeq(codes)
    made.fa.set_flow_style()
    return made


# -- whether it is as meant


def _is_as_meant(before: ArrangementsFile, after: ArrangementsFile | None, edit: EntryEdit) -> bool:
    """Whether the file says the same of all others, and of the pupil what was wanted."""
    if after is None:
        return False
    key = number_key(edit.name)
    mine = [entry for entry in after.pupils if number_key(entry.name) == key]
    others = [list(_without_lines(file, key)) for file in (before, after)]
    return len(mine) == 1 and entry_as_it_is(mine[0]) == edit.after and others[0] == others[1]


def _without_lines(file: ArrangementsFile, but: str) -> Iterator[ArrangementEntry]:
    """Every entry but one, in order, as it is on no line in particular."""
    for entry in (file.school, *file.profiles, *file.pupils):
        if entry not in file.pupils or number_key(entry.name) != but:
            yield replace(
                entry,
                line=0,
                codes=tuple(LocatedValue(one.value, 0) for one in entry.codes),
                settings={name: LocatedValue(one.value, 0) for name, one in entry.settings.items()},
            )

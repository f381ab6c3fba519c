"""Where a pupil's entry and the comments are in the text of ``access_arrangements.yaml``."""

import re
from dataclasses import dataclass

import yaml

PUPILS = "pupils"
LINE_END = re.compile("\r\n|\r|\n")


class NotSo(Exception):
    """The file is not written in the way that one of the ways of editing needs."""


@dataclass(frozen=True)
class Lines:
    """Whole lines of the text: from ``begin`` to ``end``, the end of the last line without its line end."""

    begin: int
    end: int
    column: int


def pupils_in(text: str) -> tuple[yaml.MappingNode, yaml.Node | None]:
    """The root, and what is under ``pupils``: a group rather than the same name once more with nothing below it."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode), "it was read before"
    found = [value for key, value in root.value if key.value == PUPILS]
    groups = [value for value in found if isinstance(value, yaml.MappingNode)]
    return root, next(iter((*groups, *found)), None)


def entry_lines(text: str, name: str) -> Lines | None:
    """The lines of the pupil's entry; None if there is none. NotSo if it shares a line with something else."""
    _, pupils = pupils_in(text)
    if not isinstance(pupils, yaml.MappingNode):
        return None
    for key, value in pupils.value:
        if key.value == name:
            begin = _line_begin(text, key.start_mark.index)
            if pupils.flow_style or text[begin : key.start_mark.index].strip(" "):
                raise NotSo
            end = line_end(text, end_of(text, key, value))
            return Lines(begin, end, key.start_mark.index - begin)
    return None


def end_of(text: str, key: yaml.Node, value: yaml.Node) -> int:
    """Where a name and its value end, without the comments and empty lines after them."""
    if isinstance(value, yaml.ScalarNode):
        end = value.end_mark.index if value.end_mark.index > key.end_mark.index else key.end_mark.index
        return len(text[:end].rstrip()) if value.style in {"|", ">"} else end
    assert isinstance(value, yaml.CollectionNode), "what is no scalar is a group or a list"
    if value.flow_style or not value.value:
        return int(value.end_mark.index)
    last = value.value[-1]
    return end_of(text, *last) if isinstance(last, tuple) else end_of(text, key, last)


def _line_begin(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of this place ends, before its line end."""
    found = LINE_END.search(text, at)
    return found.start() if found else len(text)


def dedented(line: str, column: int) -> str:
    """The line without up to so many spaces in front."""
    return line[min(column, len(line) - len(line.lstrip(" "))) :]


def indented(text: str, column: int) -> str:
    """Each line with so many spaces in front; an empty one stays empty."""
    return "\n".join(" " * column + line if line else line for line in text.split("\n"))


def comments_in(text: str) -> list[str]:
    """Every comment in the text, in order."""
    found, at = [], 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        begin, end = token.start_mark.index, token.end_mark.index
        if end > begin or isinstance(token, yaml.StreamEndToken):
            found += re.findall("#[^\r\n]*", text[at:begin])
            at = max(at, end if not isinstance(token, yaml.ScalarToken) else len(text[:end].rstrip()))
    return [comment.rstrip() for comment in found]

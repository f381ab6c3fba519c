"""A settings file as a tree of text values, each with its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from mtc_kiosk.config.mistakes import Mistake


@dataclass(frozen=True)
class Text:
    """One value as it was written; ``empty`` if there was none, not even quotes."""

    value: str
    line: int
    empty: bool = False


@dataclass(frozen=True)
class Entry:
    """``key: value`` and the line the key is on."""

    key: str
    line: int
    value: "Node"


@dataclass(frozen=True)
class Group:
    """Settings under one name."""

    entries: tuple[Entry, ...]
    line: int

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """The entries by name; each name is there once."""
        return {entry.key: entry for entry in self.entries}


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    line: int


Node = Text | Group | Items


@dataclass(frozen=True)
class Document:
    """The contents of a file, or None if it could not be read at all, and the mistakes found on the way."""

    file: str
    root: Group | None
    mistakes: tuple[Mistake, ...]


def plain(node: Node) -> object:
    """The node as dicts, lists and str, and None for an empty value."""
    match node:
        case Text():
            return None if node.empty else node.value
        case Group():
            return {entry.key: plain(entry.value) for entry in node.entries}
        case Items():
            return [plain(item) for item in node.items]


def line_of(root: Node, place: tuple[str | int, ...]) -> int:
    """The line of ``place``, a path of keys and indexes; as near to it as the file goes.

    The line of a group, a list or an empty value is that of its key.
    """
    node, line = root, root.line
    for step in place:
        found: Node | None = None
        match node, step:
            case Items(), int() if step < len(node.items):
                found = node.items[step]
                line = found.line
            case Group(), _:
                if (entry := _entry_at(node, step)) is not None:
                    found = entry.value
                    line = found.line if isinstance(found, Text) and not found.empty else entry.line
        if found is None:
            break
        node = found
    return line


def _entry_at(group: Group, step: str | int) -> Entry | None:
    if isinstance(step, str):
        return group.by_key.get(step)
    return group.entries[step] if step < len(group.entries) else None


def node_at(root: Node, place: tuple[str | int, ...]) -> Node | None:
    """What is at ``place``, a path of keys and indexes; None if the file has no such place."""
    node: Node = root
    for step in place:
        entry = _entry_at(node, step) if isinstance(node, Group) else None
        match node, step:
            case Items(), int() if step < len(node.items):
                node = node.items[step]
            case Group(), _ if entry is not None:
                node = entry.value
            case _:
                return None
    return node

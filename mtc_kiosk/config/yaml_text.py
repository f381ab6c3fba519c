"""Reads a YAML file as text values with their lines, without guessing a number, a date or a yes.

It reads the events of PyYAML's own parser and builds the tree itself, so that it sees a duplicate key, references do no
harm, and nesting cannot exhaust the stack. It always uses the parser written in Python: the C parser treats tabs and
the position of a mistake differently, and all PCs of a school must report the same (it costs some 5 ms).
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from mtc_kiosk.config.mistakes import Code, Mistake, quoted
from mtc_kiosk.config.shape import LARGEST_FILE
from mtc_kiosk.config.yaml_syntax import Unreadable, unreadable_file, unreadable_yaml
from mtc_kiosk.config.yaml_tree import Document, Entry, Group, Items, Node, Text
from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.unseen import first_unseen, placed, without_unseen

DEEPEST = 12
"""The deepest nesting allowed; the deepest setting is three levels down."""

MOST_VALUES = 200_000
"""Names and values; a file for five thousand pupils has some 40,000, and each takes the parser 20 us."""

_DELETE_ONE = "Delete one of them."
_KEEP_WHAT_IS_NEEDED = "Move the lines you need below one of them, then delete the other."
_TOO_LARGE = "This file is too large to be a settings file. Put back an earlier copy."
_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]|\u2028|\u2029|\ufeff|\ufffe|\uffff")
"""Characters that YAML forbids, or that end a line in YAML but not in an editor."""


def read(path: Path) -> Document:
    """Read the file at ``path``; if it is missing, too large or not UTF-8, the document has that one mistake."""
    try:
        written = read_plain(path, LARGEST_FILE + 1)
    except OSError as problem:
        return Document(path.name, None, (Mistake(path.name, *unreadable_file(path, problem).args),))
    return parse(written, path.name)


def parse(written: bytes, file: str) -> Document:
    """Read the bytes of a file; ``file`` is the name for its mistakes."""
    builder = _Builder(file)
    root: Node | None = None
    try:
        root = builder.document(_characters(written))
    except Unreadable as problem:
        builder.note(*problem.args)
    return Document(file, root if isinstance(root, Group) else None, tuple(builder.mistakes))


def _characters(written: bytes) -> str:
    if len(written) > LARGEST_FILE:
        raise Unreadable(None, Code.TOO_LARGE, _TOO_LARGE)
    if written.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(None, Code.NOT_UTF8, "The file is saved as UTF-16. Save it again with the encoding UTF-8.")
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = written[: problem.start].count(b"\n") + 1
        raise Unreadable(
            line,
            Code.NOT_UTF8,
            "A letter in this line is not saved as UTF-8. Type it again, then save the file with the encoding UTF-8.",
        ) from problem
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unseen := _UNSEEN.search(text):
        begins = text.rfind("\n", 0, unseen.start()) + 1
        raise Unreadable(
            text.count("\n", 0, unseen.start()) + 1,
            Code.UNSEEN_CHARACTER,
            f"This line has {placed(text[begins:], unseen.start() - begins)}. Type the line again.",
        )
    return text


class _Builder:
    """Builds the tree of one file from the parser's events, and keeps the mistakes that do not stop it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.mistakes: list[Mistake] = []
        self._noted: set[tuple[int | None, Code]] = set()
        self._values = 0

    def note(self, line: int | None, code: Code, message: str) -> None:
        """Keep a mistake; only the first of its kind in a line."""
        if (line, code) not in self._noted:
            self._noted.add((line, code))
            self.mistakes.append(Mistake(self.file, line, code, message))

    def document(self, text: str) -> Node:
        """The root of the only document in ``text``; Unreadable if there is none, or it cannot be read."""
        events = _events(text)
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise Unreadable(
                        _line(event), Code.SECOND_DOCUMENT, "The line '---' begins a second document. Delete that line."
                    )
                root = self._node(next(events), events, 0)
        match root:
            case Group():
                return root
            case None | Text(empty=True):
                anew = "Put back an earlier copy, or move it out of the folder and type: mtc-kiosk renew"
                raise Unreadable(None, Code.EMPTY_FILE, f"There are no settings in this file. {anew} {self.file}")
            case Items():
                raise Unreadable(
                    root.line,
                    Code.NO_SETTING,
                    "The file is a list (its lines begin with '-'). Write each setting as 'name: value'.",
                )
            case Text():
                raise Unreadable(
                    root.line, Code.NO_SETTING, "There are no settings in this file. Write each one as 'name: value'."
                )

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        line = _line(event)
        if depth > DEEPEST:
            raise Unreadable(
                line, Code.TOO_DEEP, f"This line is more than {DEEPEST} groups deep. Move it further left."
            )
        self._values += 1
        if self._values > MOST_VALUES:
            raise Unreadable(None, Code.TOO_LARGE, _TOO_LARGE)
        self._refuse_marks(event, line)
        match event:
            case yaml.ScalarEvent():
                return Text(self._value(event, line), line, empty=not event.value and event.implicit[0])
            case yaml.SequenceStartEvent():
                return Items(tuple(self._items(events, depth)), line)
            case yaml.MappingStartEvent():
                return Group(tuple(self._entries(events, depth)), line)
            case _:  # an alias: a mistake, and its text is the value
                return Text(f"*{getattr(event, 'anchor', '')}", line)

    def _items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events, depth + 1)

    def _entries(self, events: Iterator[yaml.Event], depth: int) -> Iterable[Entry]:
        found: dict[str, Entry] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Text) or key.empty:
                self.note(key.line, Code.NO_NAME, "There is no name before the colon. Write 'name: value'.")
            else:
                self._add(Entry(key.value, key.line, value), found)
        return found.values()

    def _add(self, entry: Entry, found: dict[str, Entry]) -> None:
        """Add an entry; a name that is there already is a mistake, unless one of the two is a group with nothing in it.

        So an example can be pasted below a file whose own group of that name is empty or commented out.
        """
        before = found.setdefault(entry.key, entry)
        if before is entry or (_is_empty(entry.value) and isinstance(before.value, Group)):
            return
        if _is_empty(before.value) and isinstance(entry.value, Group):
            found[entry.key] = entry
            return
        way_out = _KEEP_WHAT_IS_NEEDED if _has_entries(entry.value) and _has_entries(before.value) else _DELETE_ONE
        sentence = f"{quoted(entry.key)} is already on line {before.line}. {way_out}"
        self.note(entry.line, Code.TWICE, sentence)

    def _value(self, event: yaml.ScalarEvent, line: int) -> str:
        value = str(event.value)
        if event.style in ("'", '"') and _line(event, end=True) > line:
            self.note(
                line,
                Code.OPEN_QUOTE,
                "The quotation mark in this line is closed further down. Close it on the same line.",
            )
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.note(
                line, Code.UNSEEN_CHARACTER, "The backslash and number in this line are not a character. Delete them."
            )
            return ""
        if (place := _unseen_in(value)) is not None:
            self.note(line, Code.UNSEEN_CHARACTER, f"There is {placed(value, place)}. Type it again without that.")
            return without_unseen(value).strip()
        return value

    def _refuse_marks(self, event: yaml.Event, line: int) -> None:
        tag = getattr(event, "tag", None)
        if getattr(event, "anchor", None) is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.note(line, Code.NEEDS_QUOTES, f"A value cannot begin with {sign}. Put it in quotes.")
        elif tag is not None and tag != "!":
            self.note(line, Code.NEEDS_QUOTES, "A value cannot begin with an exclamation mark. Put it in quotes.")


def _has_entries(value: Node) -> bool:
    return isinstance(value, Group) and bool(value.entries)


def _is_empty(value: Node) -> bool:
    return isinstance(value, Text) and value.empty


def _unseen_in(value: str) -> int | None:
    """Where a name or value has a character that cannot be seen, or a non-breaking space at an end of it."""
    if value.strip("\u00a0") != value:
        return 0 if value.startswith("\u00a0") else len(value.rstrip("\u00a0"))
    return first_unseen(value)


def _events(text: str) -> Iterator[yaml.Event]:
    loader = yaml.SafeLoader(text)
    try:
        while loader.check_event():
            yield loader.get_event()  # type: ignore[no-untyped-call] # the stubs leave it untyped
    except (yaml.YAMLError, ValueError, OverflowError) as problem:
        # int() and chr() in PyYAML raise on an absurd version or escape; the reader knows the line.
        raise unreadable_yaml(problem, text, reached=loader.line) from problem
    finally:
        loader.dispose()


def _line(event: yaml.Event, *, end: bool = False) -> int:
    mark = event.end_mark if end else event.start_mark
    assert mark is not None, "every event that is read from text has its marks"
    return mark.line + 1

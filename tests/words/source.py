"""Collect the sentences of a Python module: every text that is not for the machine or for programmers.

A new sentence is found wherever it is written. Left out are, by their form or their place: docstrings (not those of
commands, which are their help), SQL, style sheets, time formats, patterns, types, names that values are looked up by or
compared with, and the messages of assertions and of ``MISTAKES_OF_OURS``.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

MISTAKES_OF_OURS = ("AssertionError", "TypeError", "RuntimeError", "KeyError")
"""A person never reads the messages of these: where one gets out, ``cli/unforeseen.py`` says something else."""

_TWO_WORDS = re.compile(r"[A-Za-z}\])',.:;!?] +[A-Za-z{\[(]")
_LABEL = re.compile(r"[A-Z][a-z]{2,}[.?!…:]?|[A-Z]{2,}s")
_SQL = re.compile(
    r"\s*\(?\s*(select|insert|update|delete from|create|alter|drop|pragma|begin immediate|savepoint|release|"
    r"rollback to|primary key|exists \(|when not|case when|from event|and \w+\.|not null)\b"
    r"|\w_id\b|= \?|= :|\bis (not )?null\b|\bold\.|\bor \{also\}|<> '|state (not )?in \(|cross join$|^id, "
)
_STYLE = re.compile(r"[a-z-]+: [^;\n]+; [a-z-]+: ")
_TAG = re.compile(r"<(!doctype|/?[a-z][a-z0-9]*)\b[^>]*>", re.IGNORECASE)
_TIME_FORMAT = re.compile(r"%[A-Za-z]")
_HOLE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Sentence:
    """A text of a module, with ``{plain words}`` where a value comes in; ``raw`` are exceptions put in as they are."""

    module: str
    line: int
    text: str
    raw: tuple[str, ...] = ()

    @property
    def fixed(self) -> str:
        """The text without what comes in."""
        return _HOLE.sub("{}", self.text)


def sentences_of(module: str, source: str) -> list[Sentence]:
    """The sentences of one module in the order of the file, each once."""
    found: dict[str, Sentence] = {}
    for sentence in sorted(_Collector(module, ast.parse(source)).sentences(), key=lambda each: each.line):
        found.setdefault(sentence.text, sentence)
    return list(found.values())


class _Collector:
    def __init__(self, module: str, tree: ast.Module) -> None:
        self.module = module
        self.tree = tree
        self.handled = {
            (id(node), handler.name)
            for handler in ast.walk(tree)
            if isinstance(handler, ast.ExceptHandler) and handler.name
            for node in ast.walk(handler)
        }
        self.left_out = {id(each) for node in ast.walk(tree) for each in _for_the_machine(node)}

    def sentences(self) -> Iterator[Sentence]:
        seen = set(self.left_out)
        for node in ast.walk(self.tree):  # a text before those inside it
            if isinstance(node, ast.FunctionDef) and any(_is_command(each) for each in node.decorator_list):
                yield Sentence(self.module, node.lineno, _one_line(ast.get_docstring(node) or ""))
            if id(node) in seen or not isinstance(node, ast.Constant | ast.JoinedStr):
                continue
            if isinstance(node, ast.JoinedStr):
                seen |= {id(each) for each in _shown(node)}
            text = _one_line(_TAG.sub(" ", _text(node)))
            if _is_for_people(text):
                yield Sentence(self.module, node.lineno, text, tuple(self._raw(node)))

    def _raw(self, text: ast.AST) -> Iterator[str]:
        """The exceptions whose own text is put in a sentence."""
        for hole in ast.walk(text):
            if isinstance(hole, ast.FormattedValue):
                for value in (hole.value, *_choices(hole.value)):
                    if isinstance(value, ast.Attribute) and value.attr == "strerror":
                        yield ast.unparse(value)
                    if isinstance(value, ast.Call) and ast.unparse(value.func) == "str" and value.args:
                        value = value.args[0]  # noqa: PLW2901 - what is written out
                    if isinstance(value, ast.Name) and (id(value), value.id) in self.handled:
                        yield value.id


NOT_SHOWN = ("__all__", "_OTHER_WORDS", "_OTHER_OPTIONS", "MEANT")
"""Tables whose texts are only looked up: exported names, other words that people type for a command."""

FIRST_NOT_SHOWN = ("_COMPLAINTS",)
"""Tables of rows whose first text is only looked up: what a library says, before what we say instead."""


def _looked_up(node: ast.Assign) -> list[ast.AST | None]:
    """What is only looked up of the table that is assigned here."""
    name = ast.unparse(node.targets[0])
    if name in NOT_SHOWN or _called(node.value).endswith("TypeVar"):
        return [node.value]
    if name in FIRST_NOT_SHOWN and isinstance(node.value, ast.Tuple):
        return [row.elts[0] for row in node.value.elts if isinstance(row, ast.Tuple)]
    return []


_APART: dict[type[ast.AST], Callable[[Any], list[ast.AST | None]]] = {
    ast.Expr: lambda node: [node.value] if isinstance(node.value, ast.Constant) else [],
    ast.Assert: lambda node: [node.msg],
    ast.Raise: lambda node: [node.exc] if _called(node.exc) in MISTAKES_OF_OURS else [],
    ast.Call: lambda node: node.args[: {"re": None, "cast": 1}.get(_called(node).partition(".")[0], 0)],
    ast.FormattedValue: lambda node: [node.format_spec],
    ast.arg: lambda node: [node.annotation],
    ast.AnnAssign: lambda node: [node.annotation],
    ast.FunctionDef: lambda node: [node.returns],
    ast.Subscript: lambda node: [node.slice],
    ast.Dict: lambda node: [key for key in node.keys if not _is_heading(key)],
    ast.Compare: lambda node: [node.left, *node.comparators],
    ast.MatchValue: lambda node: [node.value],
    ast.Assign: _looked_up,
}
"""Kind of node -> what is below it that only the machine or a programmer reads."""


def _for_the_machine(node: ast.AST) -> Iterator[ast.AST]:
    for each in _APART.get(type(node), lambda _: [])(node):
        if each is not None:
            yield from ast.walk(each)


def _is_heading(key: ast.AST | None) -> bool:
    """Whether a key of a dictionary is shown, as the parts of a page are: several words with a capital before them."""
    return isinstance(key, ast.Constant) and bool(re.match(r"[A-Z]\w* [a-z]", str(key.value)))


def _called(node: ast.AST | None) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _is_command(decorator: ast.expr) -> bool:
    name = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
    return name.rpartition(".")[2] in {"command", "group"}


def _is_for_people(text: str) -> bool:
    if _SQL.search(text) or _STYLE.search(text) or _TIME_FORMAT.search(text):
        return False
    words = re.search(r"[A-Za-z]{2}", _HOLE.sub("", text)) and _TWO_WORDS.search(_HOLE.sub("{}", text))
    return bool(words or _LABEL.fullmatch(text))


def _text(node: ast.AST) -> str:
    """A text as a person reads it, with ``{plain words}`` for each value."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            f"{{{_name(part.value)}}}" if isinstance(part, ast.FormattedValue) else _text(part) for part in node.values
        )
    return ""


def _choices(value: ast.AST) -> tuple[ast.expr, ...]:
    if isinstance(value, ast.IfExp):
        return value.body, value.orelse
    return tuple(value.values) if isinstance(value, ast.BoolOp) else ()


def _shown(text: ast.JoinedStr) -> Iterator[ast.AST]:
    """What ``_text`` shows of a text itself: its pieces, and the choices between them."""
    waiting: list[ast.AST] = list(text.values)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.FormattedValue):
            waiting += [node.value, *([node.format_spec] if node.format_spec else [])]
        elif isinstance(node, ast.JoinedStr):
            waiting += node.values
        else:
            waiting += _choices(node)


def _name(value: ast.AST) -> str:
    """A value in plain words, such as ``pupil number``."""
    if isinstance(value, ast.Constant | ast.JoinedStr):
        return _text(value).strip() or "nothing"
    if isinstance(value, ast.IfExp | ast.BoolOp):
        return " | ".join(dict.fromkeys(_name(each) for each in _choices(value)))
    if isinstance(value, ast.Name):
        return _plain(value.id)
    if isinstance(value, ast.Attribute):
        owner = value.value
        whose = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
        return _plain(value.attr) if whose in {"", "self", "one", "each", "home"} else _plain(f"{whose} {value.attr}")
    if isinstance(value, ast.Call):
        return _call(value)
    if isinstance(value, ast.Subscript | ast.Starred):
        return _name(value.value)
    if isinstance(value, ast.BinOp):
        return _name(value.left)
    if isinstance(value, ast.GeneratorExp | ast.ListComp | ast.SetComp):
        return _name(value.elt)
    return "..."


def _call(value: ast.Call) -> str:
    called = value.func.attr if isinstance(value.func, ast.Attribute) else ast.unparse(value.func)
    arguments = [*value.args, *(keyword.value for keyword in value.keywords)]
    if called == "counted" and len(value.args) > 1:
        return f"number of {_name(value.args[1])}s"
    if called == "join" and value.args:
        return f"{_name(value.args[0])}, ..."
    if isinstance(value.func, ast.Attribute) and not isinstance(value.func.value, ast.Constant) and not arguments:
        return _name(value.func.value)
    return _name(arguments[0]) if arguments else _plain(called)


def _plain(identifier: str) -> str:
    return re.sub(r"[_ ]+", " ", identifier).strip().lower()


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()

"""Collect the sentences of a Jinja template: its text between tags, the attributes that are read out, and the words in
its expressions; ``{plain words}`` show where a value comes in."""

import re
from html import unescape

from jinja2 import Environment

from .source import Sentence

_READ_OUT = re.compile(r'\b(?:aria-label|title|placeholder|alt|content)="([^"]*[a-z][^"]*)"')
_NOT_READ = re.compile(r"<(style|script|svg|head)\b.*?</\1>", re.DOTALL)
_BREAKS = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|div|section|article|header|footer|nav|main|td|th|tr|table|thead|tbody|caption|form|button|label|"
    r"legend|fieldset|dl|dt|dd|summary|details|option|select|input|textarea|title|html|body|br|figure|figcaption)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_WORDS = re.compile(r"[A-Za-z]{2,}[^\n]* [^\n]*[A-Za-z]|^[A-Z][a-z]{2,}[.?!…:]?$")
_HOLE = re.compile(r"\{[^{}]*\}")
_BREAK, _INSIDE = "\x00", "\x01"


def sentences_of_template(module: str, text: str) -> list[Sentence]:
    """The sentences of one template in the order of the file, each once."""
    found: dict[str, Sentence] = {}
    for line, sentence in _pieces(text):
        tidy = " ".join(unescape(sentence).split())
        if _WORDS.search(_HOLE.sub("", tidy).strip()):
            found.setdefault(tidy, Sentence(module, line, tidy))
    return list(found.values())


def _pieces(text: str) -> list[tuple[int, str]]:
    """The texts with the lines where they begin."""
    flat, spoken = _flattened(text)
    joined, lines = "", []
    for line, value in flat:
        lines.append((len(joined), line))
        joined += value
    joined = _NOT_READ.sub(lambda those: _BREAK * len(those[0]), joined)
    attributes = [(1, each.replace(_BREAK, "")) for each in _READ_OUT.findall(joined)]
    breaks = _BREAKS.sub(lambda tag: _BREAK * len(tag[0]), joined)
    flowing = _TAG.sub(lambda tag: _INSIDE * len(tag[0]), breaks)
    pieces, at = [], 0
    for piece in flowing.split(_BREAK):
        line = max((line for start, line in lines if start <= at), default=1)
        pieces.append((line, piece.replace(_INSIDE, "")))
        at += len(piece) + 1
    return [*pieces, *attributes, *((line, each) for line, each in spoken if " " in each and _reads(each))]


def _flattened(text: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The text with values as ``{plain words}`` and a break for each statement; and the strings of expressions."""
    flat: list[tuple[int, str]] = []
    spoken: list[tuple[int, str]] = []
    names: list[str] | None = None
    for line, kind, value in Environment(autoescape=True).lex(text):
        if kind == "data":
            flat.append((line, value))
        elif kind == "string":
            spoken.append((line, value[1:-1]))
        elif kind == "block_begin":
            flat.append((line, _BREAK))
        elif kind == "variable_begin":
            names = []
        elif kind == "variable_end" and names is not None:
            # ``m`` are the macros: a sign, or a part with words of its own
            flat.append((line, "" if names[:1] == ["m"] else "{" + " ".join(names[:3]).replace("_", " ") + "}"))
            names = None
        elif kind == "name" and names is not None:
            names.append(value)
    return flat, spoken


def _reads(text: str) -> bool:
    """Whether a string of an expression is for people: it has a capital or a full stop, and is no markup or path."""
    return bool(re.match(r"[A-Z]", text)) and "<" not in text and "%" not in text

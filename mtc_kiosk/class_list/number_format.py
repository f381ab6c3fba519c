"""Number formats of Excel: a number as Excel shows it, so that 12 with the format 000000 is read as 000012.

It knows the formats that lists of people have: zeros in front, decimals, thousands, percent, powers of ten, words
beside the number, a section for each sign. Fractions, conditions and other number systems it says it does not know.
Source: ECMA-376 part 1, 18.8.31.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

GENERAL = "General"
_LONGEST_CODE = 255
"""Excel's own bound."""

_LARGEST = 10**15
"""Excel keeps 15 digits: of a larger number the last ones are lost."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general)|(?P<power>E[+-])|(?P<mark>[0#?.,%@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTIONS = re.compile(r'(?:"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[^;])*', re.DOTALL)
_PLAIN_MARKS = frozenset(" -+()$£€:'~{}<>=!^&")
_COLOURS = re.compile(r"(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)", re.IGNORECASE)
_CURRENCY = re.compile(r"\$(?P<sign>[^-]*)(?:-[0-9a-f]*)?", re.IGNORECASE)
_DIGITS = "0#?"
_TEXT_SECTION = 4
_REMEMBERED = 64
"""How many formats are kept taken apart: a list has a few, for thousands of cells."""


class _NotUnderstood(ValueError):
    """A format beyond those that are known here."""


@dataclass(frozen=True)
class _Piece:
    """A part of a section: a ``mark`` of one character, or words shown as they are."""

    mark: str
    words: str = ""


def general(value: float) -> str:
    """A number without a format: no point behind a whole number; a power of ten where digits are lost."""
    if abs(value) >= _LARGEST:
        return f"{value:.5E}"
    return str(int(value)) if float(value).is_integer() else f"{value:.15g}"


def number_shown(value: float, code: str) -> str | None:
    """The number as Excel shows it with this format; None where the format is not one of those known here."""
    if len(code) > _LONGEST_CODE:
        return None
    sections = _sections(code)
    place = (1 if value < 0 else 2 if value == 0 else 0) if len(sections) > 1 else 0
    place = place if place < min(len(sections), 3) else 0
    signed = value < 0 and place == 0
    try:
        pieces = _pieces(sections[place])
        return (("-" if signed else "") + _filled(pieces, abs(value))).strip()
    except _NotUnderstood:
        return None


def text_shown(text: str, code: str) -> str:
    """A text as Excel shows it: a format may hide it or set words beside it."""
    sections = _sections(code) if len(code) <= _LONGEST_CODE else ()
    if len(sections) < _TEXT_SECTION and not (sections and "@" in sections[-1]):
        return text
    try:
        pieces = _pieces(sections[-1])
    except _NotUnderstood:
        return text
    return "".join(text if piece.mark == "@" else piece.words for piece in pieces)


@lru_cache(_REMEMBERED)
def _sections(code: str) -> tuple[str, ...]:
    found = []
    place = 0
    while place <= len(code):
        section = _SECTIONS.match(code, place)
        end = section.end() if section else len(code)
        found.append(code[place:end])
        place = end + 1
    return tuple(found)


@lru_cache(_REMEMBERED)
def _pieces(section: str) -> tuple[_Piece, ...]:
    return tuple(piece for token in _TOKEN.finditer(section) if (piece := _piece(token)) is not None)


def _piece(token: re.Match[str]) -> _Piece | None:
    kind, text = token.lastgroup, token[token.lastgroup or 0]
    match kind:
        case "quoted" | "escaped":
            return _Piece("", text)
        case "gap":
            return _Piece("", " ")
        case "fill":
            return None
        case "bracket":
            return _bracket(text)
        case "general" | "power":
            return _Piece("G" if kind == "general" else "E")
        case "mark":
            return _Piece(text, "%" if text == "%" else "")
        case _ if text in _PLAIN_MARKS:
            return _Piece("", text)
    raise _NotUnderstood


def _bracket(text: str) -> _Piece | None:
    if _COLOURS.fullmatch(text):
        return None
    if sign := _CURRENCY.fullmatch(text):
        return _Piece("", sign["sign"])
    raise _NotUnderstood


def _filled(pieces: tuple[_Piece, ...], value: float) -> str:
    """The pieces of a section with the digits of a number, not below zero, in their places."""
    marks = "".join(piece.mark for piece in pieces)
    if "G" in marks or "@" in marks:
        return "".join(general(value) if piece.mark in ("G", "@") else piece.words for piece in pieces)
    if not any(mark in _DIGITS for mark in marks):
        return "".join(piece.words for piece in pieces)
    value_shown = Decimal(repr(value)) * 100 ** marks.count("%")
    if value_shown >= _LARGEST:
        raise _NotUnderstood
    if "E" in marks:
        return _power(marks, value_shown)
    whole, point, decimals = marks.partition(".")
    scaled = whole.replace("%", "")
    value_shown /= 1000 ** (len(scaled) - len(scaled.rstrip(",")))
    digits = sum(mark in _DIGITS for mark in decimals)
    rounded = value_shown.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    return _laid_out(pieces, _whole_digits(scaled.rstrip(","), left), _decimal_digits(decimals, right), bool(point))


def _power(marks: str, value: Decimal) -> str:
    whole, _, decimals = marks.partition("E")[0].partition(".")
    if len(whole) != 1:
        raise _NotUnderstood
    return f"{float(value):.{len(decimals)}E}"


def _whole_digits(marks: str, digits: str) -> list[str]:
    """What stands at each place for a digit before the point."""
    places = marks.replace(",", "")
    needed = len(places) - places.index("0") if "0" in places else 0
    digits = ("" if digits == "0" else digits).rjust(needed, "0")
    if "," in marks:
        digits = _with_commas(digits)
        return [*[""] * (len(places) - 1), digits] if places else []
    spare = len(digits) - len(places)
    if spare >= 0:
        return [digits[: spare + 1], *digits[spare + 1 :]] if places else []
    return [*(" " if mark == "?" else "" for mark in places[:-spare]), *digits]


def _with_commas(digits: str) -> str:
    first = len(digits) % 3
    groups = [digits[:first], *(digits[place : place + 3] for place in range(first, len(digits), 3))]
    return ",".join(filter(None, groups))


def _decimal_digits(marks: str, digits: str) -> list[str]:
    """What stands at each place for a digit behind the point: zeros at the end only where the format has them."""
    places = [mark for mark in marks if mark in _DIGITS]
    shown = list(digits)
    for place in range(len(places) - 1, -1, -1):
        if places[place] == "0" or shown[place] != "0":
            break
        shown[place] = " " if places[place] == "?" else ""
    return shown


def _laid_out(pieces: tuple[_Piece, ...], whole: list[str], decimals: list[str], pointed: bool) -> str:
    waiting = iter([*whole, *decimals])
    text = []
    for piece in pieces:
        if piece.mark and piece.mark in _DIGITS:
            text.append(next(waiting, ""))
        elif piece.mark == "." and pointed:
            text.append(".")
        else:
            text.append(piece.words)
    return "".join(text)

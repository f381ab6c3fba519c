"""Colours by role and sizes of type by portion. It knows no screen; a colour scheme is data.

Roles and the default scheme follow the look: warm paper, dark blue ink, one teal to press, one yellow for focus and
practice. Every role that words are written in has at least 7:1 on every role it is written on.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from mtc_kiosk.kiosk.fonts import Colour, Weight


class Type(StrEnum):
    """What a line of words is for."""

    SUM = "sum"
    HEADING = "heading"
    TITLE = "title"  # the heading of a list
    NUMBER = "number"  # the number on a card
    BUTTON = "button"
    TEXT = "text"
    SMALL = "small"
    CARD = "card"  # the words below it
    QUIET = "quiet"  # a quiet button
    ROW = "row"  # a button of the staff page
    BADGE = "badge"
    KEY = "key"  # a digit of the pad, by the lesser side of its key
    ENTER = "enter"  # the word on the pad, by the lesser side of its key
    COUNT = "count"  # the seconds left


@dataclass(frozen=True)
class Face:
    """A portion of the page's height (of the key, on the pad), and a weight."""

    portion: Fraction
    weight: Weight = Weight.REGULAR


@dataclass(frozen=True)
class Theme:
    """One scheme of colours, and the type."""

    name: str
    paper: Colour
    card: Colour
    ink: Colour
    soft: Colour
    line: Colour
    key: Colour
    key_edge: Colour
    on_key: Colour
    mark: Colour
    mark_edge: Colour
    on_mark: Colour
    focus: Colour
    on_focus: Colour

    def face(self, kind: Type) -> Face:
        """The portion and weight of a kind of type."""
        return FACES[kind]


FACES = {
    Type.SUM: Face(Fraction(1, 6)),
    Type.HEADING: Face(Fraction(1, 12), Weight.BOLD),
    Type.TITLE: Face(Fraction(1, 16), Weight.BOLD),
    Type.NUMBER: Face(Fraction(1, 12), Weight.BOLD),
    Type.BUTTON: Face(Fraction(1, 20), Weight.BOLD),
    Type.TEXT: Face(Fraction(1, 24)),
    Type.SMALL: Face(Fraction(1, 29)),
    Type.CARD: Face(Fraction(1, 26)),
    Type.QUIET: Face(Fraction(1, 26)),
    Type.ROW: Face(Fraction(1, 26), Weight.BOLD),
    Type.BADGE: Face(Fraction(1, 29), Weight.BOLD),
    Type.KEY: Face(Fraction(3, 5)),
    Type.ENTER: Face(Fraction(1, 4), Weight.BOLD),
    Type.COUNT: Face(Fraction(1, 19), Weight.BOLD),
}

EXERCISE_BOOK = Theme(
    name="exercise book",
    paper=(0xFB, 0xF8, 0xF2),
    card=(0xFF, 0xFF, 0xFF),
    ink=(0x16, 0x23, 0x3B),
    soft=(0x42, 0x4E, 0x66),
    line=(0xD9, 0xD3, 0xC7),
    key=(0xE9, 0xEE, 0xF6),
    key_edge=(0xBA, 0xC7, 0xDA),
    on_key=(0x16, 0x23, 0x3B),
    mark=(0x0B, 0x5E, 0x63),
    mark_edge=(0x06, 0x3B, 0x3F),
    on_mark=(0xFF, 0xFF, 0xFF),
    focus=(0xF6, 0xC6, 0x67),
    on_focus=(0x16, 0x23, 0x3B),
)

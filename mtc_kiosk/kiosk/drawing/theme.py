"""Colours by role, sizes of type by proportion, and how a pupil's own look changes both.

Roles and the default scheme follow the sketches: warm paper, dark blue ink, one teal for buttons, one yellow for focus
and practice. Every role used for words has a contrast of at least 7:1 on every role it is written on.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from mtc_kiosk.check.arrangements import Colours, Countdown, Look, Size, Typeface
from mtc_kiosk.kiosk.drawing.fonts import Colour, Weight


class TextRole(StrEnum):
    """The purpose of a line of words."""

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
class TextStyle:
    """A proportion of the page's height (on the pad: of the key), a weight and a typeface."""

    portion: Fraction
    weight: Weight = Weight.REGULAR
    typeface: Typeface = Typeface.ANDIKA


class Pad(StrEnum):
    """Where the pad of a question is."""

    RIGHT = "right"
    LEFT = "left"
    NONE = "none"


@dataclass(frozen=True)
class FitStep:
    """How far a page reduces its type if its words do not fit at the wanted size.

    ``grown`` is how many hundredths of the way from regular to a larger size the words go, ``shrunk`` what remains of
    that; a ``plain`` page drops a picture that is only decoration.
    """

    grown: int = 100
    shrunk: int = 100
    plain: bool = False


FULL_SIZE = FitStep()


@dataclass(frozen=True)
class Theme:
    """One scheme of colours, the type, and the rest of a look that is not layout.

    ``outlined``: keys, buttons and the focus ring are drawn with a line, as a scheme of two colours has no third.
    """

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
    badge: Colour
    on_badge: Colour
    outlined: bool = False
    size: Size = Size.RGL
    typeface: Typeface = Typeface.ANDIKA
    countdown: Countdown = Countdown.NUMBER
    pad: Pad = Pad.RIGHT

    @property
    def geometry(self) -> "Theme":
        """A theme that gives every mark the same place as this one, whatever its colours."""
        return _geometry(self.size, self.typeface, self.pad)

    def face(self, kind: TextRole, fit: FitStep = FULL_SIZE) -> TextStyle:
        """The proportion, weight and typeface of a kind of type at the theme's size."""
        return face_of(kind, self.size, self.typeface, fit)


FACES = {
    TextRole.SUM: TextStyle(Fraction(1, 6)),
    TextRole.HEADING: TextStyle(Fraction(1, 12), Weight.BOLD),
    TextRole.TITLE: TextStyle(Fraction(1, 16), Weight.BOLD),
    TextRole.NUMBER: TextStyle(Fraction(1, 12), Weight.BOLD),
    TextRole.BUTTON: TextStyle(Fraction(1, 20), Weight.BOLD),
    TextRole.TEXT: TextStyle(Fraction(1, 24)),
    TextRole.SMALL: TextStyle(Fraction(1, 29)),
    TextRole.CARD: TextStyle(Fraction(1, 26)),
    TextRole.QUIET: TextStyle(Fraction(1, 26)),
    TextRole.ROW: TextStyle(Fraction(1, 26), Weight.BOLD),
    TextRole.BADGE: TextStyle(Fraction(1, 29), Weight.BOLD),
    TextRole.KEY: TextStyle(Fraction(3, 5)),
    TextRole.ENTER: TextStyle(Fraction(1, 4), Weight.BOLD),
    TextRole.COUNT: TextStyle(Fraction(1, 19), Weight.BOLD),
}


def _ratios(*sizes: int) -> dict[Size, Fraction]:
    """Six sizes as ratios to the regular one."""
    return {size: Fraction(px, sizes[2]) for size, px in zip(Size, sizes, strict=True)}


# The national service's sizes in pixels (docs/reference/pupil-client.md, "Sizes"), of which only the ratios are used.
COPY = _ratios(12, 14, 19, 24, 28, 36)
TITLE = _ratios(24, 36, 48, 60, 72, 96)
SUM = _ratios(40, 60, 80, 100, 120, 160)
KEY_WIDTH = _ratios(60, 70, 100, 100, 125, 163)
KEY_HEIGHT = _ratios(44, 50, 70, 70, 70, 70)
KEY_DIGIT = _ratios(19, 28, 36, 48, 56, 72)
KEY_WORD = _ratios(14, 21, 28, 35, 42, 56)
RATIOS = {
    TextRole.SUM: SUM,
    TextRole.HEADING: TITLE,
    TextRole.TITLE: TITLE,
    TextRole.NUMBER: TITLE,
    # On a key the proportion is of the key.
    TextRole.KEY: {size: KEY_DIGIT[size] / KEY_HEIGHT[size] for size in Size},
    TextRole.ENTER: {size: KEY_WORD[size] / KEY_HEIGHT[size] for size in Size},
}
MOST_OF_A_KEY = Fraction(17, 20)


@lru_cache(maxsize=1024)
def face_of(kind: TextRole, size: Size, typeface: Typeface, fit: FitStep) -> TextStyle:
    """A kind of type at a size, in a typeface, reduced by ``fit``."""
    plain = FACES[kind]
    ratio = RATIOS.get(kind, COPY)[size]
    if ratio > 1:
        ratio = 1 + (ratio - 1) * fit.grown / 100
    portion = plain.portion * ratio * fit.shrunk / 100
    return TextStyle(portion, plain.weight, typeface)


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
    badge=(0xF6, 0xC6, 0x67),
    on_badge=(0x16, 0x23, 0x3B),
)


def _two_tone(name: str, ink: Colour, paper: Colour, middle: Colour) -> Theme:
    """A scheme of the national service: two colours for words; ``middle`` has 3:1 on both, and no words."""
    return Theme(
        name=name,
        paper=paper,
        card=paper,
        ink=ink,
        soft=ink,
        line=middle,
        key=paper,
        key_edge=ink,
        on_key=ink,
        mark=ink,
        mark_edge=middle,
        on_mark=paper,
        focus=paper,
        badge=ink,
        on_badge=paper,
        outlined=True,
    )


# Text and ground are the national service's (docs/reference/pupil-client.md, "Colours").
SCHEMES = {
    Colours.BOW: _two_tone("black on white", (0, 0, 0), (0xFF, 0xFF, 0xFF), (0x8F, 0x8F, 0x8F)),
    Colours.YOB: _two_tone("yellow on black", (0xFF, 0xFF, 0), (0, 0, 0), (0x7A, 0x7A, 0)),
    Colours.BOB: _two_tone("black on blue", (0, 0, 0), (0x96, 0xAD, 0xFC), (0x4B, 0x5A, 0x97)),
    Colours.BOP: _two_tone("black on peach", (0, 0, 0), (0xED, 0xD1, 0xB0), (0x8A, 0x6D, 0x4C)),
    Colours.BOC: _two_tone("blue on cream", (0, 0, 0x8B), (0xFF, 0xF5, 0xCD), (0x80, 0x80, 0xA8)),
}


@lru_cache(maxsize=64)
def _geometry(size: Size, typeface: Typeface, pad: Pad) -> Theme:
    return replace(EXERCISE_BOOK, size=size, typeface=typeface, pad=pad)


@lru_cache(maxsize=64)
def theme_of(look: Look, *, no_pad: bool = False) -> Theme:
    """The theme for a look; without colours of its own it is the exercise book."""
    pad = Pad.NONE if no_pad else Pad.LEFT if look.pad_on_left else Pad.RIGHT
    scheme = SCHEMES[look.colours] if look.colours is not None else EXERCISE_BOOK
    return replace(scheme, size=look.size, typeface=look.typeface, countdown=look.countdown, pad=pad)

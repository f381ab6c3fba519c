"""The few drawings, as shapes in a square of 1000 by 1000, with tones instead of colours."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

Points = tuple[tuple[int, int], ...]


class Tone(IntEnum):
    """Which of a picture's colours a shape has; a picture with fewer tones has fewer colours."""

    LINE = 0
    PALE = 1
    WHITE = 2
    BRIGHT = 3
    DEEP = 4


@dataclass(frozen=True)
class Stroke:
    """A line of ``width`` with round ends and joints."""

    points: Points
    width: int
    tone: Tone = Tone.LINE


@dataclass(frozen=True)
class Area:
    """A filled polygon."""

    points: Points
    tone: Tone = Tone.LINE


Shape = Stroke | Area


class Drawing(StrEnum):
    """Every drawing by name."""

    BACKSPACE = "backspace"
    TICK = "tick"
    SPEAKER = "speaker"
    KEYBOARD = "keyboard"
    BOOK = "book"
    SUMMIT = "summit"
    HILL_1 = "hill_1"
    HILL_2 = "hill_2"
    HILL_3 = "hill_3"
    HILL_4 = "hill_4"
    HILL_5 = "hill_5"


HILLS = (Drawing.HILL_1, Drawing.HILL_2, Drawing.HILL_3, Drawing.HILL_4, Drawing.HILL_5)

_BACKSPACE: tuple[Shape, ...] = (
    Stroke(((330, 220), (920, 220), (920, 780), (330, 780), (80, 500), (330, 220)), 70),
    Stroke(((480, 380), (720, 620)), 70),
    Stroke(((720, 380), (480, 620)), 70),
)
_TICK: tuple[Shape, ...] = (Stroke(((180, 540), (400, 760), (820, 270)), 130),)
_SPEAKER: tuple[Shape, ...] = (
    Area(((90, 380), (270, 380), (500, 190), (500, 810), (270, 620), (90, 620))),
    Stroke(((90, 380), (270, 380), (500, 190), (500, 810), (270, 620), (90, 620), (90, 380)), 50),
    Stroke(((640, 380), (690, 440), (705, 500), (690, 560), (640, 620)), 70),
    Stroke(((760, 260), (850, 370), (885, 500), (850, 630), (760, 740)), 70),
)
_CASE: Points = ((60, 240), (940, 240), (940, 760), (60, 760), (60, 240))
_KEYS: tuple[Shape, ...] = tuple(
    Stroke(((left, top), (left + 30, top)), 64) for top in (360, 490) for left in range(170, 830, 105)
)
_KEYBOARD: tuple[Shape, ...] = (
    Area(_CASE, Tone.WHITE),
    Stroke(_CASE, 34),
    *_KEYS,
    Stroke(((185, 630), (205, 630)), 64),
    Stroke(((310, 630), (690, 630)), 64, Tone.DEEP),
    Stroke(((795, 630), (815, 630)), 64),
)

# An exercise book, a little askew, and a pencil on it.
_BOOK: tuple[Shape, ...] = (
    Area(((150, 150), (700, 90), (790, 830), (240, 900)), Tone.DEEP),
    Area(((350, 300), (620, 270), (640, 440), (370, 470)), Tone.WHITE),
    Stroke(((350, 300), (620, 270), (640, 440), (370, 470), (350, 300)), 22),
    Stroke(((420, 354), (566, 338)), 20),
    Stroke(((430, 410), (520, 400)), 20),
    Stroke(((245, 142), (335, 887)), 22),
    Stroke(((150, 150), (700, 90), (790, 830), (240, 900), (150, 150)), 28),
    Area(((860, 310), (940, 365), (650, 785), (570, 730)), Tone.BRIGHT),
    Area(((570, 730), (650, 785), (540, 860)), Tone.WHITE),
    Stroke(((860, 310), (940, 365), (650, 785), (540, 860), (570, 730), (860, 310)), 26),
    Stroke(((570, 730), (650, 785)), 20),
    Stroke(((822, 366), (902, 421)), 20),
    Area(((549, 818), (577, 838), (540, 860))),
)
_GROUND = Stroke(((50, 900), (950, 900)), 40)


def shapes(drawing: Drawing) -> tuple[Shape, ...]:
    """The shapes of a drawing, the lowest first."""
    match drawing:
        case Drawing.BACKSPACE:
            return _BACKSPACE
        case Drawing.TICK:
            return _TICK
        case Drawing.SPEAKER:
            return _SPEAKER
        case Drawing.KEYBOARD:
            return _KEYBOARD
        case Drawing.BOOK:
            return _BOOK
        case Drawing.SUMMIT:
            return (*_slope(680, 540, 270, Tone.WHITE), *_slope(390, 680, 510, Tone.PALE), _GROUND, *_flag(390, 390))
        case _:
            height = 30 + 150 * HILLS.index(drawing)
            return (*_slope(500, 900, height, Tone.PALE), _GROUND, *_flag(500, 900 - height))


def _slope(middle: int, width: int, height: int, tone: Tone) -> tuple[Shape, ...]:
    left, steps = middle - width // 2, 40
    outline = tuple(
        (left + width * step // steps, 900 - height * _swell(step * 1000 // steps) // 1000) for step in range(steps + 1)
    )
    return Area((*outline, (left + width, 900), (left, 900)), tone), Stroke(outline, 40)


def _flag(left: int, top: int) -> tuple[Shape, ...]:
    cloth = ((left, top - 215), (left + 180, top - 150), (left, top - 85))
    return Stroke(((left, top), (left, top - 200)), 34), Area(cloth, Tone.BRIGHT), Stroke((*cloth, cloth[0]), 26)


def _swell(along: int) -> int:
    """A smooth rise and fall: 0 at 0 and 1000, 1000 in the middle; two parabolas on each side."""
    from_end = min(along, 1000 - along)
    return from_end**2 // 125 if from_end <= 250 else 1000 - (500 - from_end) ** 2 // 125

"""The few drawings, as shapes in a square of 1000 by 1000. It knows no colours and no pixels."""

from dataclasses import dataclass
from enum import StrEnum

Points = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Stroke:
    """A line of ``width`` with round ends and joints; ``colour`` is a number in the picture's colours."""

    points: Points
    width: int
    colour: int = 0


@dataclass(frozen=True)
class Area:
    """A filled polygon."""

    points: Points
    colour: int = 0


@dataclass(frozen=True)
class Disc:
    """A filled circle."""

    centre: tuple[int, int]
    radius: int
    colour: int = 0


Shape = Stroke | Area | Disc


class Drawing(StrEnum):
    """Every drawing by name."""

    BACKSPACE = "backspace"
    TICK = "tick"
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


def shapes(drawing: Drawing) -> tuple[Shape, ...]:
    """The shapes of a drawing, the lowest first."""
    match drawing:
        case Drawing.BACKSPACE:
            return _BACKSPACE
        case Drawing.TICK:
            return _TICK
        case _:
            return _hill(HILLS.index(drawing) + 1)


def _hill(steepness: int) -> tuple[Shape, ...]:
    """A hill to climb, from nearly flat (1) to steep (5), with a flag on its top: how hard it was, and no face."""
    height = 30 + 150 * (steepness - 1)
    top = 900 - height
    slope = tuple((50 + 45 * step, 900 - height * _swell(step) // 1000) for step in range(21))
    return (
        Area((*slope, (950, 900), (50, 900)), 1),
        Stroke(slope, 40, 0),
        Stroke(((50, 900), (950, 900)), 40, 0),
        Stroke(((500, top), (500, top - 200)), 34, 0),
        Area(((500, top - 215), (680, top - 150), (500, top - 85)), 2),
        Stroke(((500, top - 215), (680, top - 150), (500, top - 85)), 26, 0),
    )


def _swell(step: int) -> int:
    """A smooth rise and fall over 20 steps, 0 to 1000: two parabolas on each side."""
    from_end = min(step, 20 - step)
    return 20 * from_end**2 if from_end <= 5 else 1000 - 20 * (10 - from_end) ** 2

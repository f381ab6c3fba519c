"""The four kinds of marks a screen is made of, in the order they are painted: text, box, bar, picture.

A mark has a position in pixels and resolved colours. Two equal tuples of marks look the same. ``paint`` draws them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mtc_kiosk.kiosk.drawing.fonts import Colour, Style
from mtc_kiosk.kiosk.drawing.icons import Drawing
from mtc_kiosk.kiosk.view.controls import Control, ScreenKey


class Rect(NamedTuple):
    """A rectangle in pixels; ``x`` and ``y`` are its upper left corner, its right and bottom edges lie outside it."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.h

    @property
    def middle(self) -> tuple[int, int]:
        """Its centre."""
        return self.x + self.w // 2, self.y + self.h // 2

    def grown(self, by: int) -> "Rect":
        """The same rectangle with ``by`` pixels more on each side (fewer when negative)."""
        return Rect(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def moved(self, x: int, y: int) -> "Rect":
        """The same rectangle elsewhere."""
        return Rect(self.x + x, self.y + y, self.w, self.h)

    def meets(self, other: "Rect") -> bool:
        """Whether the two share a pixel."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: "Rect") -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


@dataclass(frozen=True)
class Text:
    """One line of words. ``rect`` is where its pixels are, ``pen`` the start of its baseline."""

    rect: Rect
    text: str
    style: Style
    colour: Colour
    pen: tuple[int, int]


@dataclass(frozen=True)
class Box:
    """A rounded box: ``border`` pixels of ``line`` around ``fill``.

    With ``depth`` it is raised on an edge of ``edge``, that many pixels high, within ``rect``; a ``sunk`` box is
    pressed down over its edge. ``rect`` never changes with ``sunk``, so a press that sinks it still lies inside it.
    """

    rect: Rect
    radius: int
    fill: Colour
    line: Colour | None = None
    border: int = 0
    edge: Colour | None = None
    depth: int = 0
    sunk: bool = False
    control: Control | None = None


@dataclass(frozen=True)
class Bar:
    """A row of ``parts`` rounded blocks ``gap`` pixels apart, the first ``filled`` of them in ``fill``."""

    rect: Rect
    parts: int
    filled: int
    gap: int
    fill: Colour
    track: Colour


@dataclass(frozen=True)
class Picture:
    """A small drawing; ``colours`` are those of its tones, in the tones' order."""

    rect: Rect
    drawing: Drawing
    colours: tuple[Colour, ...]


Mark = Text | Box | Bar | Picture


def hit(marks: Sequence[Mark], x: int, y: int) -> Control | None:
    """The topmost control under the pixel, or None."""
    for mark in reversed(marks):
        if isinstance(mark, Box) and mark.control is not None and mark.rect.holds(Rect(x, y, 1, 1)):
            return mark.control
    return None


def controls(marks: Sequence[Mark]) -> tuple[Control, ...]:
    """The controls that the keyboard can reach, in reading order; not the pad's keys, as the keyboard has its own."""
    return tuple(
        mark.control
        for mark in marks
        if isinstance(mark, Box) and mark.control is not None and not isinstance(mark.control, ScreenKey)
    )

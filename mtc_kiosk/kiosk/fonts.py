"""Andika by size and weight: measures words, breaks them into lines, and renders them once each.

It knows glyphs and pixels, nothing of screens or colours' meaning. What it keeps lives in the object and is bounded.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum

import pygame

from mtc_kiosk.resources import asset

Colour = tuple[int, int, int]

# Andika draws "fi" as one sign; a new reader should see two letters. The joiner between them has no width.
_APART = {"fi": "f\u200ci", "fl": "f\u200cl", "ff": "f\u200cf"}


class Weight(StrEnum):
    """The two faces that ship; the value is the end of the file's name."""

    REGULAR = "Regular"
    BOLD = "Bold"


@dataclass(frozen=True)
class Style:
    """A size in pixels (the em) and a weight."""

    size: int
    weight: Weight = Weight.REGULAR


@dataclass(frozen=True)
class Ink:
    """Where the pixels of a word are, from the start of its baseline; above it ``top`` is negative."""

    left: int
    top: int
    width: int
    height: int


class Surfaces:
    """Rendered surfaces by key, the longest unused dropped first once they hold more than ``limit`` pixels."""

    def __init__(self, limit: int = 16_000_000) -> None:
        self._limit = limit
        self._pixels = 0
        self._kept: OrderedDict[Hashable, pygame.Surface] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """The surface of this key, made the first time it is asked for."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        made = make()
        self._kept[key] = made
        self._pixels += made.get_width() * made.get_height()
        while self._pixels > self._limit and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._pixels -= dropped.get_width() * dropped.get_height()
        return made


class Fonts:
    """Every size of Andika that a screen asks for."""

    def __init__(self) -> None:
        pygame.font.init()
        self._files = {weight: asset("fonts", f"Andika-{weight}.ttf") for weight in Weight}
        self._fonts: dict[Style, pygame.Font] = {}
        self._inks: dict[tuple[str, Style], Ink] = {}
        self._widths: dict[tuple[str, Style], int] = {}
        self.surfaces = Surfaces()

    def width(self, text: str, style: Style) -> int:
        """How far the pen moves over ``text``, in pixels."""
        key = (text, style)
        if key not in self._widths:
            _make_room(self._widths)
            self._widths[key] = self._font(style).size(_apart(text))[0]
        return self._widths[key]

    def ink(self, text: str, style: Style) -> Ink:
        """The pixels that ``text`` touches, from its pen position on the baseline."""
        key = (text, style)
        if key not in self._inks:
            _make_room(self._inks)
            drawn = self.rendered(text, style, (0, 0, 0)).get_bounding_rect()
            self._inks[key] = Ink(drawn.x, drawn.y - self.ascent(style), drawn.width, drawn.height)
        return self._inks[key]

    def ascent(self, style: Style) -> int:
        """From the top of a rendered surface to its baseline, in pixels."""
        return self._font(style).get_ascent()

    def digit_height(self, style: Style) -> int:
        """The height of a flat-topped digit above the baseline; capitals are as tall."""
        return -self.ink("7", style).top

    def rendered(self, text: str, style: Style, colour: Colour) -> pygame.Surface:
        """``text`` on a clear surface, anti-aliased; its baseline is ``ascent`` below the top."""
        return self.surfaces.get(
            ("text", text, style, colour), lambda: self._font(style).render(_apart(text), True, colour)
        )

    def lines(self, sentence: str, style: Style, width: int) -> tuple[str, ...]:
        """``sentence`` in as few lines as fit ``width``, of lengths as even as can be, so that no word stands alone."""
        words = sentence.split()
        fewest = len(self._filled(words, style, width))
        low, high = max((self.width(word, style) for word in words), default=0), width
        while low < high:
            middle = (low + high) // 2
            if len(self._filled(words, style, middle)) <= fewest:
                high = middle
            else:
                low = middle + 1
        return self._filled(words, style, max(low, high))

    def _filled(self, words: list[str], style: Style, width: int) -> tuple[str, ...]:
        lines: list[str] = []
        for word in words:
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, style) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(lines)

    def _font(self, style: Style) -> pygame.Font:
        if style not in self._fonts:
            self._fonts[style] = pygame.font.Font(self._files[style.weight], style.size)
        return self._fonts[style]


def _make_room(kept: dict[tuple[str, Style], int] | dict[tuple[str, Style], Ink], most: int = 4096) -> None:
    if len(kept) >= most:
        kept.clear()


def _apart(text: str) -> str:
    for joined, parted in _APART.items():
        text = text.replace(joined, parted)
    return text

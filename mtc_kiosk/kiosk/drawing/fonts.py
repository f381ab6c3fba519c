"""Type by typeface, size and weight: measure words, break them into lines, and render each once.

The caches belong to the object and are limited in size.
"""

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import takewhile

import pygame

from mtc_kiosk.check.arrangements import Typeface
from mtc_kiosk.resources import asset

Colour = tuple[int, int, int]

# Andika draws "fi" as one sign; a new reader should see two letters. The joiner between them has no width.
_APART = {"fi": "f\u200ci", "fl": "f\u200cl", "ff": "f\u200cf"}


class Weight(StrEnum):
    """The two weights that ship; the value is the end of the file's name."""

    REGULAR = "Regular"
    BOLD = "Bold"


FILES = {
    Typeface.ANDIKA: "Andika-{}.ttf",
    Typeface.ATKINSON: "AtkinsonHyperlegible-{}.ttf",
    Typeface.OPENDYSLEXIC: "OpenDyslexic-{}.otf",
}
DIGITS = "0123456789"
HIGHEST = "lfQgjy"  # reaches as high and as low as any word
_IN_NO_FACE = "\ue000"  # drawn as the sign for "no such letter"
_MARK = object()

_MOST_KEPT = 4096
"""Widths, and inks, that are kept."""

MOST_OPEN = 12
"""How many fonts (a typeface at a size) stay open: a question needs 10 at most.

Each keeps a file open and every glyph it has drawn. All looks together need some 500, which took 85 MB.
"""

ROOM = Fraction(3, 4)
"""How many times the display's pixels may be kept as surfaces.

The questions of a check in the largest size need two thirds of the display's pixels; the rest is for what is typed and
for the page that is open.
"""


@dataclass(frozen=True)
class Style:
    """A size in pixels (the em), a weight and a typeface; part of a mark, so that comparing marks notices a change."""

    size: int
    weight: Weight = Weight.REGULAR
    typeface: Typeface = Typeface.ANDIKA


@dataclass(frozen=True)
class Ink:
    """Where a word's pixels are, from the start of its baseline; ``top`` is negative above it."""

    left: int
    top: int
    width: int
    height: int


class Surfaces:
    """Rendered surfaces by key; above ``limit`` pixels, the longest unused go first.

    Surfaces made within ``ahead`` go last: a number prepared for question 20 has not been used yet, and must not make
    way for what is typed in 19 questions.
    """

    def __init__(self, limit: int = 4_000_000) -> None:
        self.limit = limit
        self._pixels = 0
        self._kept: OrderedDict[Hashable, pygame.Surface] = OrderedDict()
        self._ahead: frozenset[Hashable] = frozenset()

    def get(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """The surface for this key, made on first use."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        made = make()
        self.put(key, made)
        return made

    def put(self, key: Hashable, made: pygame.Surface) -> None:
        """Keep a surface, replacing one with the same key."""
        if key in self._kept:
            self._pixels -= _pixels(self._kept.pop(key))
        self._kept[key] = made
        self._pixels += _pixels(made)
        self._drop_oldest()

    @contextmanager
    def ahead(self) -> Iterator[None]:
        """Surfaces requested within the block are made ahead for a check, replacing those for the check before."""
        self._ahead = frozenset()
        self._kept[_MARK] = pygame.Surface((0, 0))
        try:
            yield
        finally:
            # Whatever was requested since has moved after the mark.
            self._ahead = frozenset(takewhile(lambda key: key is not _MARK, reversed(self._kept)))
            self._kept.pop(_MARK, None)

    def _drop_oldest(self) -> None:
        spared = 0
        while self._pixels > self.limit and len(self._kept) > 1:
            key, oldest = self._kept.popitem(last=False)
            if key in self._ahead and spared < len(self._ahead):
                self._kept[key] = oldest
                spared += 1
            else:
                self._pixels -= _pixels(oldest)

    @property
    def made_ahead(self) -> Set[Hashable]:
        """The keys of surfaces made ahead, still kept or not."""
        return self._ahead

    @property
    def kept(self) -> Set[Hashable]:
        """The keys of the surfaces kept."""
        return frozenset(self._kept)

    @property
    def pixels(self) -> int:
        """How many pixels are kept."""
        return self._pixels


class Fonts:
    """Every typeface, size and weight that a screen asks for."""

    def __init__(self) -> None:
        pygame.font.init()
        self._fonts: OrderedDict[Style, pygame.Font] = OrderedDict()
        self._inks: dict[tuple[str, Style], Ink] = {}
        self._widths: dict[tuple[str, Style], int] = {}
        self.surfaces = Surfaces()

    def forget(self) -> None:
        """Drop everything measured and rendered: a display of another size needs other sizes of type."""
        for kept in (self._fonts, self._inks, self._widths):
            kept.clear()
        self.surfaces = Surfaces(self.surfaces.limit)

    def make_room_for(self, display: tuple[int, int]) -> None:
        """Keep as much as a display of this size needs, and no more."""
        self.surfaces.limit = int(display[0] * display[1] * ROOM)

    @property
    def open(self) -> int:
        """How many fonts are open."""
        return len(self._fonts)

    def width(self, text: str, style: Style) -> int:
        """How far the pen moves over ``text``, in pixels."""
        key = (text, style)
        if key not in self._widths:
            _make_room(self._widths)
            font, written = self._able(text, style)
            self._widths[key] = font.size(written)[0]
        return self._widths[key]

    def ink(self, text: str, style: Style, colour: Colour = (0, 0, 0)) -> Ink:
        """The pixels that ``text`` touches; ``colour`` only chooses which rendering to keep for painting."""
        key = (text, style)
        if key not in self._inks:
            self.surfaces.put(("text", text, style, colour), self._render(text, style, colour))
        return self._inks[key]

    def digit_width(self, style: Style) -> int:
        """How far the pen moves over the widest digit; not every typeface has digits of one width."""
        key = ("widest digit", style)
        if key not in self._widths:
            self._widths[key] = max(self.width(digit, style) for digit in DIGITS)
        return self._widths[key]

    def digit_height(self, style: Style) -> int:
        """The height of a flat-topped digit above the baseline; capitals are as tall."""
        return -self.ink("7", style).top

    def line_height(self, style: Style) -> int:
        """From the highest that letters reach to the lowest."""
        return self.ink(HIGHEST, style).height

    def rendered(self, text: str, style: Style, colour: Colour) -> pygame.Surface:
        """``text``, anti-aliased on a transparent surface cut to its ink."""
        return self.surfaces.get(("text", text, style, colour), lambda: self._render(text, style, colour))

    def lines(self, sentence: str, style: Style, width: int) -> tuple[str, ...]:
        """``sentence`` in as few lines as fit ``width``, as even as possible, so that no word is alone on a line.

        A break after a comma or full stop is worth three ems of unevenness. A word wider than ``width`` is broken too.
        """
        words = [piece for word in sentence.split() for piece in self._pieces(word, style, width)]
        best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
        for end in range(1, len(words) + 1):
            ways = []
            for start in range(end - 1, -1, -1):
                line = " ".join(words[start:end])
                left = width - self.width(line, style)
                if left < 0 and start < end - 1:
                    break
                rough = 0 if end == len(words) or line[-1] in ",.:;?" else (3 * style.size) ** 2
                count, cost, lines = best[start]
                ways.append((count + 1, cost + left**2 + rough, (*lines, line)))
            best.append(min(ways))
        return best[-1][2]

    def _pieces(self, word: str, style: Style, width: int) -> list[str]:
        """The word, or pieces of it that fit ``width``, broken after a hyphen if there is one."""
        pieces = []
        while len(word) > 1 and self.width(word, style) > width:
            count = bisect_left(range(1, len(word)), width + 1, key=lambda count: self.width(word[:count], style))
            pieces.append(word[: word.rfind("-", 0, count) + 1 or max(1, count)])
            word = word[len(pieces[-1]) :]
        return [*pieces, word]

    def _render(self, text: str, style: Style, colour: Colour) -> pygame.Surface:
        font, written = self._able(text, style)
        whole = font.render(written, True, colour)
        drawn = whole.get_bounding_rect()
        _make_room(self._inks)
        self._inks[text, style] = Ink(drawn.x, drawn.y - font.get_ascent(), drawn.width, drawn.height)
        return whole.subsurface(drawn).copy()

    def _able(self, text: str, style: Style) -> tuple[pygame.Font, str]:
        """The font that can write ``text``, and the text for it: Andika if another typeface lacks a letter."""
        if style.typeface is Typeface.ANDIKA:
            return self._font(style), _apart(text)
        font = self._font(style)
        lacking = font.metrics(_IN_NO_FACE)[0]
        if any(metrics in (None, lacking) for metrics in font.metrics(text)):
            return self._able(text, replace(style, typeface=Typeface.ANDIKA))
        return font, text

    def _font(self, style: Style) -> pygame.Font:
        font = self._fonts.get(style)
        if font is None:
            if len(self._fonts) >= MOST_OPEN:
                self._fonts.popitem(last=False)
            file = asset("fonts", FILES[style.typeface].format(style.weight))
            font = self._fonts[style] = pygame.font.Font(file, style.size)
        self._fonts.move_to_end(style)
        return font


@lru_cache(maxsize=1)
def fonts_of_the_process() -> Fonts:
    """The one set of fonts of this program. Layouts are cached by it: another set would keep the earlier ones alive."""
    return Fonts()


def _pixels(surface: pygame.Surface) -> int:
    return surface.get_width() * surface.get_height()


def _make_room(kept: dict[tuple[str, Style], int] | dict[tuple[str, Style], Ink]) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()


def _apart(text: str) -> str:
    for joined, parted in _APART.items():
        text = text.replace(joined, parted)
    return text

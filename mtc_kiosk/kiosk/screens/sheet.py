"""What every screen is drawn with: scene, theme and layout together, and words set on a baseline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from mtc_kiosk.check.arrangements import Typeface
from mtc_kiosk.kiosk.drawing.fonts import HIGHEST, Colour, Style
from mtc_kiosk.kiosk.drawing.marks import Mark, Rect, Text
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import FULL_SIZE, FitStep, TextRole, Theme
from mtc_kiosk.kiosk.view.scene import Scene

# What a page tries one after the other until its words fit: first without the picture that only adorns it, then down to
# regular, and below regular only where a wide typeface leaves no other way.
FIT_STEPS = (
    FULL_SIZE,
    *(FitStep(grown, 100, plain=True) for grown in (100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 0)),
    *(FitStep(0, shrunk, plain=True) for shrunk in (95, 90, 85, 80, 75, 70, 65, 60, 55, 50)),
)


class Align(StrEnum):
    """Which point of a line of words is at the given place."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class Block:
    """Lines of one kind, one below the other, ``before`` pixels below the block above."""

    lines: tuple[str, ...]
    kind: TextRole
    colour: Colour
    before: int


@dataclass(frozen=True)
class Sheet:
    """The three values that a screen depends on, and how far its words are reduced."""

    scene: Scene
    theme: Theme
    layout: Layout
    fit: FitStep = FULL_SIZE

    @property
    def is_usual(self) -> bool:
        """Whether words are Andika and no larger than regular, for which the sketches' lengths are right."""
        return self.theme.typeface is Typeface.ANDIKA and not self.layout.is_larger

    def fitting(self, fit: FitStep) -> Self:
        """The same with words of another size."""
        return self if fit == self.fit else replace(self, fit=fit)

    def style(self, kind: TextRole) -> Style:
        """A kind of type in pixels."""
        return self.layout.style(self.theme.face(kind, self.fit))

    def space(self, sketched: int) -> int:
        """The space between words, as in the sketch; larger words leave less of it."""
        px = self.layout.px(sketched)
        return px * 2 // 3 if self.layout.is_larger else px

    @property
    def below_heading(self) -> int:
        """From the heading's baseline to the words below it; more if its letters reach lower."""
        if not self.layout.is_larger:
            return self.layout.px(44)
        return self.layout.px(20) + self.style(TextRole.HEADING).size // 4

    def within(self, text: str, kind: TextRole, width: int) -> Style:
        """A kind of type at the wanted size, or smaller to fit ``width``."""
        style, fonts = self.layout.style(self.theme.face(kind)), self.layout.fonts
        if fonts.width(text, style) > width:
            style = replace(style, size=max(1, style.size * width // fonts.width(text, style)))
        while fonts.width(text, style) > width and style.size > 1:
            style = replace(style, size=style.size - 1)
        return style

    @property
    def palette(self) -> tuple[Colour, ...]:
        """The colours of a picture's tones: line, pale, white, bright, deep."""
        theme = self.theme
        if theme.outlined:
            return theme.ink, theme.line, theme.card, theme.paper, theme.line
        return theme.ink, theme.key, theme.card, theme.focus, theme.mark

    def width(self, text: str, kind: TextRole) -> int:
        """The width of a line of words."""
        return self.layout.fonts.width(text, self.style(kind))

    def text(self, text: str, style: Style, colour: Colour, at: tuple[int, int], align: Align = Align.LEFT) -> Text:
        """One line of words; ``at`` is a point of its baseline."""
        x, baseline = at
        width = self.layout.fonts.width(text, style)
        match align:
            case Align.CENTRE:
                x -= width // 2
            case Align.RIGHT:
                x -= width
            case Align.LEFT:
                pass
        ink = self.layout.fonts.ink(text, style, colour)
        return Text(Rect(x + ink.left, baseline + ink.top, ink.width, ink.height), text, style, colour, (x, baseline))

    def centred(self, text: str, style: Style, colour: Colour, area: Rect) -> Text:
        """One line in the middle of an area, by its capitals or digits; a single sign by its own pixels."""
        x, y = area.middle
        baseline = y + self.layout.fonts.digit_height(style) // 2
        placed = self.text(text, style, colour, (x, baseline), Align.CENTRE)
        if len(text) > 1:
            return placed
        aside = x - placed.rect.middle[0]
        return Text(placed.rect.moved(aside, 0), text, style, colour, (placed.pen[0] + aside, baseline))

    def level(self, text: str, style: Style, colour: Colour, area: Rect) -> Text:
        """One line in the middle of an area that is hardly higher, by the full height of letters."""
        line = self.layout.fonts.ink(HIGHEST, style)
        at = (area.middle[0], area.middle[1] - line.top - line.height // 2)
        return self.text(text, style, colour, at, Align.CENTRE)

    def broken(self, sentences: Sequence[str], kind: TextRole, width: int) -> tuple[str, ...]:
        """Sentences as lines no wider than ``width``; each sentence begins a new line."""
        style = self.style(kind)
        return tuple(line for sentence in sentences for line in self.layout.fonts.lines(sentence, style, width))

    def pitch(self, kind: TextRole) -> int:
        """From one line's baseline to the next."""
        size = self.style(kind).size
        return size * 5 // 4 if kind is TextRole.HEADING else size * 3 // 2

    def heading(self, words: str) -> Block:
        """The page's one heading."""
        lines = self.broken((words,), TextRole.HEADING, self.layout.page.w)
        return Block(lines, TextRole.HEADING, self.theme.ink, before=0)

    def sentences(self, words: Sequence[str], kind: TextRole = TextRole.TEXT) -> Block:
        """The page's sentences, below its heading."""
        width = min(self.layout.page.w, self.layout.px(1000))
        return Block(self.broken(words, kind, width), kind, self.theme.ink, self.below_heading)

    def height(self, block: Block) -> int:
        """From the top of the first line's capitals to the last baseline, with the space before."""
        if not block.lines:
            return 0
        top = self.layout.fonts.digit_height(self.style(block.kind))
        return block.before + top + (len(block.lines) - 1) * self.pitch(block.kind)

    def set(self, block: Block, top: int) -> list[Mark]:
        """A block's lines, centred on the page; ``top`` is where the space before it begins."""
        style, x = self.style(block.kind), self.layout.page.middle[0]
        baseline = top + block.before + self.layout.fonts.digit_height(style)
        return [
            self.text(line, style, block.colour, (x, baseline + number * self.pitch(block.kind)), Align.CENTRE)
            for number, line in enumerate(block.lines)
        ]

    def stacked(self, blocks: Sequence[Block], area: Rect | None = None) -> list[Mark]:
        """Blocks one below the other, in the middle of ``area`` (by default the page's body)."""
        area = area or self.layout.body
        top = area.y + (area.h - sum(self.height(block) for block in blocks)) // 2
        marks: list[Mark] = []
        for block in blocks:
            marks += self.set(block, top)
            top += self.height(block)
        return marks

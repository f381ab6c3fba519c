"""Fits words of any length into a space: smaller, broken into lines and, if all else fails, cut.

Names come from other systems, up to 128 letters each; they must never overlap what is beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mtc_kiosk.kiosk.drawing.fonts import Colour, Fonts, Style, Weight
from mtc_kiosk.kiosk.drawing.marks import Mark, Rect
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.view import words


class Try(NamedTuple):
    """A size in pixels to try, and how many lines of it fit."""

    size: int
    lines: int


@dataclass(frozen=True)
class Fitted:
    """Lines that fit, and the size they fit in."""

    lines: tuple[str, ...]
    style: Style

    @property
    def pitch(self) -> int:
        """From one baseline to the next: as little as accents above and below allow."""
        return self.style.size * 7 // 5 + 1

    def width(self, fonts: Fonts) -> int:
        """The width of the longest line."""
        return max((fonts.width(line, self.style) for line in self.lines), default=0)

    def height(self, fonts: Fonts) -> int:
        """From the top of the first line's capitals to the last baseline."""
        return fonts.digit_height(self.style) + (len(self.lines) - 1) * self.pitch


def fitted(sheet: Sheet, text: str, weight: Weight, tries: Sequence[Try], width: int) -> Fitted:
    """``text`` in the first of ``tries`` that fits it whole; in the last one words are broken, and the rest is cut."""
    fonts, whole = sheet.layout.fonts, " ".join(text.split())
    for each in tries:
        lines = fonts.lines(whole, Style(each.size, weight, sheet.theme.typeface), width)
        if len(lines) <= each.lines and " ".join(lines) == whole:
            return Fitted(lines, Style(each.size, weight, sheet.theme.typeface))
    style, most = Style(tries[-1].size, weight, sheet.theme.typeface), tries[-1].lines
    lines = fonts.lines(whole, style, width)
    if len(lines) > most:
        lines = (*lines[: most - 1], _cut(fonts, " ".join(lines[most - 1 :]), style, width))
    return Fitted(lines, style)


def column(sheet: Sheet, kind: TextRole, height: int) -> tuple[Try, ...]:
    """The sizes of words in a row ``height`` pixels high: normal, a little smaller, then on two lines.

    Two lines with accents above and below are 2.7 times their size high. If that is too small to read, as with
    ``height`` 0, the words stay on one line.
    """
    size = sheet.style(kind).size
    half = min(size * 5 // 6, height * 10 // 27)
    last = Try(half, 2) if half >= size * 5 // 8 else Try(size * 2 // 3, 1)
    return Try(size, 1), Try(size * 5 // 6, 1), last


def placed(sheet: Sheet, what: Fitted, colour: Colour, area: Rect, align: Align = Align.LEFT) -> list[Mark]:
    """Fitted words in the middle of an area's height, at its left or right edge or in its middle."""
    fonts = sheet.layout.fonts
    x = {Align.LEFT: area.x, Align.CENTRE: area.middle[0], Align.RIGHT: area.right}[align]
    baseline = area.middle[1] - what.height(fonts) // 2 + fonts.digit_height(what.style)
    return [
        sheet.text(line, what.style, colour, (x, baseline + number * what.pitch), align)
        for number, line in enumerate(what.lines)
    ]


def _cut(fonts: Fonts, text: str, style: Style, width: int) -> str:
    while text and fonts.width(text + words.CUT, style) > width:
        text = text[:-1].rstrip()
    return text + words.CUT

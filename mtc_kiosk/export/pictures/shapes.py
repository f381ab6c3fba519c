"""What the pictures are drawn with: words, lines, signs and squared paper. Lengths are units of the ``viewBox``.

Sizes of words are attributes, because the layout counts on them; colours and strokes are classes of ``insight.css``.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup

from mtc_kiosk.export.pictures.picture import Picture, SameAsTable, drawing, element, number
from mtc_kiosk.shown_text import SHOWN_FOR_CONTROLS, in_a_line

SMALLEST = 12.5
"""The smallest words. On A4 they are 11 pixels or more, in a picture that is no wider than the next two say."""

PAPER, HALF, THIRD = 760, 344, 250
"""The widths of pictures, in units: of the whole page, of half of it or a telephone, of a third or more."""

LINE = 17
"""From one line of words to the next."""

LETTER, BOLD_LETTER = 0.52, 0.55
"""The width of a letter of Andika, of the size of the words; few sentences are wider."""

DIGIT, BOLD_DIGIT = 0.59, 0.61
"""The width of a digit and of ×, of the size of the words."""


_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def shown(said: str) -> str:
    """Text from outside on one line, without characters that XML does not allow."""
    return _NOT_IN_XML.sub(SHOWN_FOR_CONTROLS, in_a_line(said))


def picture(
    kind: str, size: tuple[float, float], sentence: str, parts: Iterable[Markup], table: SameAsTable
) -> Picture:
    """The whole picture, whose class is ``picture`` and ``picture-KIND``."""
    said = shown(sentence)
    return Picture(drawing(*size, said, list(parts), f"picture picture-{kind}"), said, table)


def words(x: float, y: float, said: str, *, size: float = SMALLEST, anchor: str = "start", look: str = "") -> Markup:
    """Words on the baseline ``y``; ``look`` is some of ``soft``, ``bold``, ``light``, ``halo``."""
    return element("text", shown(said), x=x, y=y, font_size=size, text_anchor=anchor, class_=f"words {look}".strip())


def squeezed(x: float, y: float, said: str, width: float, *, size: float, anchor: str, look: str) -> Markup:
    """Digits that are made narrower where they would be wider than ``width``."""
    digit = BOLD_DIGIT if "bold" in look else DIGIT
    if len(said) * digit * size <= width:
        return words(x, y, said, size=size, anchor=anchor, look=look)
    narrow: dict[str, str | float] = {"textLength": width, "lengthAdjust": "spacingAndGlyphs"}
    class_ = f"words {look}".strip()
    return element("text", shown(said), x=x, y=y, font_size=size, text_anchor=anchor, class_=class_, **narrow)


def width_of(said: str, size: float = SMALLEST, *, bold: bool = False) -> float:
    """About how wide words are, rather too wide than too narrow."""
    return len(said) * size * (BOLD_LETTER if bold else LETTER)


def lines_of(said: str, width: float, *, size: float = SMALLEST) -> list[str]:
    """Words in lines that are no wider than this, but for a single word that is."""
    lines = [""]
    for word in said.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def written(x: float, y: float, said: Iterable[str], width: float) -> list[Markup]:
    """Soft words in lines from the baseline ``y`` down, each of ``said`` on a line of its own."""
    lines = (part for one in said for part in lines_of(one, width))
    return [words(x, y + LINE * place, part, look="soft") for place, part in enumerate(lines)]


def shortened(said: str, most: int) -> str:
    """At most so many characters."""
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"


def titled(title: str, *parts: Markup) -> Markup:
    """Parts of one thing, which says what it is where a mouse rests on it."""
    return element("g", element("title", shown(title)), *parts)


def box(x: float, y: float, width: float, height: float, look: str, *, round_by: float = 0) -> Markup:
    """A rectangle."""
    rounded: dict[str, str | float] = {"rx": round_by} if round_by else {}
    return element("rect", x=x, y=y, width=width, height=height, class_=look, **rounded)


def path(d: str, look: str) -> Markup:
    """A line or shape."""
    return element("path", d=d, class_=look)


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> Markup:
    """A straight line."""
    return path(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", look)


def counter(x: float, y: float, radius: float, look: str = "counter") -> Markup:
    """A round counter around its middle."""
    return element("circle", cx=x, cy=y, r=radius, class_=look)


def squared_paper(left: float, top: float, right: float, bottom: float, across: float, up: float) -> Markup:
    """Lines from the left and from the bottom, so far apart."""
    upright = (f"M{number(x)} {number(top)}V{number(bottom)}" for x in _steps(left, right, across))
    level = (f"M{number(left)} {number(bottom - y)}H{number(right)}" for y in _steps(0, bottom - top, up))
    return path("".join((*upright, *level)), "square")


def axis(left: float, right: float, y: float) -> Markup:
    """The thick line that things stand on."""
    return line(left, y, right, y, "axis")


def tick(x: float, y: float, size: float = 12, look: str = "") -> Markup:
    """A tick around its middle."""
    return path(_stroke(x, y, size, ((-0.5, 0.02), (-0.14, 0.38), (0.5, -0.38))), f"tick{look}")


def cross(x: float, y: float, size: float = 12, look: str = "") -> Markup:
    """A cross around its middle."""
    one = _stroke(x, y, size, ((-0.36, -0.36), (0.36, 0.36)))
    return path(one + _stroke(x, y, size, ((0.36, -0.36), (-0.36, 0.36))), f"cross{look}")


def clock(x: float, y: float, size: float = 12) -> Markup:
    """A clock around its middle: the time ran out."""
    hands = _stroke(x, y, size, ((0, -0.28), (0, 0.02), (0.2, 0.16)))
    return element("g", counter(x, y, size / 2, "clock"), path(hands, "clock"))


def _stroke(x: float, y: float, size: float, points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x + right * size)} {number(y + down * size)}" for right, down in points)


def _steps(first: float, last: float, step: float) -> list[float]:
    count = int((last - first) / step + 1e-6)
    return [first + place * step for place in range(count + 1)]

"""The positions on a display of a given size: one page grid for every screen.

All lengths are int pixels. Proportions are those of the sketches, which are 768 pixels high: ``px(48)`` is the length
that is 48 pixels there.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

from mtc_kiosk.check.arrangements import Size
from mtc_kiosk.kiosk.drawing.fonts import Fonts, Style
from mtc_kiosk.kiosk.drawing.marks import Rect
from mtc_kiosk.kiosk.drawing.theme import TextStyle

SKETCH_HEIGHT = 768
LEAST_TOUCH_PX = 44
LEAST_TOUCH_MM = 10
MM_PER_INCH = Fraction("25.4")
WIDEST = Fraction(16, 9)  # on a wider display the page keeps this shape, centred
SIDE_BY_SIDE = Fraction(3, 2)  # from this shape on the pad is beside the sum, else below it
# How high the two buttons of a page are: they grow less than the words in them, to leave room for what is read.
STRONG = {Size.VSM: 96, Size.SML: 96, Size.RGL: 96, Size.LRG: 104, Size.XLG: 112, Size.XXL: 124}
QUIET = {Size.VSM: 62, Size.SML: 62, Size.RGL: 62, Size.LRG: 68, Size.XLG: 76, Size.XXL: 86}
HEAD = {Size.VSM: 54, Size.SML: 54, Size.RGL: 54, Size.LRG: 54, Size.XLG: 58, Size.XXL: 66}


@dataclass(frozen=True)
class Layout:
    """A display of ``width`` by ``height`` pixels, ``diagonal_inches`` across, measured with ``fonts``.

    ``size`` is that of words and numbers: larger ones make the page's strips and buttons higher.
    """

    width: int
    height: int
    fonts: Fonts
    diagonal_inches: float = 15.6
    size: Size = Size.RGL

    def sized(self, size: Size) -> "Layout":
        """The same display at another text size; cached, as every drawing needs it."""
        return self if size is self.size else _sized(self, size)

    @property
    def is_larger(self) -> bool:
        """Whether words and numbers are larger than regular."""
        return self.size not in (Size.VSM, Size.SML, Size.RGL)

    @cached_property
    def basis(self) -> int:
        """The height that proportions refer to: the display's own, less if it is narrower than 4:3."""
        return min(self.height, self.width * 3 // 4)

    def px(self, sketched: int) -> int:
        """The length that is ``sketched`` pixels in a sketch of 768 pixels' height; at least 1."""
        return max(1, (sketched * self.basis + SKETCH_HEIGHT // 2) // SKETCH_HEIGHT)

    def style(self, face: TextStyle) -> Style:
        """A kind of type in pixels."""
        return _styled(self.basis, face)

    @cached_property
    def touch(self) -> int:
        """The smallest side of anything that can be pressed: 44 px, and 10 mm by the display's diagonal."""
        diagonal_px = (self.width**2 + self.height**2) ** 0.5
        millimetres = float(LEAST_TOUCH_MM / MM_PER_INCH) * diagonal_px / self.diagonal_inches
        return max(LEAST_TOUCH_PX, -int(-millimetres // 1))

    @property
    def margin(self) -> int:
        """The margin of the page on every side."""
        return self.px(48)

    @cached_property
    def display(self) -> Rect:
        """Every pixel."""
        return Rect(0, 0, self.width, self.height)

    @cached_property
    def page(self) -> Rect:
        """The part of the display inside the margins, no wider than 16:9 of the height."""
        width = min(self.width, int(self.height * WIDEST))
        left = (self.width - width) // 2
        return Rect(left, 0, width, self.height).grown(-self.margin)

    @property
    def head(self) -> Rect:
        """The strip for progress, badge and tag."""
        return Rect(self.page.x, self.px(20 if self.size is Size.XXL else 28), self.page.w, self.px(HEAD[self.size]))

    @property
    def foot(self) -> Rect:
        """The strip for the time bar."""
        height = self.px(14)
        return Rect(self.page.x, self.height - self.px(40) - height, self.page.w, height)

    @property
    def edge(self) -> int:
        """The height of the edge that raises a key or button."""
        return self.px(7)

    @property
    def border(self) -> int:
        """The width of a strong border."""
        return self.px(5)

    @property
    def hairline(self) -> int:
        """The width of a quiet border."""
        return self.px(3)

    @property
    def radius(self) -> int:
        """The rounding of boxes and buttons."""
        return self.px(20)

    @property
    def gap(self) -> int:
        """The gap between boxes that belong together."""
        return self.px(24)

    def button(self, width: int) -> Rect:
        """The place of the page's one strong button: centred, and the same on every page."""
        height = max(self.touch, self.px(STRONG[self.size]))
        return self._centred(width, self.second(width).y - self.px(22 if self.is_larger else 28) - height, height)

    def second(self, width: int) -> Rect:
        """The place of a quiet button, below the strong one."""
        height = max(self.touch, self.px(QUIET[self.size]))
        return self._centred(width, self.height - self.px(24 if self.is_larger else 36) - height, height)

    def low(self, width: int) -> Rect:
        """A place clear below the strong button's: a second press there must not reach it."""
        top = self.button(width).bottom + self.px(14)
        return self._centred(width, top, self.height - self.px(24) - top)

    def _centred(self, width: int, top: int, height: int) -> Rect:
        width += (self.width - width) % 2  # else the centre would be half a pixel off, one way or the other
        return Rect((self.width - width) // 2, top, width, height)

    @property
    def middle(self) -> Rect:
        """Where the words of a page without a button are centred, and where the eye rests before a sum."""
        return Rect(self.page.x, self.head.bottom, self.page.w, self.foot.y - self.px(40) - self.head.bottom)

    @property
    def body(self) -> Rect:
        """Where a page's words and cards are centred: between the head and the button."""
        top = self.head.bottom
        return Rect(self.page.x, top, self.page.w, self.button(1).y - self.px(24) - top)


@lru_cache(maxsize=1024)
def _styled(basis: int, face: TextStyle) -> Style:
    return Style(max(1, round(basis * face.portion)), face.weight, face.typeface)


@lru_cache(maxsize=32)
def _sized(layout: Layout, size: Size) -> Layout:
    return replace(layout, size=size)

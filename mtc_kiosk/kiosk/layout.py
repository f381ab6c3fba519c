"""Where things stand on a display of a given size: one page grid for every screen, and the places of a question.

All lengths are int pixels. Proportions are those of the sketches, 768 pixels high: ``px(48)`` is what measures 48
there. It knows sizes and places, nothing of colours, words or scenes.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from mtc_kiosk.kiosk.fonts import Fonts, Style
from mtc_kiosk.kiosk.marks import Rect
from mtc_kiosk.kiosk.theme import Face

SKETCH_HEIGHT = 768
LEAST_TOUCH_PX = 44
LEAST_TOUCH_MM = 10
MM_PER_INCH = Fraction("25.4")
WIDEST = Fraction(16, 9)  # on a wider display the page keeps this shape, in the middle
SIDE_BY_SIDE = Fraction(3, 2)  # from this shape on the pad stands beside the sum, else below it
LONGEST_ANSWER = 5  # digits (pupil client, section 3.1)


@dataclass(frozen=True)
class Layout:
    """A display of ``width`` by ``height`` pixels, ``diagonal_inches`` across, measured with ``fonts``."""

    width: int
    height: int
    fonts: Fonts
    diagonal_inches: float = 15.6

    @cached_property
    def basis(self) -> int:
        """The height that proportions are taken of: the display's own, less where it is narrower than 4:3."""
        return min(self.height, self.width * 3 // 4)

    def px(self, sketched: int) -> int:
        """What measures ``sketched`` pixels in a sketch of 768 pixels' height; at least 1."""
        return max(1, (sketched * self.basis + SKETCH_HEIGHT // 2) // SKETCH_HEIGHT)

    def style(self, face: Face) -> Style:
        """A kind of type in pixels."""
        return Style(round(self.basis * face.portion), face.weight)

    @cached_property
    def touch(self) -> int:
        """The least side of anything to press: 44 px, and 10 mm by the display's diagonal."""
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
        return Rect(self.page.x, self.px(28), self.page.w, self.px(54))

    @property
    def foot(self) -> Rect:
        """The strip for the time bar."""
        height = self.px(14)
        return Rect(self.page.x, self.height - self.px(40) - height, self.page.w, height)

    @property
    def edge(self) -> int:
        """How high a key or button stands."""
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
        """Between boxes that belong together."""
        return self.px(24)

    def button(self, width: int) -> Rect:
        """The place of the page's one strong button: the same on every page, and centred."""
        height = max(self.touch, self.px(96))
        return self._centred(width, self.second(width).y - self.px(28) - height, height)

    def second(self, width: int) -> Rect:
        """The place of a quiet button, below the strong one."""
        height = max(self.touch, self.px(62))
        return self._centred(width, self.height - self.px(36) - height, height)

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


@dataclass(frozen=True)
class QuestionPlaces:
    """The places of a question: the same for every sum and whatever is typed.

    ``equals_right`` is the sum's right edge and ``baseline`` what sum and answer stand on; ``answer_left`` is where
    the first digit begins. ``pad`` holds three columns and four rows of keys, ``key_gap`` apart.
    """

    style: Style
    baseline: int
    sign_gap: int
    equals_right: int
    box: Rect
    answer_left: int
    pad: Rect
    key_gap: int

    def key(self, column: int, row: int) -> Rect:
        """The place of one key of the pad."""
        left, right = self._span(self.pad.w, 3, column)
        top, bottom = self._span(self.pad.h, 4, row)
        return Rect(self.pad.x + left, self.pad.y + top, right - left, bottom - top)

    def _span(self, length: int, count: int, index: int) -> tuple[int, int]:
        return (
            (length + self.key_gap) * index // count,
            (length + self.key_gap) * (index + 1) // count - self.key_gap,
        )


@dataclass(frozen=True)
class _Row:
    """The widths of the widest sum and the box for one size of type."""

    style: Style
    sign_gap: int
    sum_width: int
    box_gap: int
    box_inset: int
    box_width: int

    @property
    def width(self) -> int:
        return self.sum_width + self.box_gap + self.box_width


def question_places(layout: Layout, face: Face) -> QuestionPlaces:
    """Sum, box and pad on one line where the display is wide; the pad below the box where it is not."""
    if layout.width >= layout.height * SIDE_BY_SIDE:
        return _beside(layout, face)
    return _below(layout, face)


def _beside(layout: Layout, face: Face) -> QuestionPlaces:
    key_gap, apart = layout.px(14), layout.px(40)
    narrowest_pad = 3 * max(layout.touch, layout.px(80)) + 2 * key_gap
    row = _fitting(layout, face, layout.page.w - apart - narrowest_pad)
    key = min((layout.page.w - row.width - apart - 2 * key_gap) // 3, layout.px(108))
    pad_width, key_height = 3 * key + 2 * key_gap, max(layout.touch, min(key * 21 // 20, layout.px(100)))
    pad_height = 4 * key_height + 3 * key_gap
    left = layout.page.x + (layout.page.w - row.width - apart - pad_width) // 2
    centre = layout.middle.middle[1]
    pad = Rect(left + row.width + apart, centre - pad_height // 2, pad_width, pad_height)
    return _placed(layout, row, (left, centre), pad, key_gap)


def _below(layout: Layout, face: Face) -> QuestionPlaces:
    """As wide as the box; as wide as the page on a display taller than wide, where fingers press it."""
    key_gap, apart = layout.px(14), layout.px(22)
    row = _fitting(layout, face, layout.page.w)
    top, bottom = layout.head.bottom + layout.px(24), layout.foot.y - layout.px(64)
    room = bottom - top - _box_height(row) - apart
    key_height = min((room - 3 * key_gap) // 4, layout.px(128))
    pad_height = 4 * key_height + 3 * key_gap
    spare = (room - pad_height) // 3
    pad_width = layout.page.w if layout.height > layout.width else row.box_width
    centre = top + spare + _box_height(row) // 2
    pad = Rect(layout.page.right - pad_width, top + 2 * spare + _box_height(row) + apart, pad_width, pad_height)
    return _placed(layout, row, (layout.page.right - row.width, centre), pad, key_gap)


def _placed(layout: Layout, row: _Row, at: tuple[int, int], pad: Rect, key_gap: int) -> QuestionPlaces:
    left, centre = at
    height = _box_height(row)
    box = Rect(left + row.sum_width + row.box_gap, centre - height // 2, row.box_width, height)
    return QuestionPlaces(
        style=row.style,
        baseline=centre + layout.fonts.digit_height(row.style) // 2,
        sign_gap=row.sign_gap,
        equals_right=left + row.sum_width,
        box=box,
        answer_left=box.x + row.box_inset,
        pad=pad,
        key_gap=key_gap,
    )


def _box_height(row: _Row) -> int:
    return row.style.size * 6 // 5


def _fitting(layout: Layout, face: Face, width: int) -> _Row:
    """The row at a sixth of the display's height, or smaller where ``width`` asks for it."""
    size = round(layout.height * face.portion)
    row = _row(layout, Style(size, face.weight))
    if row.width > width:
        size = size * width // row.width
        row = _row(layout, Style(size, face.weight))
    while row.width > width:
        size -= 1
        row = _row(layout, Style(size, face.weight))
    return row


def _row(layout: Layout, style: Style) -> _Row:
    digit, sign = layout.fonts.width("0", style), layout.fonts.width("×", style)
    sign_gap = style.size // 8
    box_inset = style.size // 8
    return _Row(
        style=style,
        sign_gap=sign_gap,
        sum_width=4 * digit + sign + layout.fonts.width("=", style) + 3 * sign_gap,
        box_gap=style.size // 6,
        box_inset=box_inset,
        box_width=LONGEST_ANSWER * digit + 2 * box_inset,
    )

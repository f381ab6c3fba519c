"""The lengths of a question: its places, the sizes of a sum, and what a layout must provide.

``question_layout`` arranges them.
"""

from dataclasses import dataclass

from mtc_kiosk.check.arrangements import Size, Typeface
from mtc_kiosk.kiosk.drawing.fonts import Fonts, Style
from mtc_kiosk.kiosk.drawing.marks import Rect
from mtc_kiosk.kiosk.drawing.page_layout import SIDE_BY_SIDE, Layout
from mtc_kiosk.kiosk.drawing.theme import COPY, FACES, KEY_HEIGHT, KEY_WIDTH, Pad, TextRole

LONGEST_ANSWER = 5  # digits (docs/reference/pupil-client.md, "Typing")
LEAST_KEY_WIDTH = 94
"""At the largest size on a wide display, in pixels of the sketch: the sum must not make the pad beside it small."""

_MEASURED = 400  # pixels: lengths are measured at this size and scaled


@dataclass(frozen=True)
class QuestionPlaces:
    """The places of a question: the same for every sum and whatever is typed.

    ``equals_right`` is the sum's right edge and ``sum_baseline`` its baseline; ``answer_left`` is where the first digit
    begins and ``baseline`` its baseline. ``pad`` has three columns and four rows of keys, ``key_gap`` apart.
    """

    style: Style
    sum_baseline: int
    baseline: int
    sign_gap: int
    equals_right: int
    box: Rect
    answer_left: int
    pad: Rect | None
    key_gap: int

    def key(self, column: int, row: int) -> Rect:
        """The place of one key of the pad."""
        assert self.pad is not None
        left, right = self._span(self.pad.w, 3, column)
        top, bottom = self._span(self.pad.h, 4, row)
        return Rect(self.pad.x + left, self.pad.y + top, right - left, bottom - top)

    def _span(self, length: int, count: int, index: int) -> tuple[int, int]:
        return (
            (length + self.key_gap) * index // count,
            (length + self.key_gap) * (index + 1) // count - self.key_gap,
        )


@dataclass(frozen=True)
class SumMetrics:
    """The lengths of the widest sum and the box for one size of type."""

    style: Style
    digits: int  # the height of a digit
    sign_gap: int
    sum_width: int
    box_gap: int
    box_inset: int
    box_width: int

    @property
    def width(self) -> int:
        """The width of sum and box side by side."""
        return self.sum_width + self.box_gap + self.box_width

    @property
    def wider(self) -> int:
        """The width of sum and box one above the other."""
        return max(self.sum_width, self.box_width)

    @property
    def box_height(self) -> int:
        """The height of the box."""
        return self.style.size * 6 // 5

    @property
    def line_gap(self) -> int:
        """From the bottom of the sum to the box below it."""
        return self.style.size // 6

    @property
    def stack(self) -> int:
        """The height of sum and box one above the other."""
        return self.digits + self.line_gap + self.box_height


@dataclass(frozen=True)
class QuestionSpec:
    """What the places must provide for."""

    layout: Layout
    typeface: Typeface
    size: Size
    pad: Pad
    speaker: bool

    @property
    def gap(self) -> int:
        """The gap between keys."""
        return self.layout.px(14)

    @property
    def apart(self) -> int:
        """The gap between the pad and what is beside it."""
        return self.layout.px(40)

    @property
    def top(self) -> int:
        """The top edge, below the head."""
        return self.layout.head.bottom + self.layout.px(24)

    @property
    def bottom(self) -> int:
        """The bottom edge: above the seconds, and above the speaker if there is one."""
        layout = self.layout
        bottom = layout.foot.y - layout.px(64)
        if layout.is_larger:
            count = round(layout.basis * FACES[TextRole.COUNT].portion * COPY[self.size])
            bottom = layout.foot.y - layout.px(36) - count * 3 // 4
        return min(bottom, speaker_place(layout).y - layout.px(12)) if self.speaker else bottom

    @property
    def height(self) -> int:
        """From ``top`` to ``bottom``."""
        return self.bottom - self.top

    @property
    def key(self) -> tuple[int, int]:
        """The largest width and height of a key."""
        layout = self.layout
        width, height = layout.px(108) * KEY_WIDTH[self.size], layout.px(100) * KEY_HEIGHT[self.size]
        return max(layout.touch, round(width)), max(layout.touch, round(height))

    @property
    def least_pad(self) -> tuple[int, int]:
        """The smallest width and height of a pad beside or below a sum larger than regular."""
        layout, least = self.layout, max(self.layout.touch, self.layout.px(70))
        is_wide = self.size is Size.XXL and layout.width >= layout.height * SIDE_BY_SIDE
        wide = max(least, layout.px(LEAST_KEY_WIDTH)) if is_wide else least
        return 3 * wide + 2 * self.gap, 4 * least + 3 * self.gap

    def pad_in(self, width: int, height: int) -> tuple[int, int]:
        """The width and height of the pad that fits a space."""
        wide, high = self.key
        return (
            3 * min(wide, (width - 2 * self.gap) // 3) + 2 * self.gap,
            4 * min(high, (height - 3 * self.gap) // 4) + 3 * self.gap,
        )


def speaker_place(layout: Layout) -> Rect:
    """The place of the speaker: at the right, level with the seconds."""
    side = max(layout.touch, layout.px(60))
    return Rect(layout.page.right - side, layout.foot.y - layout.px(12) - side, side, side)


def measured_metrics(fonts: Fonts, size: int, typeface: Typeface) -> SumMetrics:
    """The lengths at one size, measured with the widest digit."""
    style = Style(size, FACES[TextRole.SUM].weight, typeface)
    digit, sign, equals = fonts.digit_width(style), fonts.width("×", style), fonts.width("=", style)
    return _of_lengths(style, fonts.digit_height(style), digit, sign + equals)


def estimated_metrics(fonts: Fonts, size: int, typeface: Typeface) -> SumMetrics:
    """The same, scaled from one measured size and never smaller: opens no font for a size that is only tried."""
    style = Style(_MEASURED, FACES[TextRole.SUM].weight, typeface)
    lengths = (
        fonts.digit_height(style),
        fonts.digit_width(style),
        fonts.width("×", style) + fonts.width("=", style),
    )
    digits, digit, signs = (-(-length * size // _MEASURED) + 1 for length in lengths)
    return _of_lengths(Style(size, style.weight, typeface), digits, digit, signs)


def _of_lengths(style: Style, digits: int, digit: int, signs: int) -> SumMetrics:
    sign_gap = box_inset = style.size // 8
    return SumMetrics(
        style=style,
        digits=digits,
        sign_gap=sign_gap,
        sum_width=4 * digit + signs + 3 * sign_gap,
        box_gap=style.size // 6,
        box_inset=box_inset,
        box_width=LONGEST_ANSWER * digit + 2 * box_inset,
    )

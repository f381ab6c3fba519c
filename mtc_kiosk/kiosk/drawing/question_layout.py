"""The layouts of a question: sum, box and pad side by side, one above the other, or in between.

Regular and smaller sizes are on one line if the display allows. A larger size takes the first layout that fits it as
wanted, else the layout that fits it largest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from mtc_kiosk.check.arrangements import Size
from mtc_kiosk.kiosk.drawing.marks import Rect
from mtc_kiosk.kiosk.drawing.page_layout import SIDE_BY_SIDE, Layout
from mtc_kiosk.kiosk.drawing.question_geometry import (
    QuestionPlaces,
    QuestionSpec,
    SumMetrics,
    estimated_metrics,
    measured_metrics,
)
from mtc_kiosk.kiosk.drawing.theme import FACES, KEY_HEIGHT, KEY_WIDTH, SUM, Pad, TextRole, Theme


def question_places(layout: Layout, theme: Theme, *, speaker: bool = False) -> QuestionPlaces:
    """The places of a question for this theme's size, typeface and pad; cached."""
    return _found(QuestionSpec(layout, theme.typeface, theme.size, theme.pad, speaker))


@lru_cache(maxsize=256)
def _found(spec: QuestionSpec) -> QuestionPlaces:
    regular = _regular(spec)
    wanted = round(regular.style.size * SUM[spec.size])
    if spec.size in (Size.VSM, Size.SML, Size.RGL):
        row = regular if spec.size is Size.RGL else measured_metrics(spec.layout.fonts, wanted, spec.typeface)
        on_a_line = _is_beside(spec) or (spec.size is not Size.RGL and _holds_on_a_line_whole(spec, row))
        return (_on_a_line if on_a_line else _under_each_other)(spec, row)
    shape, size = _largest(spec, min(wanted, _below_the_next(spec, regular.style.size)))
    return shape.place(spec, measured_metrics(spec.layout.fonts, size, spec.typeface))


def _below_the_next(spec: QuestionSpec, regular: int) -> int:
    """The largest size that keeps the three larger sizes distinct if the display is too small for the largest."""
    largest = Size.XXL
    _, most = _largest(
        QuestionSpec(spec.layout.sized(largest), spec.typeface, largest, spec.pad, spec.speaker), 2 * regular
    )
    return regular + (most - regular) * {Size.LRG: 2, Size.XLG: 3, Size.XXL: 4}[spec.size] // 4


def _is_beside(spec: QuestionSpec) -> bool:
    return spec.pad is Pad.NONE or spec.layout.width >= spec.layout.height * SIDE_BY_SIDE


def _regular(spec: QuestionSpec) -> SumMetrics:
    """The row at a sixth of the display's height, or smaller if the width requires it."""
    layout = spec.layout
    width = layout.page.w
    if spec.pad is not Pad.NONE and _is_beside(spec):
        width -= spec.apart + 3 * max(layout.touch, layout.px(80)) + 2 * spec.gap
    size = round(layout.height * FACES[TextRole.SUM].portion)
    row = measured_metrics(layout.fonts, size, spec.typeface)
    if row.width > width:
        size = size * width // row.width
        row = measured_metrics(layout.fonts, size, spec.typeface)
    while row.width > width:
        size -= 1
        row = measured_metrics(layout.fonts, size, spec.typeface)
    return row


@dataclass(frozen=True)
class _Shape:
    """One layout: whether a row fits it, and where it goes."""

    holds: Callable[[QuestionSpec, SumMetrics], bool]
    place: Callable[[QuestionSpec, SumMetrics], QuestionPlaces]


def _largest(spec: QuestionSpec, wanted: int) -> tuple[_Shape, int]:
    """The layout that fits the sum largest, the first of equals, and how large that is; at most ``wanted``."""
    fonts, best = spec.layout.fonts, 0
    upright = spec.layout.height > spec.layout.width
    shapes = WITHOUT_PAD if spec.pad is Pad.NONE else UPRIGHT if upright else WITH_PAD
    found = shapes[0]
    for shape in shapes:
        low, high = 1, wanted
        while low < high:
            tried = (low + high + 1) // 2
            if shape.holds(spec, estimated_metrics(fonts, tried, spec.typeface)):
                low = tried
            else:
                high = tried - 1
        if low > best:
            found, best = shape, low
    return found, best


def _holds_on_a_line(spec: QuestionSpec, row: SumMetrics) -> bool:
    wide, high = (0, 0) if spec.pad is Pad.NONE else spec.least_pad
    apart = 0 if spec.pad is Pad.NONE else spec.apart
    return row.width + apart + wide <= spec.layout.page.w and max(row.box_height, high) <= spec.height


def _holds_on_a_line_whole(spec: QuestionSpec, row: SumMetrics) -> bool:
    """Whether the row fits on a line with keys of the wanted size."""
    landscape = spec.layout.width >= spec.layout.height
    return landscape and row.width + spec.apart + 3 * spec.key[0] + 2 * spec.gap <= spec.layout.page.w


def _on_a_line(spec: QuestionSpec, row: SumMetrics) -> QuestionPlaces:
    """Sum, box and pad side by side, on one centre line."""
    layout, page = spec.layout, spec.layout.page
    centre = layout.middle.middle[1]
    if spec.size not in (Size.VSM, Size.SML, Size.RGL):
        centre = (spec.top + spec.bottom) // 2
    if spec.pad is Pad.NONE:
        return _placed(spec, row, (page.x + (page.w - row.width) // 2, centre), None)
    wide, high = spec.key
    key = min((page.w - row.width - spec.apart - 2 * spec.gap) // 3, wide)
    pad_width, key_height = 3 * key + 2 * spec.gap, max(layout.touch, min(key * 21 // 20, high))
    pad_height = 4 * key_height + 3 * spec.gap
    left = page.x + (page.w - row.width - spec.apart - pad_width) // 2
    pad = Rect(left + row.width + spec.apart, centre - pad_height // 2, pad_width, pad_height)
    if spec.pad is Pad.LEFT:
        pad, left = pad._replace(x=left), left + pad_width + spec.apart
    return _placed(spec, row, (left, centre), pad)


def _holds_under_each_other(spec: QuestionSpec, row: SumMetrics) -> bool:
    wide, high = spec.least_pad
    page = spec.layout.page
    return max(row.width, wide) <= page.w and row.box_height + spec.layout.px(22) + high <= spec.height


def _under_each_other(spec: QuestionSpec, row: SumMetrics) -> QuestionPlaces:
    """The pad as wide as the box; as wide as the page on a display taller than wide, where fingers press it."""
    layout, page, apart = spec.layout, spec.layout.page, spec.layout.px(22)
    room = spec.height - row.box_height - apart
    most = layout.px(128) * KEY_HEIGHT[spec.size] if spec.size in (Size.VSM, Size.SML) else layout.px(128)
    key_height = min((room - 3 * spec.gap) // 4, max(layout.touch, round(most)))
    pad_height = 4 * key_height + 3 * spec.gap
    spare = (room - pad_height) // 3
    upright, share = layout.height > layout.width, min(KEY_WIDTH[spec.size], KEY_WIDTH[Size.RGL])
    pad_width = max(round(page.w * share) if upright else row.box_width, 3 * layout.touch + 2 * spec.gap)
    centre = spec.top + spare + row.box_height // 2
    pad = Rect(page.right - pad_width, spec.top + 2 * spare + row.box_height + apart, pad_width, pad_height)
    left = page.right - row.width
    if spec.pad is Pad.LEFT:
        pad, left = pad._replace(x=page.x), page.x
    aside = 0
    if spec.size in (Size.VSM, Size.SML):  # small sizes are centred
        aside = (page.w - max(row.width, pad_width)) // (2 if spec.pad is Pad.LEFT else -2)
    return _placed(spec, row, (left + aside, centre), pad.moved(aside, 0))


def _holds_in_a_column(spec: QuestionSpec, row: SumMetrics) -> bool:
    wide, high = (0, 0) if spec.pad is Pad.NONE else spec.least_pad
    apart = 0 if spec.pad is Pad.NONE else spec.apart
    return row.wider + apart + wide <= spec.layout.page.w and max(row.stack, high) <= spec.height


def _in_a_column(spec: QuestionSpec, row: SumMetrics) -> QuestionPlaces:
    """The sum above the box, and the pad beside both."""
    page = spec.layout.page
    line_gap = min(row.style.size * 2 // 5, row.line_gap + (spec.height - row.stack) // 3)
    top, pad = spec.top + (spec.height - row.stack - line_gap + row.line_gap) // 2, None
    left = page.x + (page.w - row.wider) // 2
    if spec.pad is not Pad.NONE:
        wide, high = spec.pad_in(page.w - row.wider - spec.apart, spec.height)
        left = page.x + (page.w - row.wider - spec.apart - wide) // 2
        pad = Rect(left + row.wider + spec.apart, spec.top + (spec.height - high) // 2, wide, high)
        if spec.pad is Pad.LEFT:
            pad, left = pad._replace(x=left), left + wide + spec.apart
    box = Rect(left + row.wider - row.box_width, top + row.digits + line_gap, row.box_width, row.box_height)
    return _apart(row, left + row.wider, top, box, pad, spec.gap)


def _holds_in_a_corner(spec: QuestionSpec, row: SumMetrics) -> bool:
    wide, high = spec.least_pad
    fits_width = max(row.sum_width, row.box_width + spec.layout.gap + wide) <= spec.layout.page.w
    return fits_width and row.digits + row.line_gap + max(row.box_height, high) <= spec.height


def _in_a_corner(spec: QuestionSpec, row: SumMetrics) -> QuestionPlaces:
    """The sum at the top; below it the box, with the pad beside the box."""
    page, apart = spec.layout.page, spec.layout.gap
    above = row.digits + row.line_gap
    wide, high = spec.pad_in(page.w - row.box_width - apart, spec.height - above)
    below = max(row.box_height, high)
    top, block = spec.top + (spec.height - above - below) // 2, row.box_width + apart + wide
    left = page.x + (page.w - block) // 2
    box = Rect(left, top + above + (below - row.box_height) // 2, row.box_width, row.box_height)
    pad = Rect(box.right + apart, top + above + (below - high) // 2, wide, high)
    if spec.pad is Pad.LEFT:
        pad, box = pad._replace(x=left), box._replace(x=left + wide + apart)
    return _apart(row, max(box.right, page.x + row.sum_width), top, box, pad, spec.gap)


def _holds_in_a_tower(spec: QuestionSpec, row: SumMetrics) -> bool:
    wide, high = spec.least_pad
    return max(row.wider, wide) <= spec.layout.page.w and row.stack + spec.layout.gap + high <= spec.height


def _in_a_tower(spec: QuestionSpec, row: SumMetrics) -> QuestionPlaces:
    """Sum, box and pad one above the other, for a display taller than wide."""
    page = spec.layout.page
    wide, high = page.w, spec.height - row.stack - spec.layout.gap
    high = 4 * min(spec.layout.px(128), (high - 3 * spec.gap) // 4) + 3 * spec.gap
    spare = (spec.height - row.stack - high) // 3
    top, left = spec.top + spare, page.x + (page.w - row.wider) // 2
    box = Rect(left + row.wider - row.box_width, top + row.digits + row.line_gap, row.box_width, row.box_height)
    x = page.x if spec.pad is Pad.LEFT else page.right - wide
    return _apart(row, left + row.wider, top, box, Rect(x, box.bottom + spare, wide, high), spec.gap)


ON_A_LINE = _Shape(_holds_on_a_line, _on_a_line)
IN_A_COLUMN = _Shape(_holds_in_a_column, _in_a_column)
WITHOUT_PAD = (ON_A_LINE, IN_A_COLUMN)
UNDER_EACH_OTHER = _Shape(_holds_under_each_other, _under_each_other)
IN_A_CORNER = _Shape(_holds_in_a_corner, _in_a_corner)
IN_A_TOWER = _Shape(_holds_in_a_tower, _in_a_tower)
WITH_PAD = (ON_A_LINE, UNDER_EACH_OTHER, IN_A_COLUMN, IN_A_CORNER, IN_A_TOWER)
UPRIGHT = (UNDER_EACH_OTHER, IN_A_TOWER, IN_A_CORNER, IN_A_COLUMN, ON_A_LINE)


def _placed(spec: QuestionSpec, row: SumMetrics, at: tuple[int, int], pad: Rect | None) -> QuestionPlaces:
    """Sum and box side by side; ``at`` is their left edge and the height of their centre."""
    left, centre = at
    box = Rect(left + row.sum_width + row.box_gap, centre - row.box_height // 2, row.box_width, row.box_height)
    baseline = centre + row.digits // 2
    return QuestionPlaces(
        style=row.style,
        sum_baseline=baseline,
        baseline=baseline,
        sign_gap=row.sign_gap,
        equals_right=left + row.sum_width,
        box=box,
        answer_left=box.x + row.box_inset,
        pad=pad,
        key_gap=spec.gap,
    )


def _apart(row: SumMetrics, equals_right: int, top: int, box: Rect, pad: Rect | None, key_gap: int) -> QuestionPlaces:
    """The sum above the box."""
    return QuestionPlaces(
        style=row.style,
        sum_baseline=top + row.digits,
        baseline=box.middle[1] + row.digits // 2,
        sign_gap=row.sign_gap,
        equals_right=equals_right,
        box=box,
        answer_left=box.x + row.box_inset,
        pad=pad,
        key_gap=key_gap,
    )

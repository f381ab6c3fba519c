"""The page grid and the places of a question, on every display a school may have."""

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.marks import Box, Rect
from mtc_kiosk.kiosk.drawing.page_layout import LEAST_TOUCH_PX, Layout
from mtc_kiosk.kiosk.drawing.question_layout import question_places
from mtc_kiosk.kiosk.drawing.theme import EXERCISE_BOOK
from mtc_kiosk.kiosk.screens import draw
from tools.gallery.contact_sheet import own_theme, scenes

SIZES = [(1024, 768), (1280, 800), (1366, 768), (1920, 1080), (2560, 1440), (3840, 2160), (768, 1024)]
FONTS = Fonts()

displays = st.tuples(st.integers(1024, 3840), st.integers(768, 2160)).filter(lambda size: size[0] >= size[1])


def millimetres(pixels: int, layout: Layout) -> float:
    """How long so many pixels are on the layout's display."""
    return pixels * layout.diagonal_inches * 25.4 / math.hypot(layout.width, layout.height)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("diagonal", [9.7, 11.6, 15.6, 24.0])
def test_pressable(size: tuple[int, int], diagonal: float) -> None:
    """Everything that can be pressed is at least 44 px and 10 mm on each side."""
    layout = Layout(*size, FONTS, diagonal)
    for name, scene in scenes().items():
        for mark in draw(scene, own_theme(scene), layout):
            if isinstance(mark, Box) and mark.control is not None:
                side = min(mark.rect.w, mark.rect.h)
                assert side >= LEAST_TOUCH_PX, (name, mark.control)
                assert millimetres(side, layout) >= 10, (name, mark.control)


def test_touch_by_the_diagonal() -> None:
    """The same pixels on a smaller display ask for more of them."""
    assert Layout(3840, 2160, FONTS, 13.3).touch > Layout(3840, 2160, FONTS, 27.0).touch == 65


@pytest.mark.parametrize("size", SIZES)
def test_button_stands_still(size: tuple[int, int]) -> None:
    """The strong button has the same centre and height on every page, whatever its words."""
    layout = Layout(*size, FONTS)
    narrow, wide = layout.button(layout.px(200)), layout.button(layout.px(420))
    assert narrow.middle == wide.middle
    assert narrow.h == wide.h
    assert not narrow.meets(layout.second(layout.px(200)))


@pytest.mark.parametrize("size", SIZES)
def test_sum_is_large(size: tuple[int, int]) -> None:
    """Sum and answer are a sixth of the height in 16:9 and 4:3; less only where the width forbids it."""
    width, height = size
    style = question_places(Layout(*size, FONTS), EXERCISE_BOOK).style
    if width * 9 // height == 16 or width * 3 == height * 4:
        assert style.size == height // 6
    else:
        assert style.size >= min(width, height) // 8


@given(displays)
@settings(max_examples=60, deadline=None)
def test_nothing_meets(size: tuple[int, int]) -> None:
    """On any landscape display sum, box, pad, head and time keep clear of each other and of the edge."""
    layout = Layout(*size, FONTS)
    places = question_places(layout, EXERCISE_BOOK)
    digit, sign = FONTS.width("0", places.style), FONTS.width("×", places.style)
    width = 4 * digit + 2 * sign + 3 * places.sign_gap
    line = Rect(places.equals_right - width, places.baseline - places.style.size, width, places.style.size)
    seconds = Rect(layout.foot.x, layout.foot.y - layout.px(62), layout.px(300), layout.px(62))
    areas = [line._replace(y=places.box.y, h=places.box.h), places.box, places.pad, layout.head, layout.foot, seconds]
    for one, other in combinations(areas, 2):
        assert not one.meets(other) or {one, other} == {seconds, layout.foot}
    for area in areas:
        assert layout.display.grown(-layout.margin // 2).holds(area)


@given(displays, st.text("0123456789", min_size=5, max_size=5))
@settings(max_examples=60, deadline=None)
def test_five_digits_fit(size: tuple[int, int], typed: str) -> None:
    """The longest answer stays inside the box, clear of its border."""
    layout = Layout(*size, FONTS)
    places = question_places(layout, EXERCISE_BOOK)
    right = places.answer_left + FONTS.width(typed, places.style)
    assert places.box.x + layout.border < places.answer_left
    assert right + layout.border < places.box.right


@pytest.mark.parametrize("size", SIZES)
def test_sum_box_and_pad_share_a_line(size: tuple[int, int]) -> None:
    """Beside each other, sum, box and pad have one centre, and the digits are in the middle of the box."""
    layout = Layout(*size, FONTS)
    places = question_places(layout, EXERCISE_BOOK)
    centre = places.baseline - FONTS.digit_height(places.style) // 2
    assert abs(centre - places.box.middle[1]) <= 1
    if size[0] * 2 >= size[1] * 3:
        assert abs(centre - places.pad.middle[1]) <= 1


def test_keys_fill_the_pad() -> None:
    """The twelve keys are apart by the gap and reach the pad's corners."""
    places = question_places(Layout(1366, 768, FONTS), EXERCISE_BOOK)
    keys = [[places.key(column, row) for column in range(3)] for row in range(4)]
    assert keys[0][0][:2] == places.pad[:2]
    assert (keys[3][2].right, keys[3][2].bottom) == (places.pad.right, places.pad.bottom)
    for row in keys:
        assert [right.x - left.right for left, right in pairwise(row)] == [places.key_gap] * 2


def test_wide_display_keeps_the_page() -> None:
    """On a display wider than 16:9 the page stays as wide as 16:9, in the middle."""
    layout = Layout(3440, 1440, FONTS)
    assert layout.page.w + 2 * layout.margin == 2560
    assert layout.page.middle[0] == 1720

"""Where a second press would do harm, nothing to press is where the page before had its button: by measured boxes."""

from itertools import product

import pytest

from mtc_kiosk.check.arrangements import Colours, Look, Size, Typeface
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import PageView
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.marks import Box, Rect
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import theme_of
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view.controls import Button, Control, Field
from mtc_kiosk.kiosk.view.scene import ColoursView, ConfirmView, Scene, Shown, SignInView, SizeView
from tests.kiosk.clear import unclear

FONTS = Fonts()
DISPLAYS = [(1366, 768), (1024, 768), (768, 1024), (1920, 1080), (1280, 720), (1024, 600)]
PUPIL = ConfirmView("Zofia", "Łukaszewska", "5 March 2016", "Made-up Primary School", "4A")
PAIRS: dict[str, tuple[Shown, Button, Shown]] = {
    "sign in, is this you": (SignInView("cat", "4738", Field.PIN, can_send=True), Button.SIGN_IN, PUPIL),
    "size, is this you": (SizeView(Size.RGL), Button.NEXT, PUPIL),
    "colours, is this you": (ColoursView(Colours.BOW), Button.NEXT, PUPIL),
    "practice is done, the check": (
        PageView(Page.PRACTICE_COMPLETE, 3, 25, "6"),
        Button.NEXT,
        PageView(Page.QUESTIONS_INTRO, 3, 25, "6"),
    ),
}


def pressable(shown: Shown, look: Look, layout: Layout) -> dict[Control, Rect]:
    """Everything to press on a page of the official check, and that nothing runs into anything."""
    marks = draw(Scene(shown, Kind.OFFICIAL, look=look), theme_of(look), layout)
    assert not unclear(marks, layout), (look, layout.width, layout.height)
    return {mark.control: mark.rect for mark in marks if isinstance(mark, Box) and mark.control is not None}


@pytest.mark.parametrize("pair", list(PAIRS))
@pytest.mark.parametrize("size", list(Size))
def test_a_second_press_in_the_same_place_meets_nothing_that_would_do_harm(pair: str, size: Size) -> None:
    """At every size and typeface, on wide, square and upright displays."""
    before, button, after = PAIRS[pair]
    for display, typeface in product(DISPLAYS, Typeface):
        layout, look = Layout(*display, FONTS), Look(size=size, typeface=typeface)
        pressed = pressable(before, look, layout)[button]
        met = [name for name, rect in pressable(after, look, layout).items() if rect.meets(pressed)]
        assert met == [], (display, typeface)

"""Larger words in a wide typeface: nothing crosses an edge, a number stays on its line, and the pad grows too."""

from dataclasses import replace
from itertools import product

import pytest

from mtc_kiosk.check.arrangements import Look, Size, Typeface
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.view import PauseView
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.marks import Box, Text
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.question_layout import question_places
from mtc_kiosk.kiosk.drawing.theme import theme_of
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view.controls import ScreenKey
from mtc_kiosk.kiosk.view.scene import Scene
from tests.kiosk.clear import pupil_scenes, unclear

FONTS = Fonts()
DISPLAYS = [(1366, 768), (1024, 768), (768, 1024)]
LARGER = [Size.LRG, Size.XLG, Size.XXL]
WIDER = [Typeface.ATKINSON, Typeface.OPENDYSLEXIC]


@pytest.mark.parametrize("size", LARGER)
@pytest.mark.parametrize("typeface", WIDER)
def test_no_button_and_no_card_stands_over_an_edge(size: Size, typeface: Typeface) -> None:
    """On every page of a pupil, with and without its way out and its changes."""
    look = Look(size=size, typeface=typeface)
    for display, (name, scene) in product(DISPLAYS, pupil_scenes().items()):
        layout = Layout(*display, FONTS)
        marks = draw(replace(scene, look=look), theme_of(look, no_pad=scene.no_pad), layout)
        assert not unclear(marks, layout), (name, display)


@pytest.mark.parametrize("size", LARGER)
@pytest.mark.parametrize("typeface", list(Typeface))
@pytest.mark.parametrize("display", [*DISPLAYS, (1280, 720), (1920, 1080)])
def test_the_coming_question_is_on_one_line(size: Size, typeface: Typeface, display: tuple[int, int]) -> None:
    """Its words and its number are read at one glance, and are as large for each question."""
    look, layout = Look(size=size, typeface=typeface), Layout(*display, FONTS)
    for total, practice in ((3, True), (25, False)):
        headings = []
        for number in (1, total):
            view = PauseView(number, total, practice, next_button=True)
            marks = draw(Scene(view, Kind.TRY, look=look), theme_of(look), layout)
            said = f"Practice question {number}" if practice else f"Question {number}"
            headings += [mark.style for mark in marks if isinstance(mark, Text) and mark.text == said]
        assert len(headings) == 2, (total, practice)
        assert headings[0] == headings[1]


@pytest.mark.parametrize("typeface", list(Typeface))
@pytest.mark.parametrize("display", [(1366, 768), (1280, 720), (1920, 1080)])
def test_the_pad_of_the_largest_is_no_smaller_than_the_regular_one(
    typeface: Typeface, display: tuple[int, int]
) -> None:
    """On a wide display, in keys' width and area, and in the word Enter."""
    sizes, words = {}, {}
    for size in (Size.RGL, Size.XXL):
        look, layout = Look(size=size, typeface=typeface), Layout(*display, FONTS).sized(size)
        sizes[size] = question_places(layout, theme_of(look)).key(0, 0)
        scene = replace(pupil_scenes()["question"], look=look)
        marks = draw(scene, theme_of(look), Layout(*display, FONTS))
        words[size] = next(mark.style.size for mark in marks if isinstance(mark, Text) and mark.text == "Enter")
        assert any(isinstance(mark, Box) and mark.control == ScreenKey("Enter") for mark in marks)
    assert sizes[Size.XXL].w >= sizes[Size.RGL].w
    assert sizes[Size.XXL].w * sizes[Size.XXL].h >= sizes[Size.RGL].w * sizes[Size.RGL].h
    assert words[Size.XXL] >= words[Size.RGL]


@pytest.mark.parametrize("size", LARGER)
@pytest.mark.parametrize("typeface", list(Typeface))
def test_a_name_is_no_smaller_in_a_larger_size(size: Size, typeface: Typeface) -> None:
    """Whose check it is, is what the page is for: what to press must not take its room."""
    confirm = pupil_scenes()["confirm"]
    for display in DISPLAYS:
        names = {}
        for each in (Size.RGL, size):
            look = Look(size=each, typeface=typeface)
            marks = draw(replace(confirm, look=look), theme_of(look), Layout(*display, FONTS))
            names[each] = next(m.style.size for m in marks if isinstance(m, Text) and m.text.startswith("Zofia"))
        assert names[size] >= names[Size.RGL] * 9 // 10, (display, names)

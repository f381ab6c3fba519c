"""Painting: only what differs, with the same pixels as painting everything; colours measured from the pixels."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pygame
import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.view import QuestionView
from mtc_kiosk.kiosk.drawing.fonts import Colour, Fonts, Style, Surfaces
from mtc_kiosk.kiosk.drawing.marks import Bar, Box, Mark, Rect, Text
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.paint import paint, warm
from mtc_kiosk.kiosk.drawing.theme import EXERCISE_BOOK
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view.scene import Scene
from tools.gallery.contact_sheet import own_theme, scenes

SIZE = (1366, 768)
FONTS = Fonts()
LAYOUT = Layout(*SIZE, FONTS)
QUESTION = QuestionView(7, 25, False, 1, 12, 8, True, "", 6, 6)


def marks_of(view: QuestionView) -> tuple[Mark, ...]:
    """The marks of a question on the usual display."""
    return draw(Scene(view, Kind.TRY), EXERCISE_BOOK, LAYOUT)


def painted(marks: tuple[Mark, ...], size: tuple[int, int] = SIZE) -> pygame.Surface:
    """A surface with everything painted."""
    surface = pygame.Surface(size)
    paint(surface, marks, None, FONTS)
    return surface


def pixels(surface: pygame.Surface) -> bytes:
    """Every pixel, to be compared."""
    return pygame.image.tobytes(surface, "RGB")


def luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_changes_leave_the_same_pixels() -> None:
    """From any screen to the next, painting the differences gives the same pixels as painting everything."""
    drawn = [draw(scene, own_theme(scene), LAYOUT) for scene in scenes().values()]
    surface = painted(drawn[-1])
    for before, after in pairwise([drawn[-1], *drawn]):
        paint(surface, after, before, FONTS)
        assert pixels(surface) == pixels(painted(after))


def test_typing_leaves_the_same_pixels() -> None:
    """Digits that come and go, and seconds that pass, leave nothing behind."""
    surface, before = painted(marks_of(QUESTION)), marks_of(QUESTION)
    for typed, seconds in [("1", 6), ("14", 5), ("144", 5), ("14", 4), ("1444", 3), ("", 2), ("99999", 1)]:
        after = marks_of(replace(QUESTION, typed=typed, seconds_left=seconds))
        paint(surface, after, before, FONTS)
        before = after
        assert pixels(surface) == pixels(painted(after))


def test_nothing_outside_the_returned_areas_is_touched() -> None:
    """A digit touches the answer's own pixels alone; the rest of the surface is not drawn on."""
    surface = pygame.Surface(SIZE)
    surface.fill((1, 2, 3))
    before, after = marks_of(replace(QUESTION, typed="9")), marks_of(replace(QUESTION, typed="96"))
    areas = paint(surface, after, before, FONTS)
    for area in areas:
        surface.fill((1, 2, 3), area)
    assert pixels(surface) == bytes((1, 2, 3)) * (SIZE[0] * SIZE[1])
    (area,) = areas
    answer = next(mark for mark in after if isinstance(mark, Text) and mark.text == "96")
    assert Rect(*area) == answer.rect


def test_equal_marks_touch_nothing() -> None:
    """Equal marks draw nothing and return nothing."""
    surface = pygame.Surface(SIZE)
    surface.fill((1, 2, 3))
    assert paint(surface, marks_of(QUESTION), marks_of(QUESTION), FONTS) == []
    assert pixels(surface) == bytes((1, 2, 3)) * (SIZE[0] * SIZE[1])


def test_unknown_before_paints_everything() -> None:
    """Where it is not known what the surface shows, all of it is painted."""
    assert paint(pygame.Surface(SIZE), marks_of(QUESTION), None, FONTS) == [pygame.Rect(0, 0, *SIZE)]


def test_another_order_paints_everything() -> None:
    """Marks over each other in another order look different, so everything is painted."""
    below, above = Box(Rect(0, 0, 20, 20), 0, (9, 9, 9)), Box(Rect(5, 5, 20, 20), 0, (200, 9, 9))
    surface = painted((below, above), (40, 40))
    paint(surface, (above, below), (below, above), FONTS)
    assert pixels(surface) == pixels(painted((above, below), (40, 40)))
    new = Box(Rect(30, 30, 5, 5), 0, (9, 200, 9))
    surface = painted((below, above), (40, 40))
    paint(surface, (new, above, below), (below, above), FONTS)
    assert pixels(surface) == pixels(painted((new, above, below), (40, 40)))


def test_clip_is_given_back() -> None:
    """The surface's own clip is as it was."""
    surface = pygame.Surface(SIZE)
    surface.set_clip(pygame.Rect(1, 2, 30, 40))
    paint(surface, marks_of(QUESTION), None, FONTS)
    assert surface.get_clip() == pygame.Rect(1, 2, 30, 40)


def test_areas_do_not_overlap() -> None:
    """The areas of a large change are apart, so that no pixel is drawn twice."""
    names = list(scenes().values())
    for before, after in pairwise(names):
        areas = paint(
            pygame.Surface(SIZE), draw(after, own_theme(after), LAYOUT), draw(before, own_theme(before), LAYOUT), FONTS
        )
        assert all(area.collidelist(areas[index + 1 :]) == -1 for index, area in enumerate(areas))


def test_words_are_where_their_rect_says() -> None:
    """A text's rect is exactly its ink: no pixel outside it, and each side of it touched."""
    fonts = Fonts()
    style = Style(40)
    for words in ("fig", "7", "Question", "Åy"):
        ink = fonts.ink(words, style)
        mark = Text(Rect(50 + ink.left, 80 + ink.top, ink.width, ink.height), words, style, (0, 0, 0), (50, 80))
        surface = pygame.Surface((300, 160), pygame.SRCALPHA)
        paint(surface, (mark,), None, fonts)
        assert Rect(*surface.get_bounding_rect()) == mark.rect


def test_corners_are_smooth() -> None:
    """A rounded corner has shades between box and paper; its straight sides have none."""
    box = Box(Rect(10, 10, 80, 80), 20, (0, 0, 0))
    surface = pygame.Surface((100, 100))
    surface.fill((255, 255, 255))
    paint(surface, (box,), None, FONTS)
    shades = {surface.get_at((x, y))[0] for x in range(10, 30) for y in range(10, 30)}
    assert len(shades) > 12
    assert {surface.get_at((50, y))[0] for y in (9, 10, 89, 90)} == {0, 255}
    corner = surface.subsurface((10, 10, 40, 40))
    assert pixels(corner) == pixels(pygame.transform.flip(surface.subsurface((50, 10, 40, 40)), True, False))


def test_bar_steps_in_whole_parts() -> None:
    """Four of six parts are filled, of equal width, with gaps of paper between them."""
    bar = Bar(Rect(0, 0, 650, 10), 6, 4, 10, (0, 0, 0), (200, 200, 200))
    surface = pygame.Surface((650, 10))
    surface.fill((255, 255, 255))
    paint(surface, (bar,), None, FONTS)
    row = [surface.get_at((x, 5))[0] for x in range(650)]
    assert [row[110 * part + 50] for part in range(6)] == [0, 0, 0, 0, 200, 200]
    assert [row[110 * part - 5] for part in range(1, 6)] == [255] * 5


def test_warm_leaves_nothing_to_make() -> None:
    """After warming, drawing and painting a question renders no new surface."""
    fonts = Fonts()
    layout = Layout(*SIZE, fonts)
    marks = draw(Scene(replace(QUESTION, typed="96"), Kind.TRY), EXERCISE_BOOK, layout)
    warm(marks, fonts)
    kept = fonts.surfaces.pixels
    paint(pygame.Surface(SIZE), marks, None, fonts)
    assert fonts.surfaces.pixels == kept


def test_kept_surfaces_are_bounded() -> None:
    """The surface longest unused is dropped first, and what is dropped is made again when asked for."""
    kept = Surfaces(limit=250)
    made: list[int] = []

    def surface(key: int) -> pygame.Surface:
        def make() -> pygame.Surface:
            made.append(key)
            return pygame.Surface((10, 10))

        return kept.get(key, make)

    for key in (1, 2, 1, 3, 1, 2):
        surface(key)
    assert made == [1, 2, 3, 2]
    assert kept.pixels == 200


def test_kept_in_place_of_another() -> None:
    """A surface put in place of another of the same key is counted once."""
    kept = Surfaces(limit=1000)
    kept.put("key", pygame.Surface((10, 10)))
    kept.put("key", pygame.Surface((10, 20)))
    assert kept.pixels == 200


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)])
@pytest.mark.parametrize("name", list(scenes()))
def test_words_have_seven_to_one(name: str, size: tuple[int, int]) -> None:
    """Every text has at least 7:1, measured from its own pixels against the commonest colour around them."""
    marks = draw(scenes()[name], own_theme(scenes()[name]), Layout(*size, FONTS))
    surface = painted(marks, size)
    for text in marks:
        if isinstance(text, Text):
            around = surface.subsurface(text.rect.grown(2))
            raw = pygame.image.tobytes(around, "RGB")
            colours = Counter((raw[at], raw[at + 1], raw[at + 2]) for at in range(0, len(raw), 3))
            ground = colours.most_common(1)[0][0]
            if ground == text.colour:  # a bold line may cover more than the ground does
                ground = colours.most_common(2)[1][0]
            assert max(contrast(colour, ground) for colour in colours) >= 7, text.text


def test_no_red() -> None:
    """No red is painted anywhere: nothing a pupil sees says wrong."""
    size = (640, 480)  # fewer pixels of the same colours
    for scene in scenes().values():
        raw = pygame.image.tobytes(painted(draw(scene, own_theme(scene), Layout(*size, FONTS)), size), "RGB")
        for red, green, blue in set(zip(raw[::3], raw[1::3], raw[2::3], strict=True)):
            assert not (red > 130 and red > green * 1.6 and red > blue * 1.6)

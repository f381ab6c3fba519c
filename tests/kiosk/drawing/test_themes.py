"""Every colour scheme and every size on every screen a pupil can see: nothing meets, everything is read.

Where a mark is depends on the size and the typeface, never on the scheme; what it contrasts with depends on the scheme
alone. So places are looked at for every size on every display in one scheme, colours for every scheme at one size and
for every size in one scheme, and the first test says that this is enough.
"""

from collections.abc import Iterator
from functools import cache

import pygame
import pytest

from mtc_kiosk.check.arrangements import Colours, Look, Size, Typeface
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.marks import Bar, Box, Mark, Picture, Text
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.paint import paint
from mtc_kiosk.kiosk.drawing.theme import EXERCISE_BOOK, SCHEMES, Theme, theme_of
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view.controls import Button, Field, ScreenKey
from mtc_kiosk.kiosk.view.scene import Scene
from tests.kiosk.clear import pupil_scenes, unclear
from tests.kiosk.drawing.test_paint import contrast

DISPLAYS = [(1024, 768), (1366, 768), (1920, 1080), (1280, 800), (768, 1024)]
SCHEMES_AND_OURS = [None, *Colours]
FONTS = Fonts()
LAYOUTS = {size: Layout(*size, FONTS) for size in DISPLAYS}
SCENES = pupil_scenes()
OWN_SIZE = frozenset({*Field, *Size, *map(ScreenKey, ("Tab", "Space", "Enter"))})


def themed(scene: Scene, colours: Colours | None, size: Size) -> Theme:
    """The theme of a scheme and a size, with the scene's own pad."""
    return theme_of(Look(colours=colours, size=size), no_pad=scene.no_pad)


@cache
def drawn(name: str, size: Size, display: tuple[int, int]) -> tuple[Mark, ...]:
    """A scene's marks in our own colours, drawn once for every test that looks at them."""
    return draw(SCENES[name], themed(SCENES[name], None, size), LAYOUTS[display])


def without_colours(marks: tuple[Mark, ...]) -> Iterator[object]:
    """Marks without colours, and without the lines that replace colours."""
    for mark in marks:
        match mark:
            case Text():
                yield mark.rect, mark.text, mark.style, mark.pen
            case Box():
                yield mark.rect, mark.radius, mark.depth, mark.sunk, mark.control
            case Bar():
                yield mark.rect, mark.parts, mark.filled, mark.gap
            case Picture():
                yield mark.rect, mark.drawing


@pytest.mark.parametrize("size", list(Size))
def test_a_scheme_moves_nothing(size: Size) -> None:
    """In all six schemes every mark has the same place, so that what holds of places in one holds in each."""
    layout = LAYOUTS[1366, 768]
    for name, scene in SCENES.items():
        ours = list(without_colours(drawn(name, size, (1366, 768))))
        for colours in Colours:
            theirs = draw(scene, themed(scene, colours, size), layout)
            assert list(without_colours(theirs)) == ours, (name, colours)


@pytest.mark.parametrize("display", DISPLAYS)
@pytest.mark.parametrize("size", list(Size))
def test_nothing_meets_at_any_size(size: Size, display: tuple[int, int]) -> None:
    """Every size on every display: nothing leaves it, no words meet others or an edge, everything can be pressed."""
    for name in SCENES:
        assert not unclear(drawn(name, size, display), LAYOUTS[display]), name


@pytest.mark.parametrize("display", [(1024, 768), (1280, 800)])
@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("typeface", [Typeface.ATKINSON, Typeface.OPENDYSLEXIC])
def test_nothing_meets_in_any_typeface(typeface: Typeface, size: Size, display: tuple[int, int]) -> None:
    """The same in the other typefaces, on the two displays that have the least room."""
    for name, scene in SCENES.items():
        theme = theme_of(Look(size=size, typeface=typeface), no_pad=scene.no_pad)
        assert not unclear(draw(scene, theme, LAYOUTS[display]), LAYOUTS[display]), name


def assert_read(scene: Scene, theme: Theme, layout: Layout, name: str) -> None:
    """Every text has 7:1: some pixel of its own against the commonest colour of the pixels around it."""
    marks = draw(scene, theme, layout)
    surface = pygame.Surface((layout.width, layout.height), 0, 32)
    paint(surface, marks, None, FONTS)
    for text in marks:
        if isinstance(text, Text):
            around = surface.subsurface(pygame.Rect(text.rect.grown(2)).clip(surface.get_rect()))
            ground = _ground(around)
            inks = around.copy()
            found = pygame.mask.from_threshold(inks, text.colour, (1, 1, 1, 255)).count()
            assert found >= min(4, text.rect.w), (name, text.text)
            assert contrast(text.colour, ground) >= 7, (name, theme.name, text.text)


def _ground(around: pygame.Surface) -> tuple[int, int, int]:
    """The commonest colour of the rim, where no letter is."""
    width, height = around.get_size()
    edges = [(x, y) for x in range(0, width, 2) for y in (0, height - 1)]
    edges += [(x, y) for x in (0, width - 1) for y in range(0, height, 2)]
    rim = [tuple(around.get_at(place)[:3]) for place in edges]
    return max(set(rim), key=rim.count)


@pytest.mark.parametrize("colours", SCHEMES_AND_OURS)
def test_every_scheme_is_read(colours: Colours | None) -> None:
    """Every text of every screen has 7:1 in every scheme, measured from painted pixels."""
    for name, scene in SCENES.items():
        assert_read(scene, themed(scene, colours, Size.RGL), LAYOUTS[1024, 768], name)


@pytest.mark.parametrize("size", [size for size in Size if size is not Size.RGL])
def test_every_size_is_read(size: Size) -> None:
    """Every text has 7:1 at every size as well, however thin its strokes are."""
    for name, scene in SCENES.items():
        assert_read(scene, themed(scene, Colours.BOB, size), LAYOUTS[1024, 768], name)


@pytest.mark.parametrize("colours", list(Colours))
def test_what_is_pressed_is_seen(colours: Colours) -> None:
    """Keys, buttons, the focus ring, the time and its track have 3:1 on their background."""
    theme = SCHEMES[colours]
    assert theme.outlined
    for one, other in (
        (theme.key_edge, theme.paper),
        (theme.mark, theme.paper),
        (theme.ink, theme.focus),
        (theme.line, theme.paper),
        (theme.line, theme.mark),
        (theme.mark_edge, theme.mark),
    ):
        assert contrast(one, other) >= 3, (one, other)


@pytest.mark.parametrize(
    ("colours", "ink", "paper"),
    [
        (Colours.BOW, "000000", "ffffff"),
        (Colours.YOB, "ffff00", "000000"),
        (Colours.BOB, "000000", "96adfc"),
        (Colours.BOP, "000000", "edd1b0"),
        (Colours.BOC, "00008b", "fff5cd"),
    ],
)
def test_words_have_two_colours(colours: Colours, ink: str, paper: str) -> None:
    """In a scheme every word is written in its two colours and no other."""
    both = {tuple(bytes.fromhex(each)) for each in (ink, paper)}
    for name, scene in SCENES.items():
        marks = draw(scene, themed(scene, colours, Size.RGL), LAYOUTS[1366, 768])
        inks = {mark.colour for mark in marks if isinstance(mark, Text)}
        assert inks <= both or name.startswith("choose_colours"), name


def test_ours_is_no_scheme() -> None:
    """Who chooses no colours has the exercise book, which is not black on white."""
    assert theme_of(Look()) == EXERCISE_BOOK
    assert theme_of(Look(colours=Colours.BOW)) != EXERCISE_BOOK


@pytest.mark.parametrize("display", DISPLAYS)
@pytest.mark.parametrize("size", list(Size))
def test_the_strong_button_has_one_place(size: Size, display: tuple[int, int]) -> None:
    """At one size the strong button has the same centre and height on every page, but where the check begins.

    There a second press on "The practice is over" must not begin it: its Start is below all others.
    """
    strong = {Button.NEXT, Button.SEND, Button.AGAIN, Button.SIGN_IN}
    places = set()
    for name in SCENES:
        if name == "questions_intro":
            continue
        for mark in drawn(name, size, display):
            if isinstance(mark, Box) and mark.control in strong:
                places.add((mark.rect.middle, mark.rect.h))
    assert len(places) == 1
    ((_, lowest), height), start = places.pop(), Button.NEXT
    opening = drawn("questions_intro", size, display)
    (begins,) = (mark for mark in opening if isinstance(mark, Box) and mark.control == start)
    assert begins.rect.y >= lowest + height // 2


@pytest.mark.parametrize("display", DISPLAYS)
def test_what_is_typed_is_never_smaller(display: tuple[int, int]) -> None:
    """Text in a box to type in is at a larger size no smaller than at regular."""
    for name in ("sign_in_ready", "assistant_ready"):
        sizes = []
        for size in (Size.RGL, Size.LRG, Size.XLG, Size.XXL):
            marks = drawn(name, size, display)
            fields = [mark.rect for mark in marks if isinstance(mark, Box) and isinstance(mark.control, Field)]
            typed = [mark for mark in marks if isinstance(mark, Text) and any(box.holds(mark.rect) for box in fields)]
            sizes.append(min(mark.style.size for mark in typed))
        assert min(sizes) == sizes[0], (name, sizes)


@pytest.mark.parametrize("display", DISPLAYS)
def test_words_grow_and_never_shrink(display: tuple[int, int]) -> None:
    """No line of words is smaller at a larger size than at regular, and the smaller sizes' are smaller."""
    for name in SCENES:
        sizes = {size: _sizes(drawn(name, size, display)) for size in Size}
        for size in (Size.LRG, Size.XLG, Size.XXL):
            for line, px in sizes[Size.RGL].items():
                assert sizes[size].get(line, px) >= px, (name, size, line)
        for line, px in sizes[Size.SML].items():
            assert px < sizes[Size.RGL].get(line, px + 1), (name, line)
            assert sizes[Size.VSM].get(line, px - 1) < px, (name, line)


def _sizes(marks: tuple[Mark, ...]) -> dict[str, int]:
    """Each line and its size; not what is typed in a box, nor the letters on keys."""
    boxes = [mark.rect for mark in marks if isinstance(mark, Box) and mark.control in OWN_SIZE]
    texts = [mark for mark in marks if isinstance(mark, Text) and not any(box.meets(mark.rect) for box in boxes)]
    return {text.text: text.style.size for text in texts if len(text.text) > 1}

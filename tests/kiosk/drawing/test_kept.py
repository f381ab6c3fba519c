"""What a day of pupils leaves in memory is bounded: surfaces, typefaces, and what an earlier pupil left in circles."""

import gc
import random
import sys
import weakref
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pygame
import pytest

from mtc_kiosk.check.arrangements import Arrangements, Colours, Look, Size, Typeface
from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Asking, build
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.check.state import Machine
from mtc_kiosk.check.view import PauseView, QuestionView
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.drawing.fonts import MOST_OPEN, ROOM, Surfaces, fonts_of_the_process
from mtc_kiosk.kiosk.view.scene import Scene
from tests.kiosk.virtual import Bench
from tools.gallery.arrangement_scenes import key_screens, look_scenes

LOOKS = [
    Look(colours, size, tuple(Typeface)[number % 3])
    for number, (colours, size) in enumerate(product((None, *Colours), Size))
]


def open_typefaces() -> int:
    """How many files of typefaces this process has open, as the system counts them (Linux)."""
    return sum(fd.resolve().suffix in (".ttf", ".otf") for fd in Path("/proc/self/fd").iterdir())


def test_every_look_in_turn_keeps_no_more_than_one_needs() -> None:
    """The screens of each look, one after another: pixels and open files stay within their bounds throughout."""
    size = (1024, 768)
    picture = PictureOfScene(pygame.Surface(size), 15.6)
    most, before = 0, open_typefaces() if sys.platform == "linux" else 0  # of tests that ran before in this process
    for look in LOOKS:
        for scene in key_screens(look):
            picture.draw(scene)
            most = max(most, picture.kept_pixels)
            assert fonts_of_the_process().open <= MOST_OPEN
        if sys.platform == "linux":
            assert open_typefaces() <= before + MOST_OPEN
    for scene in look_scenes().values():
        picture.draw(scene)
        most = max(most, picture.kept_pixels)
    assert size[0] * size[1] * ROOM * 0.9 < most <= size[0] * size[1] * ROOM, "the bound is reached, and never passed"


@pytest.mark.parametrize("display", [(768, 1024), (1366, 768)])
@pytest.mark.parametrize("typeface", [Typeface.ANDIKA, Typeface.OPENDYSLEXIC])
def test_nothing_made_ahead_is_lost_in_a_whole_check(display: tuple[int, int], typeface: Typeface) -> None:
    """In the largest size, with other answers typed in each question and the pauses between them."""
    look = Look(Colours.YOB, Size.XXL, typeface)
    form = draw(random.Random(7), FormRules())
    settings = Settings(arrangements=Arrangements(look=look))
    script = build(form, settings.timings, settings.arrangements, settings.practice)
    picture = PictureOfScene(pygame.Surface(display), 15.6)
    picture.warm_for(Machine(settings, script, form.spares, ask_again_last=False), Kind.OFFICIAL)
    ahead = fonts_of_the_process().surfaces.made_ahead
    assert len(ahead) > 50
    for number, step in enumerate((step for step in script if isinstance(step, Asking)), start=1):
        item = step.question.item
        picture.draw(
            Scene(PauseView(step.question.number, 25, step.question.practice, False), Kind.OFFICIAL, look=look)
        )
        view = QuestionView(step.question.number, 25, False, 1, item.factor1, item.factor2, True, "", 6, 6)
        for typed in (str(number), str(number * 37), str(number * 371), str(number * 3719)):
            picture.draw(Scene(replace(view, typed=typed), Kind.OFFICIAL, look=look))
    assert ahead <= fonts_of_the_process().surfaces.kept


def test_what_was_made_ahead_is_dropped_last() -> None:
    """Though it is the longest unused; the bound holds all the same."""
    kept = Surfaces(limit=300)
    small = pygame.Surface((10, 10))
    with kept.ahead():
        kept.get("twenty", lambda: small)
    for typed in range(10):
        kept.get(typed, lambda: small)
        assert "twenty" in kept.kept
        assert kept.pixels <= 300
    kept.put("all of it", pygame.Surface((30, 10)))
    assert kept.kept == {"twenty"}


def test_what_was_made_ahead_for_the_pupil_before_is_dropped_like_the_rest() -> None:
    """And what both need is made ahead for the next one too."""
    kept = Surfaces(limit=400)
    small = pygame.Surface((10, 10))
    with kept.ahead():
        kept.get("first", lambda: small)
        kept.get("both", lambda: small)
    with kept.ahead():
        kept.get("both", lambda: pytest.fail("it was there"))
        kept.get("second", lambda: small)
    for typed in range(10):
        kept.get(typed, lambda: small)
    assert {"both", "second"} <= kept.kept
    assert "first" not in kept.kept


class Circle:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_a_pupil_left_in_circles_is_gone_with_the_next(bench: Callable[..., Bench]) -> None:
    """The collector sets aside what is there when a check begins, and looks at it again with the next one."""
    desk = bench()
    circle = Circle()
    gone = weakref.ref(circle)
    desk.kiosk.state.enter_new()
    del circle
    gc.collect()
    assert gone() is not None, "the collector leaves a running check alone"
    desk.kiosk.state.leave()
    desk.kiosk.state.enter_new()
    assert gone() is None

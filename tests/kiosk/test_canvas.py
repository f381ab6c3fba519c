"""The picture on the window takes each scene's own look, and makes ahead what a question in it needs."""

from dataclasses import replace

import pygame
import pytest

from mtc_kiosk.check.arrangements import Arrangements, Clips, Colours, Look, Size, Typeface
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import build
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.check.state import Machine
from mtc_kiosk.check.view import QuestionView
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.drawing.theme import SCHEMES
from mtc_kiosk.kiosk.view.scene import Scene

QUESTION = QuestionView(1, 25, False, 1, 7, 8, True, "", 6, 6)
LOOKS = [
    Look(),
    Look(colours=Colours.YOB, size=Size.XXL),
    Look(size=Size.LRG, typeface=Typeface.OPENDYSLEXIC, pad_on_left=True),
]


def machine_of(arrangements: Arrangements) -> Machine:
    """A check of one question."""
    settings = Settings(practice=(), arrangements=arrangements)
    script = build(Form("one", (Item(7, 8),), ()), settings.timings, arrangements, ())
    return Machine(settings, script, (), ask_again_last=False)


def test_each_scene_has_its_own_look() -> None:
    """A scene in another look is painted whole in it, and the next one in the usual look again."""
    surface = pygame.Surface((1024, 768))
    picture = PictureOfScene(surface, 15.6)
    picture.draw(Scene(QUESTION, Kind.OFFICIAL))
    before = pygame.image.tobytes(surface, "RGB")
    assert picture.draw(Scene(QUESTION, Kind.OFFICIAL, look=Look(colours=Colours.YOB)))
    assert surface.get_at((2, 2))[:3] == SCHEMES[Colours.YOB].paper
    picture.draw(Scene(QUESTION, Kind.OFFICIAL))
    assert pygame.image.tobytes(surface, "RGB") == before


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("label", list(Kind))
@pytest.mark.parametrize("speaks", [False, True])
def test_nothing_is_made_in_a_question(look: Look, label: Kind, speaks: bool) -> None:
    """After warming, a question in the pupil's own look needs no new surface but those of what is typed."""
    arrangements = Arrangements(look=look, no_pad=look == LOOKS[0], clips=Clips() if speaks else None)
    picture = PictureOfScene(pygame.Surface((1024, 768)), 15.6)
    picture.warm_for(machine_of(arrangements), label)
    kept = picture.kept_pixels
    view = replace(QUESTION, seconds_left=1, typed="01234", has_speaker=speaks, can_repeat=speaks)
    picture.draw(Scene(view, label, look=look, no_pad=arrangements.no_pad))
    assert picture.kept_pixels == kept


def test_warming_in_a_look_that_was_chosen_later() -> None:
    """A pupil who has chosen another look since has that one made ahead."""
    picture = PictureOfScene(pygame.Surface((1024, 768)), 15.6)
    picture.warm_for(machine_of(Arrangements()), Kind.TRY, LOOKS[1])
    kept = picture.kept_pixels
    picture.draw(Scene(replace(QUESTION, seconds_left=1, typed="01234"), Kind.TRY, look=LOOKS[1]))
    assert picture.kept_pixels == kept

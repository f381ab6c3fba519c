"""The larger pointer: seen on every scheme, and harmless where there is no display."""

import pygame
import pytest

from mtc_kiosk.check.arrangements import Colours
from mtc_kiosk.kiosk.drawing.theme import EXERCISE_BOOK, SCHEMES
from mtc_kiosk.kiosk.system.pointer import HEIGHT, large_pointer, set_pointer, tip
from tests.kiosk.drawing.test_paint import contrast


@pytest.mark.parametrize("colours", [None, *Colours])
def test_the_pointer_is_seen_on_every_scheme(colours: Colours | None) -> None:
    """A good part of it has 7:1 on the paper it is over."""
    paper = EXERCISE_BOOK.paper if colours is None else SCHEMES[colours].paper
    surface = pygame.Surface((HEIGHT, HEIGHT))
    surface.fill(paper)
    surface.blit(large_pointer(), (0, 0))
    seen = [surface.get_at((x, y))[:3] for x in range(HEIGHT) for y in range(HEIGHT)]
    assert sum(contrast(pixel, paper) >= 7 for pixel in seen) > HEIGHT * HEIGHT // 20


def test_it_points_with_its_tip() -> None:
    """The pixel that points is at the upper left end of what is drawn."""
    drawn = large_pointer().get_bounding_rect(min_alpha=128)
    x, y = tip()
    assert drawn.x <= x < drawn.x + HEIGHT // 10
    assert drawn.y <= y < drawn.y + HEIGHT // 10


@pytest.mark.parametrize("large", [True, False])
def test_without_a_display_nothing_happens(large: bool) -> None:
    """A display that has no pointers is left alone."""
    set_pointer(large)

"""Where on the kiosk's screen a control is: from the marks that the program itself draws for a page."""

from decimal import Decimal
from functools import cache

import pygame

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.view import QuestionView
from mtc_kiosk.config.kiosk_file import Display
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.drawing.marks import Box, Rect
from mtc_kiosk.kiosk.view.controls import Control
from mtc_kiosk.kiosk.view.scene import Scene, Shown

INCHES: Decimal = Display().diagonal_inches


@cache
def control_rect(shown: Shown, label: Kind, control: Control, size: tuple[int, int]) -> Rect:
    """A control of a page on a display of this size."""
    picture = PictureOfScene(pygame.Surface(size), float(INCHES))
    picture.draw(Scene(shown, label))
    boxes = [mark.rect for mark in picture.marks if isinstance(mark, Box) and mark.control == control]
    assert boxes, f"{control} is not on this page"
    return boxes[0]


def middle(shown: Shown, label: Kind, control: Control, size: tuple[int, int]) -> tuple[int, int]:
    """The middle of that control."""
    rect = control_rect(shown, label, control, size)
    return round(rect.x + rect.w / 2), round(rect.y + rect.h / 2)


def question(*, practice: bool) -> QuestionView:
    """A question; which one makes no difference to where its keys are."""
    return QuestionView(
        number=1,
        total=25,
        practice=practice,
        showing=1,
        factor1=7,
        factor2=8,
        sum_shown=True,
        typed="",
        seconds_left=6,
        seconds=6,
    )

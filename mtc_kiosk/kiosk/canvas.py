"""The picture on the window: the scene last drawn, its marks, and which areas must be painted again."""

import pygame

from mtc_kiosk.check.arrangements import Look
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Asking
from mtc_kiosk.check.state import Machine
from mtc_kiosk.check.view import QuestionView
from mtc_kiosk.kiosk.drawing.fonts import fonts_of_the_process
from mtc_kiosk.kiosk.drawing.least_size import LEAST_SIDES, is_large_enough
from mtc_kiosk.kiosk.drawing.marks import Mark
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.paint import paint, warm
from mtc_kiosk.kiosk.drawing.theme import theme_of
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view.scene import Scene
from mtc_kiosk.spare_memory import give_back

__all__ = ["LEAST_SIDES", "PictureOfScene", "TooSmall", "is_large_enough"]

_DIGITS = "01234"
_MANY = 25


class TooSmall(ValueError):
    """A window of this size cannot show the screens."""


class PictureOfScene:
    """Keeps what is on the surface, so that an equal scene costs nothing, and a changed one only its changes."""

    def __init__(self, surface: pygame.Surface, diagonal_inches: float) -> None:
        self.marks: tuple[Mark, ...] = ()
        self._surface, self._diagonal = surface, diagonal_inches
        self._fonts = fonts_of_the_process()
        self._layout = self._laid_out()
        self._scene: Scene | None = None
        self._painted: tuple[Mark, ...] | None = None

    def draw(self, scene: Scene) -> list[pygame.Rect]:
        """Paint a scene in its own look and return the areas to show; none if nothing changed."""
        if scene == self._scene and self._painted is not None:
            return []
        self._scene = scene
        self.marks = self._marks(scene)
        dirty = paint(self._surface, self.marks, self._painted, self._fonts)
        self._painted = self.marks
        return dirty

    def forget(self) -> None:
        """Forget what is on the surface: it is lost."""
        self._painted = None

    def take(self, surface: pygame.Surface) -> None:
        """Paint on this surface from now on; the earlier one must not be used. TooSmall for a tiny one."""
        self._surface, self._painted = surface, None
        if not is_large_enough(surface.get_size()):
            raise TooSmall(f"{surface.get_width()}x{surface.get_height()} pixels are too few to show the check.")
        if surface.get_size() != (self._layout.width, self._layout.height):
            self._fonts.forget()
            self._layout = self._laid_out()

    def warm_for(self, machine: Machine, label: Kind = Kind.TRY, look: Look | None = None) -> None:
        """Render ahead what the questions of a check will need, so that nothing is drawn for the first time in one.

        ``look`` is the pupil's present look, if it differs from that at the beginning of the check.
        """
        with self._fonts.surfaces.ahead():
            for step in machine.script:
                if isinstance(step, Asking):
                    warm(self._marks(_asked(machine, step, label, look)), self._fonts)
        give_back()

    @property
    def kept_pixels(self) -> int:
        """How many pixels of letters and shapes are cached."""
        return self._fonts.surfaces.pixels

    def _marks(self, scene: Scene) -> tuple[Mark, ...]:
        return draw(scene, theme_of(scene.look, no_pad=scene.no_pad), self._layout)

    def _laid_out(self) -> Layout:
        self._fonts.make_room_for(self._surface.get_size())
        return Layout(*self._surface.get_size(), self._fonts, self._diagonal)


def _asked(machine: Machine, step: Asking, label: Kind, look: Look | None) -> Scene:
    """A question of the check as it will be shown, at some moment of its time."""
    q, arrangements = step.question, machine.settings.arrangements
    seconds = -(-step.lasts // 1_000_000) if step.lasts is not None else None
    view = QuestionView(
        number=q.number,
        total=_MANY,
        practice=q.practice,
        showing=1,
        factor1=q.item.factor1,
        factor2=q.item.factor2,
        sum_shown=True,
        typed=_DIGITS,
        seconds_left=max(1, q.number % (seconds + 1)) if seconds is not None else None,
        seconds=seconds,
        has_speaker=arrangements.clips is not None,
        can_repeat=bool(q.number % 2),
    )
    return Scene(view, label, look=look or arrangements.look, no_pad=arrangements.no_pad)

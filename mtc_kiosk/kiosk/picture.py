"""The picture on the window: the scene last drawn, its marks, and what of it must be painted anew."""

import pygame

from mtc_kiosk.check.script import Asking
from mtc_kiosk.check.state import Machine
from mtc_kiosk.check.view import QuestionView
from mtc_kiosk.kiosk.fonts import Fonts
from mtc_kiosk.kiosk.layout import Layout
from mtc_kiosk.kiosk.marks import Mark
from mtc_kiosk.kiosk.paint import paint, warm
from mtc_kiosk.kiosk.scene import Label, Scene
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.theme import Theme

_DIGITS = "01234"


class PictureOfScene:
    """Keeps what is on the surface, so that an equal scene costs nothing and a changed one only what changed."""

    def __init__(self, surface: pygame.Surface, theme: Theme, diagonal_inches: float) -> None:
        self.marks: tuple[Mark, ...] = ()
        self._surface, self._theme, self._diagonal = surface, theme, diagonal_inches
        self._fonts = Fonts()
        self._layout = self._laid_out()
        self._scene: Scene | None = None
        self._painted: tuple[Mark, ...] | None = None

    def draw(self, scene: Scene) -> list[pygame.Rect]:
        """Paint a scene and return the areas to show; none where nothing changed."""
        if scene == self._scene and self._painted is not None:
            return []
        self._scene = scene
        self.marks = draw(scene, self._theme, self._layout)
        dirty = paint(self._surface, self.marks, self._painted, self._fonts)
        self._painted = self.marks
        return dirty

    def forget(self) -> None:
        """What is on the surface is lost, or the surface has another size."""
        self._painted = None
        if self._surface.get_size() != (self._layout.width, self._layout.height):
            self._layout = self._laid_out()

    def warm_for(self, machine: Machine) -> None:
        """Render ahead what the questions of a check will need, so that nothing is drawn for the first time in one."""
        for step in machine.script:
            if isinstance(step, Asking):
                self._warm(step)

    def _warm(self, step: Asking) -> None:
        item, seconds = step.question.item, -(-(step.lasts or 6_000_000) // 1_000_000)
        q = step.question
        view = QuestionView(
            q.number,
            25,
            q.practice,
            1,
            item.factor1,
            item.factor2,
            True,
            _DIGITS,
            max(1, q.number % (seconds + 1)),
            seconds,
        )
        warm(draw(Scene(view, Label.TRY), self._theme, self._layout), self._fonts)

    def _laid_out(self) -> Layout:
        return Layout(*self._surface.get_size(), self._fonts, self._diagonal)

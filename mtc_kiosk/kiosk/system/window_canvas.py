"""The picture on the window's surface, and whether there is such a surface.

A surface is good until the window has another size. Then ``renew`` takes the new one and has everything laid out anew;
until that succeeds nothing is painted, and to the check the display is gone.
"""

import contextlib

import pygame

from mtc_kiosk.kiosk.canvas import PictureOfScene, TooSmall
from mtc_kiosk.kiosk.system import pointer
from mtc_kiosk.kiosk.system.window import NoScreen, Window
from mtc_kiosk.kiosk.view.scene import Scene


class WindowCanvas:
    """What the pupil looks at. ``lost``: nothing can be shown there at present."""

    def __init__(self, window: Window, picture: PictureOfScene) -> None:
        self.lost = False
        self._window, self._picture = window, picture
        self._size = window.surface.get_size()
        self._large_pointer = False

    def renew(self) -> str | None:
        """Take the window's surface as it is now; its size, such as 1024x768, where that is another."""
        before = self._size
        self._large_pointer = False  # the window's pointer goes with it
        self.lost = True  # whatever else may raise: the surface before is none any more
        with contextlib.suppress(pygame.error, NoScreen, TooSmall):
            self._window.renew()
            self._size = self._window.surface.get_size()
            self._picture.take(self._window.surface)
            self.lost = False
        return f"{self._size[0]}x{self._size[1]}" if self._size != before else None

    def show(self, scene: Scene) -> bool:
        """Paint what changed and bring it to the screen; whether anything did."""
        dirty = self._picture.draw(scene)
        self._window.show(dirty)
        return bool(dirty)

    def set_pointer(self, scene: Scene) -> None:
        """Make the mouse's pointer as large as the pupil's look has it."""
        if scene.look.large_pointer != self._large_pointer:
            self._large_pointer = scene.look.large_pointer
            pointer.set_pointer(large=self._large_pointer)

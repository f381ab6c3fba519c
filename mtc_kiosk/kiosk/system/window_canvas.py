"""The picture on the window's surface, and whether there is such a surface.

A surface is valid until the window changes size. Then ``renew`` gets the new one and everything is laid out again;
until that succeeds nothing is painted, and the check counts the display as gone.
"""

import contextlib

import pygame

from mtc_kiosk.kiosk.canvas import PictureOfScene, TooSmall
from mtc_kiosk.kiosk.system import pointer
from mtc_kiosk.kiosk.system.window import NoScreen, Window
from mtc_kiosk.kiosk.view.scene import Scene


class WindowCanvas:
    """What the pupil sees. ``lost``: nothing can be shown at present."""

    def __init__(self, window: Window, picture: PictureOfScene) -> None:
        self.lost = False
        self._window, self._picture = window, picture
        self._size = window.surface.get_size()
        self._large_pointer = False

    def renew(self) -> str | None:
        """Get the window's surface as it is now; returns its size, such as 1024x768, if it has changed."""
        before = self._size
        self._large_pointer = False  # the pointer goes with the window
        self.lost = True  # whatever may raise below: the earlier surface is invalid
        with contextlib.suppress(pygame.error, NoScreen, TooSmall):
            self._window.renew()
            self._size = self._window.surface.get_size()
            self._picture.take(self._window.surface)
            self.lost = False
        return f"{self._size[0]}x{self._size[1]}" if self._size != before else None

    def show(self, scene: Scene) -> bool:
        """Paint what changed and bring it to the screen; True if anything did."""
        dirty = self._picture.draw(scene)
        self._window.show(dirty)
        return bool(dirty)

    def set_pointer(self, scene: Scene) -> None:
        """Set the mouse pointer's size by the pupil's look."""
        if scene.look.large_pointer != self._large_pointer:
            self._large_pointer = scene.look.large_pointer
            pointer.set_pointer(large=self._large_pointer)

"""A page of the kiosk: it shows itself, and while it has the screen it takes what is pressed and typed.

``Journey`` decides which page has the screen. To look at a page changes nothing: what time changes is changed by
``pass_time``, once a turn of the loop.
"""

from dataclasses import dataclass
from typing import Protocol

from mtc_kiosk.kiosk.input.events import KeyDown, Press, Release
from mtc_kiosk.kiosk.view.controls import Control
from mtc_kiosk.kiosk.view.scene import Shown

TOO_SOON_NS = 500_000_000
"""A press that began sooner than this after a page's first flip was on its way to the page before."""

Pressed = KeyDown | Press | Release
"""What a control was pressed with: Enter or the space bar, or a mouse, pen or finger that went down or came up."""


@dataclass(frozen=True)
class FocusOn:
    """The press or the key was the page's own, and this control has the focus after it."""

    control: Control | None


class ScreenPage(Protocol):
    """What every page can do."""

    def shown(self, now_ns: int) -> Shown:
        """What is on the screen at this moment."""

    def first_focus(self) -> Control | None:
        """The control that has the focus when the page opens; None where an Enter too many would choose something."""

    def press(self, control: Control, by: Pressed, now_ns: int) -> FocusOn | None:
        """A control acts. None leaves the focus where it is."""

    def type(self, key: KeyDown, focus: Control | None, now_ns: int) -> FocusOn | None:
        """A key of the keyboard; None where it is not the page's own, and moves the focus or presses what has it."""


class PlainPage:
    """A page with nothing to press and nothing to type in; what has more overrides it."""

    def first_focus(self) -> Control | None:
        """Nothing has the focus."""
        return None

    def press(self, control: Control, by: Pressed, now_ns: int) -> FocusOn | None:
        """Nothing acts."""
        return None

    def type(self, key: KeyDown, focus: Control | None, now_ns: int) -> FocusOn | None:
        """No key is the page's own."""
        return None

"""A page of the kiosk: it says what to show, and takes presses and keys while it has the screen.

``Journey`` decides which page has the screen. ``shown`` changes nothing; ``pass_time``, called once a turn of the loop,
makes the changes that time brings.
"""

from dataclasses import dataclass
from typing import Protocol

from mtc_kiosk.kiosk.input.events import KeyDown, Press, Release
from mtc_kiosk.kiosk.view.controls import Control
from mtc_kiosk.kiosk.view.scene import Shown

TOO_SOON_NS = 500_000_000
"""A press that began sooner than this after a page's first flip was meant for the page before."""

Pressed = KeyDown | Press | Release
"""What pressed a control: Enter or the space bar, or a mouse, pen or finger going down or up."""


@dataclass(frozen=True)
class FocusOn:
    """The page took the press or the key, and gives the focus to this control."""

    control: Control | None


class ScreenPage(Protocol):
    """The methods of every page."""

    def shown(self, now_ns: int) -> Shown:
        """What to show at this time."""

    def first_focus(self) -> Control | None:
        """The control that has the focus when the page opens; None where a stray Enter would choose something."""

    def press(self, control: Control, by: Pressed, now_ns: int) -> FocusOn | None:
        """Act on a control. None leaves the focus where it is."""

    def type(self, key: KeyDown, focus: Control | None, now_ns: int) -> FocusOn | None:
        """Take a key, or return None: then it moves the focus or presses the control that has it."""


class PlainPage:
    """A page without controls or text boxes; subclasses override what they have."""

    def first_focus(self) -> Control | None:
        """No focus."""
        return None

    def press(self, control: Control, by: Pressed, now_ns: int) -> FocusOn | None:
        """Ignore it."""
        return None

    def type(self, key: KeyDown, focus: Control | None, now_ns: int) -> FocusOn | None:
        """Take no key."""
        return None

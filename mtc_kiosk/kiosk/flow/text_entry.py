"""What the loop asks of a page whose boxes take text: the sign-in page, and the one for an assistant's name."""

from typing import Protocol

from mtc_kiosk.kiosk.view.controls import Control


class TextEntry(Protocol):
    """Two boxes. ``takes_spaces``: the space bar types, where the focus is in a box."""

    takes_spaces: bool

    @property
    def takes_digits(self) -> bool:
        """Whether the box that is typed in takes digits and nothing else."""

    def type(self, name: str) -> None:
        """A character, ``Backspace``, or ``Tab`` for the other box, of the keyboard."""

    def press_screen(self, name: str) -> None:
        """The same, of the keys on the screen."""

    def enter(self, now_ns: int) -> Control | None:
        """Enter in a box; the control that has the focus then."""

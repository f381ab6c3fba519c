"""What a key does in a text box: on the sign-in page, and on the page for an assistant's name."""

from typing import Protocol

from mtc_kiosk.check.keypress import is_chord
from mtc_kiosk.kiosk.flow.page import FocusOn
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.input.typed import character, digit
from mtc_kiosk.kiosk.view.controls import Control, Field


class TextEntry(Protocol):
    """A page with two text boxes. With ``takes_spaces`` the space bar types a space while a box has the focus."""

    takes_spaces: bool

    @property
    def takes_digits(self) -> bool:
        """Whether the box that takes typing accepts digits only."""

    @property
    def box(self) -> Control:
        """The box that takes typing."""

    def write(self, name: str) -> None:
        """Type a character, ``Backspace``, or ``Tab`` for the other box."""

    def enter(self, now_ns: int) -> Control | None:
        """Handle Enter in a box; return the control that has the focus then."""


def type_in_boxes(boxes: TextEntry, key: KeyDown, focus: Control | None, now_ns: int) -> FocusOn | None:
    """Type a key into the boxes; None if it types nothing."""
    if is_chord(key.name) and not character(key):
        return None
    in_a_box = isinstance(focus, Field)
    if key.name == "Enter" and in_a_box:
        return FocusOn(boxes.enter(now_ns))
    if key.name == "Space" and not (in_a_box and boxes.takes_spaces):
        return None
    text = key.name if key.name == "Backspace" else digit(key) if boxes.takes_digits else character(key)
    if not text:
        return None
    boxes.write(text)
    return FocusOn(boxes.box)

"""Pages whose boxes take text, where a pupil signs in and for an assistant's name, and what a key does in a box."""

from typing import Protocol

from mtc_kiosk.check.keypress import is_chord
from mtc_kiosk.kiosk.flow.page import FocusOn
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.input.typed import character, digit
from mtc_kiosk.kiosk.view.controls import Control, Field


class TextEntry(Protocol):
    """Two boxes. ``takes_spaces``: the space bar types, where the focus is in a box."""

    takes_spaces: bool

    @property
    def takes_digits(self) -> bool:
        """Whether the box that is typed in takes digits and nothing else."""

    @property
    def box(self) -> Control:
        """The box that is typed in."""

    def write(self, name: str) -> None:
        """A character, ``Backspace``, or ``Tab`` for the other box."""

    def enter(self, now_ns: int) -> Control | None:
        """Enter in a box; the control that has the focus then."""


def type_in_boxes(boxes: TextEntry, key: KeyDown, focus: Control | None, now_ns: int) -> FocusOn | None:
    """A key of the keyboard where boxes take what is typed; None where it types nothing."""
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

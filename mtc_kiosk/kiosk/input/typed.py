"""What a key types: the digit that it means where only digits are taken, or the character that it writes in a box.

A question and the box for a PIN take digits, by the key's place on the keyboard whatever Shift, Num Lock and the layout
say. A box for a name or a password, the search and the passcode take what the keyboard writes; where it writes nothing,
as the number pad with Num Lock off, the digit on the key. ``key_name`` in ``keys`` is the same for a question.
"""

import pygame

from mtc_kiosk.check.keypress import DIGITS, is_chord
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.input.keys import KEYPAD


def digit(key: KeyDown) -> str:
    """The digit of a key, "" where it has none; with Ctrl, Alt, AltGr or Win it has none."""
    if is_chord(key.name):
        return ""
    return key.text if key.text in DIGITS else key.name if key.name in DIGITS else ""


def character(key: KeyDown) -> str:
    """The one character that a key writes, "" for none. AltGr writes too; Ctrl, Alt and Win do not."""
    if is_chord(key.name) and key.text.isascii() and not key.alt_gr:
        return ""
    if len(key.text) == 1 and key.text.isprintable():
        return key.text
    return KEYPAD.get(key.code, "") if not is_chord(key.name) else ""


class LooseText:
    """Text that comes without a key, from a keyboard on the screen or an input method, as key presses of its own.

    SDL tells of each key and then of what it writes; of what a held key repeats it tells the text alone. So text is
    loose only while no key that writes is down.
    """

    def __init__(self) -> None:
        self._down: dict[int, str] = {}

    def as_keys(self, event: pygame.Event) -> list[pygame.Event]:
        """The events to go by in the place of this one."""
        match event.type:
            case pygame.KEYDOWN:
                self._down[event.scancode] = event.unicode
            case pygame.KEYUP:
                self._down.pop(event.scancode, None)
            case pygame.TEXTINPUT:
                if any(text and text.isprintable() for text in self._down.values()):
                    return []
                return [_key_of(text) for text in event.text]
            case _:
                pass
        return [event]


def _key_of(text: str) -> pygame.Event:
    return pygame.event.Event(
        pygame.KEYDOWN, scancode=pygame.KSCAN_UNKNOWN, key=pygame.K_UNKNOWN, mod=pygame.KMOD_NONE, unicode=text
    )

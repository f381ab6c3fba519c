"""What a key types: a digit where only digits are allowed, else the character it writes in a box.

A question and the box for a PIN take digits by the key's position, whatever Shift, Num Lock and the layout are. Boxes
for a name or a password, the search and the passcode take what the keyboard writes; if it writes nothing (the number
pad with Num Lock off), the digit on the key. ``keys.key_name`` does the same for a question.
"""

import pygame

from mtc_kiosk.check.keypress import DIGITS, is_chord
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.input.keys import KEYPAD


def digit(key: KeyDown) -> str:
    """The digit of a key, "" if it has none; with Ctrl, Alt, AltGr or Win it has none."""
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
    """Text without a key, from an on-screen keyboard or an input method, turned into key presses.

    SDL reports each key and then the text it writes; for a repeating key it reports only the text. So text counts as
    loose only while no key that writes is down.
    """

    def __init__(self) -> None:
        self._down: dict[int, str] = {}

    def as_keys(self, event: pygame.Event) -> list[pygame.Event]:
        """The events to use instead of this one."""
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

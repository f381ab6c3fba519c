"""Characters that software types on Windows without a key: on-screen keyboards, switches, speech.

Such software sends packets that belong to no key, and SDL drops their characters unless text is being typed. Here each
character becomes a press and a release of the key that types it.
"""

from collections.abc import Callable

import pygame

_DOWN, _KEYS, _CHARACTER = frozenset({0x0100, 0x0104}), frozenset({0x0100, 0x0101, 0x0104, 0x0105}), 0x0102
_PACKET = 0xE7
_CONTROL = {"\r": pygame.KSCAN_RETURN, "\b": pygame.KSCAN_BACKSPACE, "\t": pygame.KSCAN_TAB, " ": pygame.KSCAN_SPACE}


class Characters:
    """Watches the window's messages, in order, for characters without a key; ``post`` queues an event."""

    def __init__(self, post: Callable[[pygame.Event], object]) -> None:
        self._post = post
        self._in_packet = False

    def message(self, number: int, word: int) -> bool:
        """Look at a message by its number and first parameter; True if SDL must not see it.

        The scan code of a packet is half a character: SDL would take it for a key press.
        """
        if number in _KEYS:
            is_packet = word & 0xFFFF == _PACKET
            self._in_packet = is_packet if number in _DOWN else self._in_packet
            return is_packet
        if number == _CHARACTER and self._in_packet:
            self._type(chr(word & 0xFFFF))
            return True  # SDL would report it again, as text
        return False

    def _type(self, text: str) -> None:
        scancode = scancode_of(text)
        if not text.isprintable() and scancode == pygame.KSCAN_UNKNOWN:
            return
        attributes = {"key": ord(text.lower()), "scancode": scancode, "mod": 0, "unicode": text}
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            self._post(pygame.Event(kind, attributes))


def scancode_of(text: str) -> int:
    """The key that types a character: a digit of the top row, a letter, Enter and the like; else unknown."""
    if text in _CONTROL:
        return _CONTROL[text]
    if text.isascii() and text.isdigit():
        return pygame.KSCAN_1 + (int(text) - 1) % 10
    if text.isascii() and text.isalpha():
        return pygame.KSCAN_A + ord(text.lower()) - ord("a")
    return pygame.KSCAN_UNKNOWN

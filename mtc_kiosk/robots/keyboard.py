"""A robot's keyboard: each key's scancode, characters and modifiers as SDL reports them, on schools' layouts."""

from dataclasses import dataclass
from enum import Enum

import pygame


@dataclass(frozen=True)
class Key:
    """One key: where it is (``scancode``), its name in the layout (``keycode``), and what it types."""

    scancode: int
    keycode: int
    text: str = ""
    modifier: int = 0  # added to other keys' ``mod`` while this key is down


class Layout(Enum):
    """What the keys of the top row type without Shift; their scancodes are the same everywhere."""

    QWERTY = "1234567890"
    AZERTY = "&é\"'(-è_çà"


def top_row(digit: str, layout: Layout = Layout.QWERTY) -> Key:
    """The key of the top row that has this digit on it."""
    place = (int(digit) - 1) % 10
    text = layout.value[place]
    return Key(pygame.KSCAN_1 + place, ord(text), text)


def keypad(digit: str, *, num_lock: bool = True) -> Key:
    """The key of the number pad that has this digit on it; with Num Lock off it types nothing."""
    place = (int(digit) - 1) % 10
    return Key(pygame.KSCAN_KP1 + place, pygame.K_KP1 + place, digit if num_lock else "")


def letter(text: str) -> Key:
    """The key of a small letter, on a UK keyboard."""
    return Key(pygame.KSCAN_A + ord(text) - ord("a"), ord(text), text)


def function_key(number: int) -> Key:
    """F1 to F12."""
    return Key(pygame.KSCAN_F1 + number - 1, pygame.K_F1 + number - 1)


ENTER = Key(pygame.KSCAN_RETURN, pygame.K_RETURN, "\r")
KEYPAD_ENTER = Key(pygame.KSCAN_KP_ENTER, pygame.K_KP_ENTER, "\r")
KEYPAD_POINT = Key(pygame.KSCAN_KP_PERIOD, pygame.K_KP_PERIOD, ".")
BACKSPACE = Key(pygame.KSCAN_BACKSPACE, pygame.K_BACKSPACE, "\b")
DELETE = Key(pygame.KSCAN_DELETE, pygame.K_DELETE, "\x7f")
TAB = Key(pygame.KSCAN_TAB, pygame.K_TAB, "\t")
SPACE = Key(pygame.KSCAN_SPACE, pygame.K_SPACE, " ")
ESCAPE = Key(pygame.KSCAN_ESCAPE, pygame.K_ESCAPE, "\x1b")
COMMA = Key(pygame.KSCAN_COMMA, pygame.K_COMMA, ",")
F12 = function_key(12)
CTRL = Key(pygame.KSCAN_LCTRL, pygame.K_LCTRL, "", pygame.KMOD_LCTRL)
ALT = Key(pygame.KSCAN_LALT, pygame.K_LALT, "", pygame.KMOD_LALT)
WIN = Key(pygame.KSCAN_LGUI, pygame.K_LGUI, "", pygame.KMOD_LGUI)
SHIFT = Key(pygame.KSCAN_LSHIFT, pygame.K_LSHIFT, "", pygame.KMOD_LSHIFT)
ALT_GR = Key(pygame.KSCAN_RALT, pygame.K_MODE, "", pygame.KMOD_MODE)
"""As X11 reports it. Windows reports Ctrl and Alt instead."""

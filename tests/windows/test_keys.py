"""Keys that software presses on Windows: what becomes of their messages, by Microsoft's own numbers."""

import pygame
import pytest

from mtc_kiosk.kiosk.input.characters import Characters, scancode_of
from mtc_kiosk.windows.messages import scan_code, with_scan_code

DOWN, UP, CHARACTER = 0x100, 0x101, 0x102
PACKET = 0xE7
EXTENDED = 1 << 24


def heard(*messages: tuple[int, int]) -> tuple[list[bool], list[pygame.Event]]:
    """Which messages were kept back, and the events that came of them."""
    events: list[pygame.Event] = []
    characters = Characters(events.append)
    return [characters.message(*message) for message in messages], events


def test_a_character_without_a_key_is_the_press_of_its_key() -> None:
    """Down and up, as if it had been typed; neither packet nor character reaches SDL, or it would come twice."""
    kept, events = heard((DOWN, PACKET), (CHARACTER, ord("7")), (UP, PACKET))
    assert kept == [True, True, True]
    assert [(event.type, event.scancode, event.key, event.unicode) for event in events] == [
        (pygame.KEYDOWN, pygame.KSCAN_7, pygame.K_7, "7"),
        (pygame.KEYUP, pygame.KSCAN_7, pygame.K_7, "7"),
    ]


def test_the_character_of_a_key_is_not_typed_twice() -> None:
    """Windows sends one behind every key of a keyboard, and SDL has seen the key."""
    assert heard((DOWN, ord("7")), (CHARACTER, ord("7")), (UP, ord("7"))) == ([False] * 3, [])
    packet_before = ((DOWN, PACKET), (CHARACTER, ord("1")), (UP, PACKET), (DOWN, ord("7")), (CHARACTER, ord("7")))
    assert len(heard(*packet_before)[1]) == 2


@pytest.mark.parametrize(
    ("text", "scancode"),
    [
        *((str(n), (pygame.KSCAN_0, pygame.KSCAN_1)[n]) for n in (0, 1)),
        *(("9", pygame.KSCAN_9), ("a", pygame.KSCAN_A), ("Z", pygame.KSCAN_Z)),
        *(("\r", pygame.KSCAN_RETURN), ("\b", pygame.KSCAN_BACKSPACE), ("\t", pygame.KSCAN_TAB)),
        *((" ", pygame.KSCAN_SPACE), ("é", 0), ("٣", 0), ("²", 0)),
    ],
)
def test_a_character_is_the_key_that_types_it(text: str, scancode: int) -> None:
    """A digit of another script is no digit here; what no key types has no scan code."""
    assert scancode_of(text) == scancode


def test_a_control_character_that_no_key_types_is_nothing() -> None:
    """Nor is half of a character beyond the first 65,536."""
    assert heard((DOWN, PACKET), (CHARACTER, 0x03), (DOWN, PACKET), (CHARACTER, 0xD83D))[1] == []


@pytest.mark.parametrize(
    ("key", "named", "code", "extended"),
    [
        (0x37, 0x08, 0x08, False),  # 7
        (0x67, 0x47, 0x47, False),  # 7 of the number pad
        (0x60, 0x00, 0x52, False),  # 0 of the number pad, where the system names none
        (0x24, 0x47, 0x47, True),  # Home, which is no 7
        (0x25, 0xE04B, 0x4B, True),  # Left
        (0x0D, 0x1C, 0x1C, False),  # Enter
        (0xB3, 0x00, 0x00, False),  # a key that no keyboard of this kind has
    ],
)
def test_a_key_without_a_scan_code_is_given_its_own(key: int, named: int, code: int, extended: bool) -> None:
    """The rest of the message stays as it is."""
    details = with_scan_code(0xC0000001, key, named)
    assert (scan_code(details), bool(details & EXTENDED)) == (code, extended)
    assert details & ~(0xFF << 16 | EXTENDED) == 0xC0000001

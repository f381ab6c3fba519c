"""What keys type: digits by their place for questions and PINs, characters for names, passwords and the passcode."""

import os
import subprocess
import sys

import pygame
import pytest

from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.input.keys import translate
from mtc_kiosk.kiosk.input.typed import LooseText, character, digit
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.keyboard import Key, Layout

SHIFTED_1 = Key(pygame.KSCAN_1, ord("1"), "!")
FRENCH_1 = keyboard.top_row("1", Layout.AZERTY)
FRENCH_SHIFTED_1 = Key(pygame.KSCAN_1, ord("&"), "1")
FRENCH_2 = keyboard.top_row("2", Layout.AZERTY)
AT_BY_ALT_GR = Key(pygame.KSCAN_0, ord("à"), "@")
INDIC_1 = Key(pygame.KSCAN_1, 0x0661, "١")
SHIFT, CTRL, ALT, WIN, RIGHT_ALT = (
    pygame.KMOD_LSHIFT,
    pygame.KMOD_LCTRL,
    pygame.KMOD_LALT,
    pygame.KMOD_LGUI,
    pygame.KMOD_RALT,
)
PAD_OFF, PAD_ON = keyboard.keypad("7", num_lock=False), keyboard.keypad("7")


def pressed(key: Key, mod: int = 0) -> KeyDown:
    """The key as the window tells of it."""
    event = pygame.event.Event(pygame.KEYDOWN, scancode=key.scancode, key=key.keycode, mod=mod, unicode=key.text)
    happening = translate(event, 1, None, (800, 600))
    assert isinstance(happening, KeyDown)
    return happening


@pytest.mark.parametrize(
    ("key", "mod", "question", "pin", "text"),
    [
        (keyboard.top_row("1"), 0, "1", "1", "1"),
        (SHIFTED_1, SHIFT, "1", "1", "!"),
        (FRENCH_1, 0, "1", "1", "&"),
        (FRENCH_SHIFTED_1, SHIFT, "1", "1", "1"),
        (FRENCH_2, 0, "2", "2", "é"),
        (INDIC_1, 0, "1", "1", "١"),
        (PAD_OFF, 0, "7", "7", "7"),
        (PAD_ON, pygame.KMOD_NUM, "7", "7", "7"),
        (PAD_OFF, SHIFT, "7", "7", "7"),
        (PAD_OFF, CTRL, "Ctrl+7", "", ""),
        (keyboard.top_row("1"), ALT, "Alt+1", "", ""),
        (keyboard.letter("e"), WIN, "Win+e", "", ""),
        (Key(pygame.KSCAN_A, ord("a"), "\x01"), CTRL, "Ctrl+a", "", ""),
        (AT_BY_ALT_GR, pygame.KMOD_MODE, "Alt+0", "", "@"),
        (AT_BY_ALT_GR, CTRL | RIGHT_ALT, "Ctrl+Alt+0", "", "@"),
        (AT_BY_ALT_GR, CTRL | ALT, "Ctrl+Alt+0", "", ""),
        (keyboard.letter("e"), 0, "e", "", "e"),
        (keyboard.ENTER, 0, "Enter", "", ""),
        (keyboard.BACKSPACE, 0, "Backspace", "", ""),
    ],
)
def test_each_place_takes_what_the_key_means_there(key: Key, mod: int, question: str, pin: str, text: str) -> None:
    """The name for a question, the digit for a PIN, the character for a name."""
    down = pressed(key, mod)
    assert (down.name, digit(down), character(down)) == (question, pin, text)


def loose(typed: LooseText, *events: pygame.Event) -> list[str]:
    """The keys that go down, by what they are called."""
    told = [translate(one, 1, None, (800, 600)) for event in events for one in typed.as_keys(event)]
    return [one.name for one in told if isinstance(one, KeyDown)]


def down(key: Key) -> pygame.Event:
    """SDL's event."""
    return pygame.event.Event(pygame.KEYDOWN, scancode=key.scancode, key=key.keycode, mod=0, unicode=key.text)


def up(key: Key) -> pygame.Event:
    """SDL's event."""
    return pygame.event.Event(pygame.KEYUP, scancode=key.scancode, key=key.keycode, mod=0, unicode="")


def text(written: str) -> pygame.Event:
    """SDL's event."""
    return pygame.event.Event(pygame.TEXTINPUT, text=written)


def test_text_without_a_key_is_a_press_for_each_character() -> None:
    """A keyboard on the screen sends no keys: its digits answer questions, its letters write names."""
    assert loose(LooseText(), text("7"), text("Zoë")) == ["7", "Z", "o", "ë"]
    assert loose(LooseText(), text(" +")) == ["Space", "plus"]
    (seven,) = LooseText().as_keys(text("7"))
    told = translate(seven, 1, None, (800, 600))
    assert isinstance(told, KeyDown)
    assert (digit(told), character(told)) == ("7", "7")


def test_the_text_of_a_key_is_no_second_press() -> None:
    """A key and what it writes are one press, and what it repeats while it is held is none."""
    typed, six = LooseText(), keyboard.top_row("6")
    assert loose(typed, down(six), text("6"), text("6"), text("^"), up(six)) == ["6"]
    assert loose(typed, down(keyboard.SHIFT), text("7"), up(keyboard.SHIFT)) == ["Shift", "7"]


WITHOUT_SDLS_WAIT = """
import time
import pygame
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.system.window import SdlWindow
window = SdlWindow((800, 600), grab=False)
window._blocking.begin(None, x11=False)
pygame.event.clear()
for kind, about in (
    (pygame.KEYDOWN, {"scancode": pygame.KSCAN_4, "key": pygame.K_4, "mod": 0, "unicode": "4"}),
    (pygame.TEXTINPUT, {"text": "4"}),
    (pygame.KEYUP, {"scancode": pygame.KSCAN_4, "key": pygame.K_4, "mod": 0, "unicode": "4"}),
    (pygame.KEYDOWN, {"scancode": pygame.KSCAN_2, "key": pygame.K_2, "mod": 0, "unicode": "2"}),
):
    pygame.event.post(pygame.event.Event(kind, about))
happened = [one for _ in range(3) for one in window.wait(time.perf_counter_ns() + 100_000_000, exactly=False)]
print(*(one.name for one in happened if isinstance(one, KeyDown)))
"""


def test_keys_come_once_and_in_order_where_sdl_cannot_be_waited_for() -> None:
    """With another edition of SDL, which the program does not find, the window waits by pygame's own means."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_SDLS_WAIT],
        env=os.environ | {"SDL_VIDEODRIVER": "dummy"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "4 2"

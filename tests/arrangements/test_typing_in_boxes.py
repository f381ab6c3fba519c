"""What the keyboard types in the boxes of the sign-in page and of the assistant's page, through the real client."""

from collections.abc import Callable

import pygame

from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.keyboard import Key, Layout

from .school import School


def test_a_pin_is_typed_on_the_number_pad_with_num_lock_off(school: Callable[[str], School]) -> None:
    """And on the top row of a French keyboard, whose keys write & é and the like."""
    here = school("arrangements: [CCT]")
    here.start()
    desk = here.desk
    desk.pass_ms(1_500)
    desk.tap(keyboard.letter("a"), keyboard.ENTER)
    desk.tap(*(keyboard.keypad(digit, num_lock=False) for digit in "48"))
    desk.tap(*(keyboard.top_row(digit, Layout.AZERTY) for digit in "17"))
    view = desk.kiosk.journey.on_screen.shown(desk.now)
    assert getattr(view, "pin", None) == "4817"


def test_shift_and_a_digit_write_no_digit_in_a_name(school: Callable[[str], School]) -> None:
    """What the key writes is typed, on a UK keyboard as on a French one, whose é is a letter of a name."""
    at = school("arrangements: [ITA]")
    at.sign_in()
    at.confirm()
    at.desk.point(Button.NEXT)
    at.desk.tap(keyboard.letter("z"))
    at.desk.down(keyboard.SHIFT)
    at.desk.tap(Key(pygame.KSCAN_1, ord("1"), "!"))
    at.desk.up(keyboard.SHIFT)
    at.desk.tap(keyboard.top_row("2", Layout.AZERTY))
    view = at.desk.kiosk.journey.on_screen.shown(at.desk.now)
    assert getattr(view, "forename", None) == "z!é"

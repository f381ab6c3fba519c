"""What the tests of faults share: a question that is open, what became void, and staff at the keyboard."""

from collections.abc import Callable, Sequence

import pygame

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Voided
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.eyes import Place

from .virtual import Bench

Make = Callable[..., Bench]


def asked(bench: Make, number: int = 1, **wanted: object) -> Bench:
    """A bench whose question has just come up, with one digit typed."""
    desk = bench(**wanted)
    desk.reach(Place.QUESTION, number)
    desk.type_in("5")
    return desk


def voided(desk: Bench) -> list[tuple[int, int, Cause]]:
    """Number, showing and cause of each void."""
    return [(void.number, void.showing, void.cause) for void in desk.every(Voided)]


def held_chord(desk: Bench, seconds: int = 3) -> None:
    """Ctrl, Shift and F12 for so long."""
    keys = (keyboard.CTRL, keyboard.SHIFT, keyboard.F12)
    for key in keys:
        desk.down(key)
    desk.pass_ms(seconds * 1_000)
    for key in keys:
        desk.up(key)


def passcode(desk: Bench, typed: str) -> None:
    """Type it and press Enter."""
    desk.tap(*(keyboard.letter(text) for text in typed), keyboard.ENTER)


def break_glass(desk: Bench, times: int) -> None:
    """Let the next flips fail, as after a driver that went away."""
    shows, left = desk.window.show, times

    def show(dirty: Sequence[pygame.Rect]) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            raise pygame.error("made up: the video system is gone")
        shows(dirty)

    desk.window.show = show  # type: ignore[method-assign]  # the window is the tests' own

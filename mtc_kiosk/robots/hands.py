"""A robot's hands: turn "this key" and "that button" into acts of a keyboard, a mouse, a pen or a finger.

A hand finds a button by looking, and cannot press a key that it still holds down.
"""

import random
from typing import Protocol

from mtc_kiosk.check.events import Source
from mtc_kiosk.kiosk.drawing.marks import Rect
from mtc_kiosk.kiosk.view.controls import Control, ScreenKey
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.acts import KeyComesUp, KeyGoesDown, PointComesUp, PointGoesDown
from mtc_kiosk.robots.agenda import Agenda
from mtc_kiosk.robots.clock import MS, US
from mtc_kiosk.robots.diary import Stroke
from mtc_kiosk.robots.eyes import Sight
from mtc_kiosk.robots.keyboard import Key

LET_GO_NS = 10 * MS
"""A finger needs at least this long between letting a key go and pressing it again."""

CHORD_NS = 200 * MS


class CannotFind(RuntimeError):
    """A robot cannot find a control on the screen."""


class Hands(Protocol):
    """How a pupil presses things. Each method returns the time (ns) at which the key or button goes down."""

    def strike(self, sight: Sight, name: str, at_ns: int) -> int:
        """Press and let go a key of the answer: ``0`` to ``9``, ``Enter``, ``Backspace`` or ``Delete``."""

    def press(self, sight: Sight, control: Control, at_ns: int) -> int:
        """Press and let go a button of a page."""

    def write(self, sight: Sight, character: str, at_ns: int) -> int:
        """Press and let go the key of a small letter or digit of a password or PIN, not of an answer."""

    def press_key(self, sight: Sight, name: str, at_ns: int) -> int:
        """Press Tab, on the keyboard or the screen, to move to the other box."""

    def send(self, sight: Sight, control: Control, at_ns: int) -> int:
        """Press Enter in the last box, or its button."""

    def let_go(self) -> None:
        """Forget what is down: the PC has died."""


class OnKeyboard:
    """Both hands on the keyboard. ``on_keypad`` types digits on the number pad."""

    def __init__(self, chance: random.Random, agenda: Agenda, *, on_keypad: bool = False) -> None:
        self._chance, self._agenda, self._on_keypad = chance, agenda, on_keypad
        self._free_ns: dict[int, int] = {}

    def strike(self, sight: Sight, name: str, at_ns: int) -> int:
        """Press a key of the answer on the keyboard."""
        return self.hold(self._key(name), at_ns, self._chance.randrange(30_000, 130_000) * US, name)

    def press(self, sight: Sight, control: Control, at_ns: int) -> int:
        """Tab to the button, then Enter or the space bar."""
        for _ in range(_tabs(sight, control)):
            at_ns = self.tap(keyboard.TAB, at_ns) + self._chance.randrange(150_000, 400_000) * US
        return self.tap(self._chance.choice((keyboard.ENTER, keyboard.SPACE)), at_ns)

    def write(self, sight: Sight, character: str, at_ns: int) -> int:
        """A letter, or a digit of the top row."""
        key = keyboard.top_row(character) if character.isdigit() else keyboard.letter(character)
        return self.tap(key, at_ns)

    def press_key(self, sight: Sight, name: str, at_ns: int) -> int:
        """The key itself."""
        return self.tap(keyboard.TAB, at_ns)

    def send(self, sight: Sight, control: Control, at_ns: int) -> int:
        """Enter, wherever the button is."""
        return self.tap(keyboard.ENTER, at_ns)

    def tap(self, key: Key, at_ns: int) -> int:
        """Tap any key."""
        return self.hold(key, at_ns, self._chance.randrange(30_000, 130_000) * US)

    def hold(self, key: Key, at_ns: int, lasts_ns: int, name: str | None = None) -> int:
        """Hold a key for ``lasts_ns``, once it is free; ``name`` is given for a key of the answer."""
        at_ns = max(at_ns, self.free_ns(key))
        self._agenda.add(KeyGoesDown(at_ns, key), Stroke(at_ns, name) if name is not None else None)
        self._agenda.add(KeyComesUp(at_ns + lasts_ns, key))
        self._free_ns[key.scancode] = at_ns + lasts_ns + LET_GO_NS
        return at_ns

    def free_ns(self, key: Key) -> int:
        """When a key can be pressed again (ns); 0 if it was never pressed."""
        return self._free_ns.get(key.scancode, 0)

    def chord(self, modifier: Key, key: Key, at_ns: int) -> int:
        """Press a key with a modifier, never as part of the answer; return when both are up again (ns)."""
        at_ns = max(at_ns, self.free_ns(key))
        at_ns = self.hold(modifier, at_ns, CHORD_NS)
        self.hold(key, at_ns + CHORD_NS // 4, CHORD_NS // 2)
        return at_ns + CHORD_NS + LET_GO_NS

    def let_go(self) -> None:
        """Forget which keys are down: the PC has started anew."""
        self._free_ns.clear()

    def _key(self, name: str) -> Key:
        match name:
            case "Enter":
                return keyboard.KEYPAD_ENTER if self._on_keypad else keyboard.ENTER
            case "Backspace":
                return keyboard.BACKSPACE
            case "Delete":
                return keyboard.DELETE
            case _:
                return keyboard.keypad(name) if self._on_keypad else keyboard.top_row(name)


class OnPointer:
    """A mouse, a pen or a finger, and no keyboard."""

    def __init__(self, chance: random.Random, agenda: Agenda, source: Source) -> None:
        self._chance, self._agenda, self._source = chance, agenda, source
        self._free_ns = 0
        self._fingers = 0

    def strike(self, sight: Sight, name: str, at_ns: int) -> int:
        """Press a key of the on-screen pad, which acts as it goes down. The pad has no Delete."""
        where = self._inside(_found(sight, ScreenKey("Backspace" if name == "Delete" else name)))
        return self.drag(where, where, at_ns, name)

    def write(self, sight: Sight, character: str, at_ns: int) -> int:
        """A letter or digit of the keys on the screen."""
        where = self._inside(_found(sight, ScreenKey(character)))
        return self.drag(where, where, at_ns)

    def press_key(self, sight: Sight, name: str, at_ns: int) -> int:
        """The key on the screen."""
        return self.write(sight, name, at_ns)

    def send(self, sight: Sight, control: Control, at_ns: int) -> int:
        """The button."""
        return self.press(sight, control, at_ns)

    def press(self, sight: Sight, control: Control, at_ns: int) -> int:
        """Press a button: down and up inside it, not always at the same pixel."""
        rect = _found(sight, control)
        return self.drag(self._inside(rect), self._inside(rect), at_ns)

    def drag(self, down: tuple[int, int], up: tuple[int, int], at_ns: int, name: str | None = None) -> int:
        """Go down at one pixel and up at another. A mouse has one button; each touch is another finger."""
        lasts_ns = self._chance.randrange(50_000, 120_000) * US
        if self._source is Source.TOUCH:
            self._fingers += 1
        else:
            at_ns = max(at_ns, self._free_ns)
            self._free_ns = at_ns + lasts_ns + LET_GO_NS
        self._agenda.add(
            PointGoesDown(at_ns, *down, self._source, self._fingers),
            Stroke(at_ns, name) if name is not None else None,
        )
        self._agenda.add(PointComesUp(at_ns + lasts_ns, *up, self._source, self._fingers))
        return at_ns

    def let_go(self) -> None:
        """Forget what is down: the PC has started anew."""
        self._free_ns = 0

    def _inside(self, rect: Rect) -> tuple[int, int]:
        return self._chance.randrange(rect.x, rect.right), self._chance.randrange(rect.y, rect.bottom)


def _found(sight: Sight, control: Control) -> Rect:
    rect = sight.find(control)
    if rect is None:
        raise CannotFind(f"A robot cannot find {control!r} on the screen, which says: {' / '.join(sight.texts)}.")
    return rect


def _tabs(sight: Sight, control: Control) -> int:
    _found(sight, control)
    reached = sight.reached_by_keyboard()
    if sight.focus not in reached:
        return reached.index(control) + 1
    return (reached.index(control) - reached.index(sight.focus)) % len(reached)

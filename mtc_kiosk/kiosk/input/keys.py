"""Translates SDL's events to the program's own: keyboard, number pad, mouse, touch and pen.

Digits go by scancode, so that the number pad works with Num Lock on or off and on every keyboard layout; ``typed``
decides what a key writes in a box. The operating system's repeats never get here: pygame drops them.
"""

import pygame

from mtc_kiosk.check.events import Source
from mtc_kiosk.kiosk.input.events import (
    CloseAsked,
    FocusGained,
    FocusLost,
    InputEvent,
    KeyDown,
    KeyUp,
    Press,
    Release,
    Resized,
    SoundDeviceGone,
    Uncovered,
)

_TOP_ROW = {pygame.KSCAN_1 + i: str((i + 1) % 10) for i in range(10)}
KEYPAD = {pygame.KSCAN_KP1 + i: str((i + 1) % 10) for i in range(10)}
"""The digits of the number pad, by scancode."""

KEYPAD_POINT = "KeypadPoint"
NAMES = {
    **_TOP_ROW,
    **KEYPAD,
    pygame.KSCAN_RETURN: "Enter",
    pygame.KSCAN_KP_ENTER: "Enter",
    pygame.KSCAN_BACKSPACE: "Backspace",
    pygame.KSCAN_DELETE: "Delete",
    pygame.KSCAN_KP_PERIOD: KEYPAD_POINT,
    pygame.KSCAN_TAB: "Tab",
    pygame.KSCAN_SPACE: "Space",
    pygame.KSCAN_ESCAPE: "Escape",
    pygame.KSCAN_LEFT: "Left",
    pygame.KSCAN_RIGHT: "Right",
    pygame.KSCAN_UP: "Up",
    pygame.KSCAN_DOWN: "Down",
    pygame.KSCAN_F12: "F12",
}
"""What a key is called, by scancode. Every other key has SDL's name for it."""

_MODIFIERS = {
    pygame.KSCAN_LCTRL: "Ctrl",
    pygame.KSCAN_RCTRL: "Ctrl",
    pygame.KSCAN_LALT: "Alt",
    pygame.KSCAN_RALT: "Alt",
    pygame.KSCAN_LGUI: "Win",
    pygame.KSCAN_RGUI: "Win",
    pygame.KSCAN_LSHIFT: "Shift",
    pygame.KSCAN_RSHIFT: "Shift",
}
# AltGr is Ctrl and Alt on Windows and a modifier of its own on X11: a chord on both.
_CHORDS = ((pygame.KMOD_CTRL, "Ctrl"), (pygame.KMOD_ALT | pygame.KMOD_MODE, "Alt"), (pygame.KMOD_GUI, "Win"))
_WINDOW_EVENTS: dict[int, type[FocusLost | FocusGained | Uncovered | Resized | CloseAsked]] = {
    pygame.WINDOWFOCUSLOST: FocusLost,
    pygame.WINDOWFOCUSGAINED: FocusGained,
    pygame.WINDOWEXPOSED: Uncovered,
    pygame.WINDOWSIZECHANGED: Resized,
    pygame.WINDOWDISPLAYCHANGED: Resized,
    pygame.WINDOWRESTORED: Uncovered,
    pygame.QUIT: CloseAsked,
}
_CALLED = {" ": "Space", "+": "plus"}
_MOUSE = -1
_LONGEST_NAME = 24


def translate(event: pygame.Event, at_ns: int, os_ns: int | None, size: tuple[int, int]) -> InputEvent | None:
    """The program's event for an SDL event; None if there is none. ``size`` is the window's, for touch."""
    match event.type:
        case pygame.KEYDOWN:
            shift, alt_gr = bool(event.mod & pygame.KMOD_SHIFT), _has_alt_gr(event.mod)
            return KeyDown(at_ns, os_ns, key_name(event), event.scancode, event.unicode, shift, alt_gr)
        case pygame.KEYUP:
            return KeyUp(at_ns, event.scancode)
        case pygame.MOUSEBUTTONDOWN if event.button == pygame.BUTTON_LEFT:
            x, y = event.pos
            return Press(at_ns, os_ns, x, y, _pointer(event), _MOUSE)
        case pygame.MOUSEBUTTONUP if event.button == pygame.BUTTON_LEFT:
            x, y = event.pos
            return Release(at_ns, x, y, _pointer(event), _MOUSE)
        case pygame.FINGERDOWN:
            x, y = _touched(event, size)
            return Press(at_ns, None, x, y, Source.TOUCH, event.finger_id)
        case pygame.FINGERUP:
            x, y = _touched(event, size)
            return Release(at_ns, x, y, Source.TOUCH, event.finger_id)
        case pygame.AUDIODEVICEREMOVED:
            # SDL also reports devices that were never opened, such as an unused headset, without a number.
            return SoundDeviceGone(at_ns) if event.which and not event.iscapture else None
        case _:
            make = _WINDOW_EVENTS.get(event.type)
            return make(at_ns) if make is not None else None


def key_name(event: pygame.Event) -> str:
    """A key's name, with ``Ctrl+``, ``Alt+`` or ``Win+`` before it if one is held: such a chord never acts."""
    if event.scancode in _MODIFIERS:
        return _MODIFIERS[event.scancode]
    if event.scancode == pygame.KSCAN_UNKNOWN and len(event.unicode) == 1 and event.unicode.isprintable():
        return _CALLED.get(event.unicode, str(event.unicode))  # an on-screen keyboard reports only the character
    name = NAMES.get(event.scancode) or pygame.key.name(event.key)[:_LONGEST_NAME] or f"key {event.scancode}"
    held = [word for mask, word in _CHORDS if event.mod & mask]
    return "+".join([*held, name if name != "+" else "plus"])


def _has_alt_gr(mod: int) -> bool:
    """Whether AltGr is held: on X11 a modifier of its own, on Windows Ctrl and the right Alt."""
    return bool(mod & pygame.KMOD_MODE) or bool(mod & pygame.KMOD_CTRL and mod & pygame.KMOD_RALT)


def _pointer(event: pygame.Event) -> Source:
    # With SDL_TOUCH_MOUSE_EVENTS=0 no finger is turned into a mouse, so what still says touch is a pen.
    return Source.PEN if getattr(event, "touch", False) else Source.MOUSE


def _touched(event: pygame.Event, size: tuple[int, int]) -> tuple[int, int]:
    # The pixel that the finger is in: rounding to the nearest would move a touch at a key's edge to its neighbour.
    return int(event.x * size[0]), int(event.y * size[1])

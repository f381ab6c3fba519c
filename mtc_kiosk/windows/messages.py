"""Looks at the messages of this thread's windows first, repairs keys, and can keep a message back.

Software that presses keys (on-screen keyboards, switches, remote desktops) may leave out a key's scan code, and SDL
then ignores the key. The code is filled in here from the key's own number.
"""

import sys
from collections.abc import Callable
from ctypes import wintypes

from mtc_kiosk.windows import calls

_GET_MESSAGE, _REMOVE, _NOTHING = 3, 1, 0
_KEYS = frozenset((0x0100, 0x0101, 0x0104, 0x0105))
_TO_SCAN_CODE, _PREFIXED, _EXTENDED = 4, 0xE000, 1 << 24
_ARROWS_AND_THEIR_LIKE = frozenset((*range(0x21, 0x29), 0x2D, 0x2E))
"""Page Up to Down, Insert, Delete: without the prefix their scan codes are those of the number pad."""

_NUMBER_PAD = dict(zip(range(0x60, 0x6A), (0x52, 0x4F, 0x50, 0x51, 0x4B, 0x4C, 0x4D, 0x47, 0x48, 0x49), strict=True))
"""The scan codes of the number pad's digits, which not every system names."""


class MessageHook:
    """Passes each message to ``kept_back`` (number, first parameter) until closed; does nothing on other systems.

    A key that is kept back is first turned into its character, which comes as a message of its own.
    """

    def __init__(self, kept_back: Callable[[int, int], bool]) -> None:
        self._handle: int | None = None
        if sys.platform == "win32":

            def look(code: int, how: int, address: int) -> int:
                if code == 0 and how == _REMOVE:
                    message = wintypes.MSG.from_address(address)
                    if message.message in _KEYS and not scan_code(message.lParam):
                        named = calls.map_key(message.wParam, _TO_SCAN_CODE)
                        message.lParam = with_scan_code(message.lParam, message.wParam, named)
                    if kept_back(message.message, message.wParam):
                        calls.translate_message(address)
                        message.message = _NOTHING
                return int(calls.next_hook(None, code, how, address))

            self._look = calls.HOOK(look)  # the system keeps its address
            self._handle = calls.set_hook(_GET_MESSAGE, self._look, None, calls.current_thread())

    def close(self) -> None:
        """Stop looking at messages."""
        if sys.platform == "win32" and self._handle is not None:
            calls.remove_hook(self._handle)
            self._handle = None


def scan_code(details: int) -> int:
    """The scan code in the second parameter of a key's message; 0 if there is none."""
    return details >> 16 & 0xFF


def with_scan_code(details: int, key: int, named: int) -> int:
    """The second parameter of a key's message with its scan code filled in.

    ``named`` is the system's code for the key, its prefix in the upper byte; 0 if it has none.
    """
    code = named or _NUMBER_PAD.get(key, 0)
    prefixed = code >= _PREFIXED or key in _ARROWS_AND_THEIR_LIKE
    return details | (code & 0xFF) << 16 | (_EXTENDED if prefixed else 0)

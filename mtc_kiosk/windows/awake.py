"""Keeps a PC with Windows awake, and its screen on, while a kiosk is open."""

import sys

from mtc_kiosk.windows import calls

_UNTIL_CHANGED, _SYSTEM, _DISPLAY = 0x80000000, 0x1, 0x2


def keep_awake(*, on: bool) -> bool:
    """Neither sleep nor screen saver for as long as this thread lives, or as the system decides again.

    False where the system did not take it, as on any other than Windows. SDL asks for the screen alone.
    """
    if sys.platform != "win32":
        return False
    return bool(calls.set_thread_execution_state(_UNTIL_CHANGED | (_SYSTEM | _DISPLAY if on else 0)))

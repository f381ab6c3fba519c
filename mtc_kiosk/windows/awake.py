"""Keeps a PC with Windows awake, and its screen on, while a kiosk is open."""

import sys

from mtc_kiosk.windows import calls

_UNTIL_CHANGED, _SYSTEM, _DISPLAY = 0x80000000, 0x1, 0x2


def keep_awake(*, on: bool) -> bool:
    """Prevent sleep and the screen saver for as long as this thread lives, or until the system decides again.

    False if the system refused, as on any other than Windows. SDL only asks to keep the screen on.
    """
    if sys.platform != "win32":
        return False
    return bool(calls.set_thread_execution_state(_UNTIL_CHANGED | (_SYSTEM | _DISPLAY if on else 0)))

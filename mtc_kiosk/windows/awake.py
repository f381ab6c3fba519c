"""Keeps a PC with Windows awake: while a kiosk is open, with its screen on; and a desk while a session is open."""

import sys

from mtc_kiosk.windows import calls

_UNTIL_CHANGED, _SYSTEM, _DISPLAY = 0x80000000, 0x1, 0x2


def keep_awake(*, on: bool, screen: bool = True) -> bool:
    """Prevent sleep and, with ``screen``, the screen saver, for as long as this thread lives or until called again.

    False if the system refused, as on any other than Windows. SDL only asks to keep the screen on.
    """
    if sys.platform != "win32":
        return False
    wanted = (_SYSTEM | (_DISPLAY if screen else 0)) if on else 0
    return bool(calls.set_thread_execution_state(_UNTIL_CHANGED | wanted))

"""How Windows runs this process: its priority, and what Windows 11 slows down to save power."""

import ctypes
import sys

from mtc_kiosk.windows import calls

_HIGH_PRIORITY_CLASS = 0x80
_POWER_THROTTLING = 4
_VERSION = 1
_EXECUTION_SPEED, _IGNORE_TIMER_RESOLUTION = 0x1, 0x4


class ThrottlingState(ctypes.Structure):
    """``PROCESS_POWER_THROTTLING_STATE``: which kinds of slowing down the program decides, and which it wants."""

    _fields_ = (("version", ctypes.c_uint32), ("decided", ctypes.c_uint32), ("wanted", ctypes.c_uint32))


def raise_class() -> bool:
    """Raise the process to the high priority class; True if the system confirms it."""
    if sys.platform != "win32":
        return False
    process = calls.current_process()
    calls.set_priority_class(process, _HIGH_PRIORITY_CLASS)
    return bool(calls.get_priority_class(process) == _HIGH_PRIORITY_CLASS)


def refuse_throttling() -> bool:
    """Ask for full speed and exact timers while the window is covered; False if refused.

    Windows 10 does not know exact timers of hidden windows and refuses both together, so it is asked only for the
    first.
    """
    if sys.platform != "win32":
        return False
    process = calls.current_process()
    for decided in (_EXECUTION_SPEED | _IGNORE_TIMER_RESOLUTION, _EXECUTION_SPEED):
        state = ThrottlingState(_VERSION, decided, 0)
        if calls.set_process_information(process, _POWER_THROTTLING, ctypes.byref(state), ctypes.sizeof(state)):
            return True
    return False

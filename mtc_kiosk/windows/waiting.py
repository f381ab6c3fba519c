"""Waits on Windows: until a message of the window comes, a time is over or another thread ends the wait.

SDL's own wait uses a timer of the window, which Windows rounds up to steps of 10 to 16 ms. A high-resolution waitable
timer (Windows 10 1803 and newer) is exact to about half a millisecond; before that the system's clock is set to 1 ms.
"""

import ctypes
import sys

from mtc_kiosk.windows import calls

_HIGH_RESOLUTION, _ALL_ACCESS = 0x2, 0x1F0003
_ALL_INPUT, _INPUT_AVAILABLE = 0x04FF, 0x0004
_TIMER = 0
_STEP_NS = 100
_PERIOD_MS = 1


class MessageWait:
    """One thread's wait for its window's messages. ``about`` says which timer it uses."""

    def __init__(self) -> None:
        self.about = "timer"
        if sys.platform != "win32":
            raise OSError("Only Windows waits like this.")
        self._set_period = False
        timer = calls.create_timer(None, None, _HIGH_RESOLUTION, _ALL_ACCESS)
        if not timer:
            self.about = "timer-1ms"
            self._set_period = calls.begin_period(_PERIOD_MS) == 0
            timer = calls.create_timer(None, None, 0, _ALL_ACCESS)
        self._woken = calls.create_event(None, False, False, None)
        if not timer or not self._woken:
            raise ctypes.WinError(ctypes.get_last_error())
        self._handles = (calls.HANDLE * 2)(timer, self._woken)

    def wait(self, ns: int) -> bool:
        """Block until a message waits or ``wake`` was called (True), or the time is over (False)."""
        if sys.platform != "win32":
            return False
        due = ctypes.c_longlong(-max(1, ns // _STEP_NS))  # negative: from now on
        if not calls.set_timer(self._handles[_TIMER], ctypes.byref(due), 0, None, None, False):
            raise ctypes.WinError(ctypes.get_last_error())
        came = calls.wait_for_messages(len(self._handles), self._handles, calls.INFINITE, _ALL_INPUT, _INPUT_AVAILABLE)
        return bool(came != _TIMER)

    def wake(self) -> None:
        """End the wait, or the next one; may be called from any thread."""
        if sys.platform == "win32":
            calls.set_event(self._woken)

    def close(self) -> None:
        """Close the timers."""
        if sys.platform == "win32":
            for handle in self._handles:
                calls.close_handle(handle)
            if self._set_period:
                calls.end_period(_PERIOD_MS)


def message_wait() -> MessageWait | None:
    """This thread's wait; None if the system has none of this kind."""
    try:
        return MessageWait()
    except OSError:
        return None

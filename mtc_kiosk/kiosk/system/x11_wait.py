"""Waits on X11: until the server sends something, another thread ends the wait, or a time, to the microsecond.

SDL's own wait counts whole milliseconds, and Linux ends it late by a thousandth of its length. A kernel timer in the
same poll avoids both. Events that the X library has already read do not wake a poll: ``wait`` checks for them first.
"""

import ctypes
import os
import select
import sys

_MONOTONIC, _ABSOLUTE = 1, 1
_NOT_INHERITED = 0o2000000
_S = 1_000_000_000
_QUEUED_ALREADY = 0


class _Time(ctypes.Structure):
    """``struct timespec``."""

    _fields_ = (("seconds", ctypes.c_long), ("ns", ctypes.c_long))


class _TimerTime(ctypes.Structure):
    """``struct itimerspec``."""

    _fields_ = (("interval", _Time), ("due", _Time))


class X11Wait:
    """One thread's wait for its X connection; OSError or AttributeError if the system lacks something."""

    about = "x11-timer"

    def __init__(self) -> None:
        self._x11 = ctypes.CDLL("libX11.so.6")
        self._x11.XConnectionNumber.restype = self._x11.XEventsQueued.restype = ctypes.c_int
        self._x11.XConnectionNumber.argtypes = [ctypes.c_void_p]
        self._x11.XEventsQueued.argtypes = [ctypes.c_void_p, ctypes.c_int]
        libc = ctypes.CDLL(None, use_errno=True)
        libc.timerfd_create.restype, libc.timerfd_create.argtypes = ctypes.c_int, [ctypes.c_int, ctypes.c_int]
        libc.timerfd_settime.restype = ctypes.c_int
        libc.timerfd_settime.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.POINTER(_TimerTime), ctypes.c_void_p]
        self._set_timer = libc.timerfd_settime
        self._timer: int = libc.timerfd_create(_MONOTONIC, _NOT_INHERITED)
        if self._timer < 0:
            raise OSError(ctypes.get_errno(), "The system refused to make a timer.")
        self._display = ctypes.c_void_p()
        self._connection = -1
        if sys.platform == "linux":
            self._woken = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
            self._poll = select.poll()

    def listen(self, display: int) -> None:
        """Wait for this connection from now on: the address of an Xlib ``Display``."""
        self._display = ctypes.c_void_p(display)
        self._connection = self._x11.XConnectionNumber(self._display)
        if sys.platform == "linux":
            self._poll = select.poll()
            for number in (self._connection, self._woken, self._timer):
                self._poll.register(number, select.POLLIN)

    def wait(self, until_ns: int) -> bool:
        """Block until there is something to read or ``wake`` was called (True), or until ``until_ns`` (False).

        SDL must have read its events just before.
        """
        if self._x11.XEventsQueued(self._display, _QUEUED_ALREADY):
            return True
        due = _TimerTime(due=_Time(*divmod(max(1, until_ns), _S)))
        if self._set_timer(self._timer, _ABSOLUTE, ctypes.byref(due), None):
            raise OSError(ctypes.get_errno(), "The system refused to set the timer.")
        if sys.platform != "linux":
            return False
        came = {number for number, _ in self._poll.poll()}
        if self._woken in came:
            os.eventfd_read(self._woken)
        return bool(came - {self._timer})

    def wake(self) -> None:
        """End the wait, or the next one; may be called from any thread."""
        if sys.platform == "linux":
            os.eventfd_write(self._woken, 1)


def x11_wait() -> X11Wait | None:
    """This thread's wait; None if the system has none of this kind."""
    try:
        return X11Wait() if sys.platform == "linux" else None
    except (OSError, AttributeError):
        return None

"""Asks the operating system to run the loop first, and reports what it got."""

import ctypes
import os
import platform
import sys
from dataclasses import dataclass

from mtc_kiosk.windows import process

FIFO_PRIORITY = 20
SWITCH_INTERVAL_S = 0.0005
"""How long another thread of the program may keep the interpreter from the loop."""

SLICE_NS = 100_000
"""The loop's time slice at ordinary priority; the shortest that Linux accepts."""

_SET_ATTRIBUTES = {"x86_64": 314, "aarch64": 274}
"""The number of ``sched_setattr``, which few C libraries offer yet."""


@dataclass(frozen=True)
class Priority:
    """The loop's priority: ``fifo 20``, ``high``, or ``normal`` and why."""

    about: str
    raised: bool


class _Attributes(ctypes.Structure):
    """``struct sched_attr``."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("policy", ctypes.c_uint32),
        ("flags", ctypes.c_uint64),
        ("nice", ctypes.c_int32),
        ("priority", ctypes.c_uint32),
        ("runtime", ctypes.c_uint64),
        ("deadline", ctypes.c_uint64),
        ("period", ctypes.c_uint64),
    )


def raise_priority(*, wanted: bool = True) -> Priority:
    """Raise this thread's priority if wanted and allowed; else ask for a short time slice, which needs no right."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    priority = _raised() if wanted else Priority("normal (kiosk.yaml)", raised=False)
    if not priority.raised:
        ask_for_turns(SLICE_NS)
    return priority


def ask_for_turns(ns: int) -> bool:
    """Ask Linux 6.12 or newer for this time slice, 0 for the usual one; True if it accepted.

    The scheduler runs first the thread with the earliest end of its slice, so one with short slices runs soon after it
    wakes. Its share of the processor stays the same.
    """
    number = _SET_ATTRIBUTES.get(platform.machine())
    if sys.platform != "linux" or number is None or sys.maxsize < 2**32 or os.sched_getscheduler(0) != os.SCHED_OTHER:
        return False
    nice = os.getpriority(os.PRIO_PROCESS, 0)
    asked = _Attributes(size=ctypes.sizeof(_Attributes), policy=os.SCHED_OTHER, nice=nice, runtime=ns)
    library = ctypes.CDLL(None)
    library.syscall.restype = ctypes.c_long
    library.syscall.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.POINTER(_Attributes), ctypes.c_uint]
    return bool(library.syscall(number, 0, ctypes.byref(asked), 0) == 0)


def _raised() -> Priority:
    if sys.platform == "linux":
        try:
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(FIFO_PRIORITY))
        except OSError as refusal:
            return Priority(f"normal ({refusal.strerror or 'refused'})", raised=False)
        return Priority(f"fifo {FIFO_PRIORITY}", raised=True)
    if sys.platform == "win32":
        process.refuse_throttling()
        return Priority("high", raised=True) if process.raise_class() else Priority("normal (refused)", raised=False)
    return Priority("normal (no way known on this system)", raised=False)

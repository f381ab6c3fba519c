"""Asks the operating system to run the loop first, and says in a word what it got."""

import os
import sys

from mtc_kiosk.windows import process

FIFO_PRIORITY = 20
SWITCH_INTERVAL_S = 0.0005
"""How long another thread of the program may keep the loop waiting for the interpreter."""


def raise_priority() -> str:
    """Raise this thread's priority where that is allowed: ``fifo 20``, ``high``, or ``normal`` and why."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    if sys.platform == "linux":
        try:
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(FIFO_PRIORITY))
        except OSError as refusal:
            return f"normal ({refusal.strerror or 'refused'})"
        return f"fifo {FIFO_PRIORITY}"
    if sys.platform == "win32":
        process.refuse_throttling()
        return "high" if process.raise_class() else "normal (refused)"
    return "normal (no way known on this system)"

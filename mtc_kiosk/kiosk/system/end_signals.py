"""The signals by which a PC ends a program. They end the kiosk cleanly, with or without a passcode.

Whoever can send one could end the process anyway; this way the check is held with its cause, and all is on the disk.
"""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
"""Signals of a system's or a service's end, Ctrl+C, and a closing terminal; SIGBREAK is Windows' own."""


class Ending:
    """``asked`` is set once a signal has come. It interrupts no step of the program."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        """Whether the kiosk should end."""
        return self.asked

    def ask(self, _: int, __: FrameType | None) -> None:
        """Handle a signal."""
        self.tell()

    def tell(self) -> None:
        """The PC is ending the program without a signal; may be called from any thread."""
        self.asked = True


@contextlib.contextmanager
def ending_signals() -> Iterator[Ending]:
    """Handle these signals until the end of the block. Start before the window opens, or SDL takes some of them.

    A signal that this process was started to ignore stays ignored.
    """
    ending = Ending()
    before = {}
    if threading.current_thread() is threading.main_thread():
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, ending.ask)
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)

"""Keep the desk's PC from going to sleep while a session is open: kiosks could not reach it."""

import contextlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from mtc_kiosk.windows.awake import keep_awake

LOOK_EVERY_S = 15.0
"""How often to look whether a session is open; a PC sleeps after minutes."""

_INHIBIT = (
    "--what=sleep:idle:handle-lid-switch",
    "--who=mtc-kiosk",
    "--why=A session of the check is open",
    "--mode=block",
    "cat",
)
"""What systemd-inhibit is asked; ``cat`` ends when this program does, however it ends, and with it the wish."""


class StayAwake:
    """Keeps this PC awake, or lets it sleep again; call it from one thread only."""

    def __init__(self) -> None:
        self._on = False
        self._inhibitor: subprocess.Popen[bytes] | None = None

    def keep(self, *, on: bool) -> None:
        """Keep this PC awake from now on, or no longer."""
        if on == self._on:
            return
        self._on = on
        if sys.platform == "win32":
            keep_awake(on=on, screen=False)
        elif on:
            self._inhibit()
        else:
            self._end()

    def _inhibit(self) -> None:
        command = shutil.which("systemd-inhibit")
        if command is None:
            return
        quiet = subprocess.DEVNULL
        with contextlib.suppress(OSError):
            self._inhibitor = subprocess.Popen((command, *_INHIBIT), stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)  # noqa: S603 - the system's own program

    def _end(self) -> None:
        inhibitor, self._inhibitor = self._inhibitor, None
        if inhibitor is not None and inhibitor.stdin is not None:
            with contextlib.suppress(OSError):
                inhibitor.stdin.close()
            inhibitor.wait()


@contextlib.contextmanager
def awake_while(
    is_open: Callable[[], bool], clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[], None]]:
    """A function to call often, which keeps this PC awake while ``is_open()``; until the end of the block."""
    awake, look_at = StayAwake(), 0.0

    def look() -> None:
        nonlocal look_at
        if clock() >= look_at:
            look_at = clock() + LOOK_EVERY_S
            awake.keep(on=is_open())

    try:
        yield look
    finally:
        awake.keep(on=False)

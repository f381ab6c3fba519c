"""The kiosk's log for staff: a message on standard error would be hidden behind a full screen."""

from collections.abc import Callable, Sequence

from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.shown_text import in_a_line
from mtc_kiosk.store.db.times import iso
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.log_file import add_lines

TellStaff = Callable[[Sequence[str]], None]
"""A function that brings sentences to staff."""


class StaffLog:
    """The log of one kiosk in its home, ``logs/kiosk-NAME.log``. It names no pupil."""

    def __init__(self, home: Home, kiosk: str, clock: Clock) -> None:
        self._path, self._clock = home.logs / f"kiosk-{kiosk}.log", clock

    def add(self, sentences: Sequence[str]) -> None:
        """Add a line for each sentence, with the time before it; OSError if the disk does not take them."""
        if not sentences:
            return
        at = iso(self._clock.wall_ms())
        add_lines(self._path, (f"{at} {in_a_line(' '.join(sentence.split()))}" for sentence in sentences))

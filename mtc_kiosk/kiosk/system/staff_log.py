"""The kiosk's log for staff, and the exceptions in it that the loop survived.

A message on standard error would be hidden behind a full screen. A repeated exception is logged ever more rarely: one
in every pass of the loop must not fill the disk that may be its cause.
"""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.shown_text import in_a_line
from mtc_kiosk.store.db.times import iso
from mtc_kiosk.store.db.traces import trace
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


AGAIN_NS = 60_000_000_000
SELDOM_NS = 3_600_000_000_000
MOST_KINDS = 50
"""This many different faults are counted separately; any others count as one."""


@dataclass
class _Seen:
    next_ns: int
    pause_ns: int = AGAIN_NS
    untold: int = 0


class FaultLog:
    """``tell`` writes sentences to the log. They never contain what a pupil typed, or a pupil's name."""

    def __init__(self, clock: Clock, tell: TellStaff) -> None:
        self._clock, self._tell = clock, tell
        self._seen: dict[str, _Seen] = {}

    def met(self, problem: Exception) -> None:
        """Log an exception that the loop survived. Never raises."""
        line, now_ns = trace(problem), self._clock.now_ns()
        kind = line if line in self._seen or len(self._seen) < MOST_KINDS else ""
        seen = self._seen.setdefault(kind, _Seen(now_ns))
        if now_ns < seen.next_ns:
            seen.untold += 1
            return
        since = f" ({seen.untold} more like it were not written down)" if seen.untold else ""
        seen.next_ns, seen.untold = now_ns + seen.pause_ns, 0
        seen.pause_ns = min(2 * seen.pause_ns, SELDOM_NS)
        with contextlib.suppress(Exception):  # a log that cannot be written must not stop the kiosk
            self._tell((f"The kiosk had a fault and carried on: {line}.{since}",))

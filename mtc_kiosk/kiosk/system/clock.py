"""The one place that reads the clocks.

``now_ns`` is the clock of the check: monotonic, in nanoseconds, the one that keys and flips are stamped with. The wall
clock is only ever recorded. ``asleep_ns`` grows while the PC sleeps, where the platform can say.
"""

import sys
import time
from typing import Protocol

from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import ahead_ms


class Clock(Protocol):
    """What the kiosk asks of a clock; the real one and the virtual one of the robots fulfil it."""

    def now_ns(self) -> int:
        """Monotonic time in nanoseconds."""

    def wall_ms(self) -> int:
        """Wall-clock time, milliseconds since 1970 UTC; to be recorded, never to decide by."""

    def asleep_ns(self) -> int:
        """How long the PC has slept since some moment in the past; only differences mean anything."""


class RealClock:
    """The clocks of this PC; its wall clock may be told to be ``ahead_ms`` of what the PC says."""

    def __init__(self, ahead_ms: int = 0) -> None:
        self._ahead_ms = ahead_ms

    def now_ns(self) -> int:
        """``perf_counter``: CLOCK_MONOTONIC on Linux, the performance counter on Windows."""
        return time.perf_counter_ns()

    def wall_ms(self) -> int:
        """The wall clock in milliseconds."""
        return time.time_ns() // 1_000_000 + self._ahead_ms

    def asleep_ns(self) -> int:
        """A clock that counts sleep less one that does not; 0 where there is no such pair."""
        if sys.platform == "linux":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME) - time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        # The performance counter of Windows goes on through sleep, so sleep shows there as a loop that did not run.
        return 0


def clock_at(home: Home) -> RealClock:
    """The clock of a kiosk in this home."""
    return RealClock(ahead_ms(home))

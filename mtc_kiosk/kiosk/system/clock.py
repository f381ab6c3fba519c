"""The one place that reads the clocks.

``now_ns`` is the clock of the check: monotonic, in nanoseconds; keys and flips are stamped with it. The wall clock is
only recorded. ``asleep_ns`` grows while the PC sleeps, if the platform can tell.
"""

import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from mtc_kiosk.store.db.times import instant_of
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import ahead_ms


class Clock(Protocol):
    """What the kiosk needs of a clock; the real one and the robots' virtual one implement it."""

    def now_ns(self) -> int:
        """Monotonic time in nanoseconds."""

    def wall_ms(self) -> int:
        """Wall-clock time, milliseconds since 1970 UTC; for the record, never for a decision."""

    def asleep_ns(self) -> int:
        """How long the PC has slept since some moment in the past; use differences only."""


class RealClock:
    """The clocks of this PC; its wall clock may be set ``ahead_ms`` of the PC's."""

    def __init__(self, ahead_ms: int = 0) -> None:
        self._ahead_ms = ahead_ms

    def now_ns(self) -> int:
        """``perf_counter``: CLOCK_MONOTONIC on Linux, the performance counter on Windows."""
        return time.perf_counter_ns()

    def wall_ms(self) -> int:
        """The wall clock in milliseconds."""
        return time.time_ns() // 1_000_000 + self._ahead_ms

    def asleep_ns(self) -> int:
        """A clock that counts sleep less one that does not; 0 if there is no such pair."""
        if sys.platform == "linux":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME) - time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        # Windows' performance counter runs on during sleep, so there sleep shows as a stalled loop.
        return 0


def seconds_with_sleep() -> float:
    """Seconds that have passed since some moment, those in which the PC slept among them; a command or a list of pupils
    grows old meanwhile, and no one can set this clock."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()  # on Windows it counts sleep


def utc(clock: Clock) -> Callable[[], datetime]:
    """The wall clock of a clock as aware datetimes, which the school goes by."""
    return lambda: instant_of(clock.wall_ms())


def clock_at(home: Home) -> RealClock:
    """The clock of a kiosk in this home."""
    return RealClock(ahead_ms(home))

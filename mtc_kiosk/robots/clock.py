"""A virtual clock, which moves only when the program moves it: 30 checks of six minutes each take seconds.

It implements ``kiosk.system.clock.Clock``. The wall clock follows the monotonic one, and can be set like a PC's.
"""

US = 1_000
MS = 1_000_000
SECOND = 1_000_000_000

FIRST_DAY_MS = 1_812_358_800_000
"""2027-06-07T09:00:00Z, a Monday in the weeks of the check. No robot run depends on today's date."""

_BOOTED_NS = 60 * SECOND


class VirtualClock:
    """All times are int nanoseconds in whole microseconds, the wall clock's are milliseconds since 1970 UTC."""

    def __init__(self, wall_ms: int = FIRST_DAY_MS) -> None:
        self._now_ns = _BOOTED_NS
        self._asleep_ns = 0
        self._wall_less_ms = wall_ms - _BOOTED_NS // MS

    def now_ns(self) -> int:
        """Monotonic time (ns) since the PC was switched on."""
        return self._now_ns

    def wall_ms(self) -> int:
        """The wall clock."""
        return self._wall_less_ms + self._now_ns // MS

    def asleep_ns(self) -> int:
        """How long the PC has slept."""
        return self._asleep_ns

    def move_to(self, now_ns: int) -> None:
        """Move the time forward to ``now_ns``, rounded up to a microsecond; never back."""
        self._now_ns = max(self._now_ns, -(-now_ns // US) * US)

    def pass_by(self, ns: int) -> None:
        """Move the time forward by ``ns``."""
        self.move_to(self._now_ns + ns)

    def sleep(self, ns: int) -> None:
        """Let the PC sleep for ``ns``: the wall clock runs on, the monotonic one stops (as on Linux)."""
        self._asleep_ns += ns
        self._wall_less_ms += ns // MS

    def set_wall(self, by_ms: int) -> None:
        """Put the wall clock forward, or back if ``by_ms`` is negative."""
        self._wall_less_ms += by_ms

    def switched_off(self, ns: int) -> "VirtualClock":
        """The clock of the same PC after it was off for ``ns``: its monotonic time begins anew."""
        return VirtualClock(self.wall_ms() + ns // MS)

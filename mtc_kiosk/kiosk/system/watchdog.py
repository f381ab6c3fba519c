"""Watches for what may spoil a check: a stalled loop, a PC that slept, focus and devices that went away.

It reports them to the machine as events; the machine decides what they mean (check.machine, rule 6).
"""

from mtc_kiosk.check.events import Cause, Device, Event, Failed, Found, Lost, Noted
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.kiosk.system.devices import Present

STOOD_STILL_NS = 1_000_000_000
SLEPT_NS = 100_000_000
"""The two clocks are read one after the other: a difference below this is not sleep."""

WALL_STEP_MS = 500
HEARTBEAT_NS = 200_000_000
"""The loop passes at least this often while a check runs, so that a stall can be told from waiting."""


class Watchdog:
    """Compares each pass of the loop with the one before. ``at`` turns nanoseconds into the check's time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last_ns = clock.now_ns()
        self._asleep_ns = clock.asleep_ns()
        self._wall_less_ms = self._wall_less()
        self._gone: frozenset[Device] = frozenset()

    def begin(self) -> None:
        """A check begins: ignore everything before this pass."""
        self._last_ns = self._clock.now_ns()
        self._asleep_ns = self._clock.asleep_ns()
        self._wall_less_ms = self._wall_less()
        self._gone = frozenset()

    def check(self, now_ns: int, present: Present, *, keyboard_needed: bool) -> list[Event]:
        """What happened since the last pass, with ``at`` and ``since`` still in nanoseconds of the clock.

        The focus is read from the window itself, because its events may be missing.
        """
        last_ns, self._last_ns = self._last_ns, now_ns
        seen: list[Event] = []
        asleep_ns = self._clock.asleep_ns()
        slept, self._asleep_ns = asleep_ns - self._asleep_ns >= SLEPT_NS, asleep_ns
        if slept:
            seen.append(Failed(now_ns, Cause.SUSPEND, last_ns))
        elif now_ns - last_ns >= STOOD_STILL_NS:
            seen.append(Failed(now_ns, Cause.STALL, last_ns))
        seen += self._wall_clock(now_ns, slept=slept)
        seen += self._devices(now_ns, present, keyboard_needed=keyboard_needed)
        return seen

    def _wall_clock(self, now_ns: int, *, slept: bool) -> list[Event]:
        """Note a step of the wall clock; it decides nothing."""
        wall_less_ms = self._wall_less()
        step, self._wall_less_ms = wall_less_ms - self._wall_less_ms, wall_less_ms
        if abs(step) < WALL_STEP_MS or slept:
            return []
        return [Noted(now_ns, "wall_clock_stepped", f"{step} ms")]

    def _devices(self, now_ns: int, present: Present, *, keyboard_needed: bool) -> list[Event]:
        gone = set()
        if present.display is False:
            gone.add(Device.DISPLAY)
        if present.focus is False:
            gone.add(Device.FOCUS)
        if present.keyboard is False and (keyboard_needed or Device.KEYBOARD in self._gone):
            gone.add(Device.KEYBOARD)
        before, self._gone = self._gone, frozenset(gone)
        lost: list[Event] = [Lost(now_ns, device) for device in sorted(self._gone - before)]
        return lost + [Found(now_ns, device) for device in sorted(before - self._gone)]

    def _wall_less(self) -> int:
        return self._clock.wall_ms() - self._clock.now_ns() // 1_000_000

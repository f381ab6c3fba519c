"""The watchdog: what it takes for a stall, a sleep, a step of the wall clock, a device gone."""

from dataclasses import dataclass

import pytest

from mtc_kiosk.check.events import Cause, Device, Failed, Found, Lost, Noted
from mtc_kiosk.kiosk.system.devices import Present
from mtc_kiosk.kiosk.system.watchdog import SLEPT_NS, STOOD_STILL_NS, WALL_STEP_MS, Watchdog

MS = 1_000_000


@dataclass
class HandClock:
    """A clock that is set by hand."""

    ns: int = 0
    wall: int = 1_800_000_000_000
    asleep: int = 0

    def now_ns(self) -> int:
        """As set."""
        return self.ns

    def wall_ms(self) -> int:
        """As set."""
        return self.wall

    def asleep_ns(self) -> int:
        """As set."""
        return self.asleep

    def go_on(self, ns: int) -> int:
        """Time passes on every clock."""
        self.ns += ns
        self.wall += ns // MS
        return self.ns


def test_a_loop_that_stood_still_for_a_second_is_a_stall() -> None:
    """A nanosecond short of a second is nothing; from a second on it failed since its last pass."""
    clock = HandClock()
    vigil = Watchdog(clock)
    assert vigil.check(clock.go_on(STOOD_STILL_NS - 1), Present(), keyboard_needed=False) == []
    before = clock.ns
    now = clock.go_on(STOOD_STILL_NS)
    assert vigil.check(now, Present(), keyboard_needed=False) == [Failed(now, Cause.STALL, before)]


def test_sleep_is_told_from_a_stall() -> None:
    """A PC that slept says so even where the loop's own clock did not run."""
    clock = HandClock()
    vigil = Watchdog(clock)
    clock.asleep += SLEPT_NS
    clock.wall += 60_000
    now = clock.go_on(MS)
    assert vigil.check(now, Present(), keyboard_needed=False) == [Failed(now, Cause.SUSPEND, 0)]
    assert vigil.check(clock.go_on(MS), Present(), keyboard_needed=False) == []


@pytest.mark.parametrize("step", [WALL_STEP_MS, -WALL_STEP_MS])
def test_a_step_of_the_wall_clock_is_a_note(step: int) -> None:
    """The wall clock decides nothing; that it stepped is worth keeping."""
    clock = HandClock()
    vigil = Watchdog(clock)
    clock.wall += step
    now = clock.go_on(MS)
    assert vigil.check(now, Present(), keyboard_needed=False) == [Noted(now, "wall_clock_stepped", f"{step} ms")]
    assert vigil.check(clock.go_on(MS), Present(), keyboard_needed=False) == []


def test_unknown_devices_are_no_failure() -> None:
    """Where the platform cannot say, nothing is lost."""
    clock = HandClock()
    assert Watchdog(clock).check(clock.go_on(MS), Present(None, None), keyboard_needed=True) == []


def test_a_keyboard_matters_where_it_is_used() -> None:
    """A pupil who never used the keyboard does not miss it; one who did does, until it is back."""
    clock = HandClock()
    vigil = Watchdog(clock)
    gone = Present(keyboard=False)
    assert vigil.check(clock.go_on(MS), gone, keyboard_needed=False) == []
    now = clock.go_on(MS)
    assert vigil.check(now, gone, keyboard_needed=True) == [Lost(now, Device.KEYBOARD)]
    assert vigil.check(clock.go_on(MS), gone, keyboard_needed=False) == []
    now = clock.go_on(MS)
    assert vigil.check(now, Present(keyboard=True), keyboard_needed=False) == [Found(now, Device.KEYBOARD)]


def test_the_display_is_lost_and_found() -> None:
    """The only display gone is lost; plugged in again it is found."""
    clock = HandClock()
    vigil = Watchdog(clock)
    now = clock.go_on(MS)
    assert vigil.check(now, Present(display=False), keyboard_needed=False) == [Lost(now, Device.DISPLAY)]
    now = clock.go_on(MS)
    assert vigil.check(now, Present(display=True), keyboard_needed=False) == [Found(now, Device.DISPLAY)]


def test_what_came_before_a_check_does_not_concern_it() -> None:
    """A slow start is no stall of the check that begins after it."""
    clock = HandClock()
    vigil = Watchdog(clock)
    clock.go_on(5 * STOOD_STILL_NS)
    vigil.begin()
    assert vigil.check(clock.go_on(MS), Present(), keyboard_needed=False) == []

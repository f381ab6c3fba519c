"""Watches whether a keyboard and a display are connected, if the platform can tell. "Unknown" is never a failure.

A separate thread checks a few times a second, because asking a display driver can take tens of milliseconds.
"""

import sys
import threading
from dataclasses import dataclass
from pathlib import Path

LOOKS_EVERY_S = 0.2
_INPUT_DEVICES = Path("/proc/bus/input/devices")
_DISPLAYS = Path("/sys/class/drm")


@dataclass(frozen=True)
class Present:
    """Whether a keyboard and a display are connected, and the keyboard is ours; None if the platform cannot tell."""

    keyboard: bool | None = None
    display: bool | None = None
    focus: bool | None = None


class DeviceWatch:
    """Checks for devices until closed. A kind of device that was never seen stays unknown."""

    def __init__(self) -> None:
        self.present = Present()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        if sys.platform == "linux":
            self._thread = threading.Thread(target=self._look_on, name="devices", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop checking."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def _look_on(self) -> None:
        seen = Present()
        while True:
            seen = Present(
                keyboard=known(seen.keyboard, keyboard_listed(_read(_INPUT_DEVICES))),
                display=known(seen.display, display_connected(_statuses())),
            )
            self.present = seen
            if self._closing.wait(LOOKS_EVERY_S):
                return


def known(before: bool | None, now: bool | None) -> bool | None:
    """The state after a new reading: a device that was never seen is unknown, not gone."""
    return now if now or before is not None else None


def keyboard_listed(devices: str | None) -> bool | None:
    """Whether Linux's list of input devices has a keyboard with digit keys; None without a list."""
    if devices is None:
        return None
    return any("kbd" in block and _has_digit_keys(block) for block in devices.split("\n\n"))


def _has_digit_keys(block: str) -> bool:
    for line in block.splitlines():
        if line.startswith("B: KEY="):
            lowest = int(line.split()[-1].removeprefix("KEY="), 16)
            digits = 0b1111111111 << 2  # KEY_1 is 2, KEY_0 is 11
            return lowest & digits == digits
    return False


def display_connected(statuses: list[str]) -> bool | None:
    """Whether any connector of a graphics card has a display; None if there are no connectors to ask."""
    return any(status.strip() == "connected" for status in statuses) if statuses else None


def _statuses() -> list[str]:
    found = (_read(path) for path in _DISPLAYS.glob("card*-*/status"))
    return [status for status in found if status is not None]


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None

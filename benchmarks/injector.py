"""The second process: presses keys on an X display through XTEST and stamps each press itself.

It reads commands as JSON lines and answers each with one. On Linux ``perf_counter`` is CLOCK_MONOTONIC, so its stamps
and the kiosk's are on one clock. The X server's own DAMAGE reports show changes; no pixels are read.
"""

import json
import select
import sys
import time
from typing import Any

from Xlib import XK, X, display, error
from Xlib.ext import damage, xtest

LONGEST_LOOK_S = 0.1
"""How long to watch for a change of the window after a press before counting it as no change."""


class Presser:
    """One connection that presses, and watches what changes."""

    def __init__(self, name: str) -> None:
        self.display = display.Display(name)
        self.display.query_extension("DAMAGE")
        self.display.damage_query_version()
        self._name = self.display.intern_atom("_NET_WM_NAME")
        self._watched: int | None = None

    def code(self, key: str) -> int:
        """The keycode of a key by its X name, such as ``7``, ``KP_7`` or ``Return``."""
        found = self.display.keysym_to_keycode(XK.string_to_keysym(key))
        if not found:
            raise ValueError(f"No key is called {key!r} here.")
        return int(found)

    def tap(self, keys: list[str], gap_ms: float, hold_ms: float) -> list[tuple[str, int, int | None]]:
        """Press and release each key; gaps are between presses."""
        rows = []
        for key in keys:
            code = self.code(key)
            self._drain()
            before_ns = time.perf_counter_ns()
            xtest.fake_input(self.display, X.KeyPress, code)
            self.display.flush()
            changed_ns = self._wait_for_damage(min(LONGEST_LOOK_S, gap_ms / 1000 * 0.8))
            _sleep_until(before_ns + int(hold_ms * 1e6))
            xtest.fake_input(self.display, X.KeyRelease, code)
            self.display.flush()
            _sleep_until(before_ns + int(gap_ms * 1e6))
            rows.append((key, before_ns, changed_ns))
        return rows

    def hold(self, keys: list[str], seconds: float) -> bool:
        """Hold keys down together."""
        for key in keys:
            xtest.fake_input(self.display, X.KeyPress, self.code(key))
        self.display.flush()
        time.sleep(seconds)
        for key in reversed(keys):
            xtest.fake_input(self.display, X.KeyRelease, self.code(key))
        self.display.flush()
        return True

    def click(self, x: int, y: int) -> bool:
        """Click with the left button."""
        xtest.fake_input(self.display, X.MotionNotify, x=x, y=y)
        xtest.fake_input(self.display, X.ButtonPress, 1)
        self.display.flush()
        time.sleep(0.05)
        xtest.fake_input(self.display, X.ButtonRelease, 1)
        self.display.flush()
        return True

    def window(self, title: str, timeout_s: float) -> int:
        """Wait for a window with this title that is painted and has the focus; watch it from then on."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            for window in self.display.screen().root.query_tree().children:
                if _title(self._name, window) == title and self._painted(window):
                    now = time.perf_counter_ns()
                    self._watch(window)
                    return now
            time.sleep(0.002)
        raise TimeoutError(f"No window called {title!r} was painted within {timeout_s} s.")

    def _painted(self, window: Any) -> bool:
        try:
            if window.get_attributes().map_state != X.IsViewable:
                return False
            size = window.get_geometry()
            corner = window.get_image(size.width // 2, 2, 1, 1, X.ZPixmap, 0xFFFFFFFF).data
        except error.XError:
            return False
        focused = self.display.get_input_focus().focus
        return any(corner[:3]) and getattr(focused, "id", focused) != X.NONE

    def _watch(self, window: Any) -> None:
        if self._watched != window.id:
            self._watched = window.id
            window.damage_create(damage.DamageReportRawRectangles)
            self.display.sync()

    def _drain(self) -> None:
        while self.display.pending_events():
            self.display.next_event()

    def _wait_for_damage(self, seconds: float) -> int | None:
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if not self.display.pending_events():
                select.select([self.display], [], [], left)
            now_ns = time.perf_counter_ns()
            while self.display.pending_events():
                if type(self.display.next_event()).__name__ == "DamageNotify":
                    return now_ns
        return None


def _title(name: int, window: Any) -> str | None:
    try:
        return window.get_full_text_property(name)  # type: ignore[no-any-return]  # python-xlib has no types
    except error.XError:
        return None


def _sleep_until(ns: int) -> None:
    left = ns - time.perf_counter_ns()
    if left > 0:
        time.sleep(left / 1e9)


def main() -> None:
    """Answer commands until the input ends."""
    presser = Presser(sys.argv[1])
    for line in sys.stdin:
        command = json.loads(line)
        answer = getattr(presser, command.pop("do"))(**command)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

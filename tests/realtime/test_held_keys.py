"""A key that is held and a digit pressed twice, on a real X server that is told to repeat soon or is kept waiting."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.screen import Injector, kiosk

from .test_resize import to_first_question

CORE_KEYBOARD = 0x100
DELAY_MS, INTERVAL_MS = 100, 50


@contextlib.contextmanager
def repeats_soon(display: str) -> Iterator[None]:
    """As ``xset r rate 100 20`` has it, for as long as this lasts."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    assert x11.XkbSetAutoRepeatRate(connection, CORE_KEYBOARD, DELAY_MS, INTERVAL_MS)
    x11.XSync(connection, 0)
    yield
    x11.XCloseDisplay(connection)


@contextlib.contextmanager
def stopped(pid: int) -> Iterator[None]:
    """The process does not run."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def x_server_pid() -> int:
    """The X server that this test's process started."""
    return next(child.pid for child in psutil.Process().children() if child.name() == "Xvfb")


def test_a_key_held_types_one_digit_where_the_system_repeats_soon(
    display: str, fingers: Injector, tmp_path: Path
) -> None:
    """Held for over a second, half of it while the loop is stopped: one digit typed, and one press in the rows."""
    with repeats_soon(display), kiosk(display, tmp_path / "home", "try") as running:
        to_first_question(running, fingers)
        fingers.hold("6", seconds=0.7)
        with stopped(running.process.pid):
            fingers.hold("7", seconds=0.5)
        fingers.tap("Return")
        assert running.wait_for("select response, by from answer where number = 1") == [("67", "enter")]
        typed = running.rows("select input from input where number = 1 order by seq")
        assert typed == [("6",), ("7",), ("Enter",)]


def test_no_fast_double_press_is_lost(display: str, fingers: Injector, tmp_path: Path) -> None:
    """66 on a stopped loop, then 66 on a stopped server, which stamps both presses and the release alike."""
    with repeats_soon(display), kiosk(display, tmp_path / "home", "try") as running:
        to_first_question(running, fingers)
        with stopped(running.process.pid):
            fingers.tap("6", "6", gap_ms=20, hold_ms=5)
            time.sleep(0.3)
        with stopped(x_server_pid()):
            fingers.tap("4", "4", gap_ms=10, hold_ms=1)
            time.sleep(0.3)
        fingers.tap("Return")
        assert running.wait_for("select response, by from answer where number = 1") == [("6644", "enter")]

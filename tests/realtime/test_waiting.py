"""The real window's wait on a real X server: to the moment, and ended by whatever the server or a thread has to say."""

import subprocess
import sys

from benchmarks.screen import Injector, environment

OPENED = """
import ctypes
import threading
import time
import pygame
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.system.sdl import x11_display
from mtc_kiosk.kiosk.system.window import SdlWindow

LONG_NS = 20_000_000_000

def pass_(ns, exactly=True):
    began_ns = time.perf_counter_ns()
    happened = window.wait(began_ns + ns, exactly=exactly)
    return [one.name for one in happened if isinstance(one, KeyDown)], time.perf_counter_ns() - began_ns

window = SdlWindow((400, 300), grab=False)
while not window.has_focus():
    pass_(50_000_000)
for _ in range(5):
    pass_(100_000_000)
print(window.about, flush=True)
"""

NEVER_EARLY = """
waits = [ns for ns in (0, 1, 40_000, 300_000, 999_999, 1_000_000, 1_500_000, 17_300_000) for _ in range(20)]
for raised in (False, True):
    window.may_spin(raised=raised)
    print(all(pass_(ns)[1] >= ns for ns in waits))
"""

READ_ALREADY = """
input()  # by now the key has been sent
x11 = ctypes.CDLL("libX11.so.6")
display = ctypes.c_void_p(x11_display())
x11.XSync(display, 0)  # the library reads it from the connection, as in any call that waits for an answer
pygame.event.peek = lambda: False  # as if it had come behind SDL's own look
print(x11.XEventsQueued(display, 0) > 0)
window._blocking._x11.wait(time.perf_counter_ns() + LONG_NS) and print("ended")
del pygame.event.peek
"""

BY_A_THREAD = """
threading.Timer(0.3, window.wake).start()
_, took_ns = pass_(LONG_NS)
print(took_ns < LONG_NS / 2)
window.wake()
_, took_ns = pass_(LONG_NS)
print(took_ns < LONG_NS / 2)
"""

BY_A_KEY = """
input()
for _ in range(2):
    names, took_ns = [], 0
    while not names:
        names, took_ns = pass_(LONG_NS)
    print(*names, took_ns < LONG_NS / 2, flush=True)
"""

AGAIN = """
pygame.display.quit()  # as where a display changes its size
window.renew()
pass_(50_000_000)
threading.Timer(0.3, window.wake).start()
_, took_ns = pass_(LONG_NS)
print(took_ns < LONG_NS / 2)
"""


def run(display: str, *parts: str, fingers: Injector | None = None) -> list[str]:
    """Run a program on that display; where there are fingers they press 4 and 2 once its window is open."""
    program = subprocess.Popen(
        [sys.executable, "-c", "\n".join((OPENED, *parts, "window.close()"))],
        env=environment(display, PYGAME_HIDE_SUPPORT_PROMPT="1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdin is not None
        assert program.stdout is not None
        about = program.stdout.readline()
        assert "wait=x11-timer" in about, about
        if fingers is not None:
            fingers.tap("4", "2")
        said, _ = program.communicate("\n" if fingers is not None else None, timeout=60)
        assert program.returncode == 0
        return said.splitlines()
    finally:
        program.kill()
        program.wait()


def test_a_wait_of_any_length_is_never_shorter(display: str) -> None:
    """A millisecond's parts too, which SDL's own wait cannot do; whether or not it may spin."""
    assert run(display, NEVER_EARLY) == ["True", "True"]


def test_a_key_that_the_library_has_read_already_ends_the_wait(display: str, fingers: Injector) -> None:
    """No byte is left on the connection then, and a poll alone would wait for the next key."""
    assert run(display, READ_ALREADY, fingers=fingers) == ["True", "ended"]


def test_keys_end_an_exact_wait_and_none_is_lost(display: str, fingers: Injector) -> None:
    """Both wait when the loop comes round."""
    said = run(display, BY_A_KEY.replace("range(2)", "range(1)"), fingers=fingers)
    assert said == ["4 2 True"]


def test_another_thread_ends_an_exact_wait(display: str) -> None:
    """Also just before it begins, and with a window that was made anew."""
    assert run(display, BY_A_THREAD, AGAIN) == ["True"] * 3

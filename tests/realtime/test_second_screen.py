"""The real window on a real X server counts the displays; beside a second screen no pupil can sign in."""

import contextlib
import ctypes
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.screen import Injector, NoXServer, environment, injector, kiosk, x_server
from mtc_kiosk.config.configuration import KIOSK
from mtc_kiosk.kiosk.system.desktop import SECOND_SCREEN, Monitor

from .test_sign_in import TITLE, mtc

COUNT = """
from mtc_kiosk.kiosk.system.window import SdlWindow
window = SdlWindow((400, 300), grab=False)
while input() != "close":
    print(window.displays(), flush=True)
window.close()
"""
WITHIN_S = 20


@pytest.fixture
def two_screens() -> Iterator[str]:
    """A virtual X server with two screens; the test is skipped by name where Xvfb is missing."""
    try:
        with x_server(screens=2) as name:
            yield name
    except NoXServer as missing:
        pytest.skip(str(missing))


@pytest.fixture
def pressing(two_screens: str) -> Iterator[Injector]:
    """The process that presses keys there."""
    with injector(two_screens) as fingers:
        yield fingers


class Counting:
    """A window in a process of its own, asked how many displays it finds."""

    def __init__(self, name: str) -> None:
        more = environment(name, PYGAME_HIDE_SUPPORT_PROMPT="1")
        program = [sys.executable, "-c", COUNT]
        self.process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=more)

    def ask(self) -> int:
        """How many it finds now."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("how many?\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        with self.process:
            self.process.communicate("close\n", timeout=WITHIN_S)


def test_a_display_that_comes_and_goes_is_counted(display: str) -> None:
    """One is one, so that no school is kept from its check; a second is found while the window is open."""
    counting = Counting(display)
    try:
        assert counting.ask() == 1
        with a_projector(display):
            assert counting.ask() == 2
        assert counting.ask() == 1
    finally:
        counting.close()


@contextlib.contextmanager
def a_projector(name: str) -> Iterator[None]:
    """Tell the X server of a second monitor, and take it away again."""
    x11, randr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    server = ctypes.c_void_p(x11.XOpenDisplay(name.encode()))
    root, atom = ctypes.c_ulong(x11.XDefaultRootWindow(server)), x11.XInternAtom(server, b"projector", 0)
    randr.XRRAllocateMonitor.restype = ctypes.POINTER(Monitor)
    monitor = randr.XRRAllocateMonitor(server, 0)
    monitor[0].name, monitor[0].width, monitor[0].height = atom, 800, 600
    monitor[0].width_mm, monitor[0].height_mm = 400, 300
    randr.XRRSetMonitor(server, root, monitor)
    x11.XSync(server, 0)
    yield
    randr.XRRDeleteMonitor(server, root, ctypes.c_ulong(atom))
    x11.XSync(server, 0)
    x11.XCloseDisplay(server)


def test_a_second_screen_is_counted(two_screens: str) -> None:
    """It shows a desktop beside the check."""
    counting = Counting(two_screens)
    try:
        assert counting.ask() == 2
    finally:
        counting.close()


@pytest.mark.parametrize("allowed", [False, True])
def test_a_kiosk_beside_a_second_screen(two_screens: str, pressing: Injector, tmp_path: Path, allowed: bool) -> None:
    """Password and PIN are right: the pupil signs in if kiosk.yaml allows it; else a line for staff says why not."""
    home = tmp_path / "home"
    mtc(home, "simulate", "--pupils", "0", "--seed", "1")
    if allowed:
        path = home / "config" / KIOSK
        path.write_text(path.read_text(encoding="utf-8").replace("display: no", "display: yes"), encoding="utf-8")
    mtc(
        *(home, "pupils", "add", "--surname", "Testerly", "--forename", "Amy", "--date-of-birth", "14/03/2018"),
        *("--sex", "F", "--ref", "kite-7"),
    )
    mtc(home, "passcode", "set", typed="chalk-and-cheese\n")
    password, pin = started(home)
    with kiosk(two_screens, home, "run", "--kiosk", "hall") as running:
        pressing.wait_for_window(TITLE)
        if allowed:
            pressing.tap(*password, "Return", *pin, "Return", gap_ms=80)
            pressing.tap("Tab", "Return", gap_ms=700)
            assert running.wait_for("select kind from attempt") == [("official",)]
            return
        log = home / "logs" / "kiosk-hall.log"
        give_up_at = time.monotonic() + WITHIN_S
        while not (log.exists() and SECOND_SCREEN in log.read_text(encoding="utf-8")):
            assert time.monotonic() < give_up_at
            time.sleep(0.05)
        pressing.tap(*password, "Return", *pin, "Return", gap_ms=80)
        for _ in range(2):
            pressing.turn_page("Tab", "Return")  # as slowly as "Is this you?" asks, were it there
        assert running.process.poll() is None
        assert running.rows("select id from attempt") == []


def started(home: Path) -> tuple[str, str]:
    """Start a session: the password and the pupil's PIN."""
    mtc(home, "session", "start", "--kind", "official", "--until", "23:59")
    pins = json.loads(mtc(home, "pins", "list", "--json").stdout)["data"]
    return pins["password"], pins["pins"][0]["pin"]

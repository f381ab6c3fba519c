"""The kiosk in a real window while its database or its PC lets it down: it stays up, or ends with the check held."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.screen import Injector, RunningKiosk, kiosk
from mtc_kiosk.kiosk.guard import TRY_AGAIN_NS
from tests.realtime.test_sign_in import CLASS_LIST, TITLE, mtc
from tests.store.alter import altered
from tests.store.conftest import small_disk

__all__ = ["small_disk"]

resource = pytest.importorskip("resource", reason="only where the system limits what a running process may write")

LONGEST_S = 20.0
OTHER_ENDS = [signal.SIGINT, signal.SIGHUP]
"""What ends a kiosk besides SIGTERM; in a running check all of them do what it does."""

Fault = Callable[[RunningKiosk], contextlib.AbstractContextManager[None]]


@contextlib.contextmanager
def locked(running: RunningKiosk) -> Iterator[None]:
    """Another process keeps the write lock."""
    with contextlib.closing(sqlite3.connect(running.home / "mtc.db", isolation_level=None)) as beside:
        beside.execute("begin immediate")
        yield


@contextlib.contextmanager
def refused(running: RunningKiosk) -> Iterator[None]:
    """The system refuses every write of the kiosk, which is an I/O error to it."""
    before = resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    yield
    resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, before)


@contextlib.contextmanager
def full(running: RunningKiosk) -> Iterator[None]:
    """No block of the disk is free."""
    filler = running.home.parent / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"0" * 512)
    yield
    filler.unlink()


@contextlib.contextmanager
def damaged(running: RunningKiosk) -> Iterator[None]:
    """The pupil's row is not what this program wrote."""
    with altered(running.home / "mtc.db", "update pupil set date_of_birth = 'in March'"):
        yield


def school_in(home: Path) -> dict[str, Any]:
    """A made-up school with a passcode and an open session; its password and PINs."""
    mtc(home, "simulate", "--pupils", "0", "--seed", "1")
    class_list = home.parent / "class.csv"
    class_list.write_text(CLASS_LIST, encoding="utf-8")
    mtc(home, "pupils", "import", str(class_list))
    mtc(home, "passcode", "set", typed="chalk-and-cheese\n")
    mtc(home, "session", "start", "--kind", "official", "--until", "23:59")
    pins: dict[str, Any] = json.loads(mtc(home, "pins", "list", "--json").stdout)["data"]
    return pins


def sign_in(fingers: Injector, pins: dict[str, Any]) -> None:
    """Type the first pupil's details."""
    fingers.wait_for_window(TITLE)
    fingers.tap(*pins["password"], "Return", *pins["pins"][0]["pin"], "Return", gap_ms=80)


def wait_until_said(running: RunningKiosk, text: str) -> None:
    """Wait until the kiosk has printed this on standard error."""
    said, until = b"", time.monotonic() + LONGEST_S
    assert running.process.stderr is not None
    os.set_blocking(running.process.stderr.fileno(), False)
    while text.encode() not in said:
        assert running.process.poll() is None, f"The kiosk ended: {said.decode()}"
        assert time.monotonic() < until, f"The kiosk never said {text!r}: {said.decode()}"
        said += running.process.stderr.read() or b""


def say_yes(running: RunningKiosk, fingers: Injector) -> str:
    """Say "Yes, that is me"; the id of the check that begins."""
    fingers.turn_page("Tab", "Return")
    return str(running.wait_for("select id from attempt")[0][0])


@pytest.mark.parametrize("fault", [locked, refused, full, damaged])
def test_the_door_stays_up(
    display: str, fingers: Injector, tmp_path: Path, fault: Fault, request: pytest.FixtureRequest
) -> None:
    """Yes to "is this you?" meets the fault: the kiosk stays, says so, and the same Yes begins the check afterwards."""
    home = (request.getfixturevalue("small_disk") if fault is full else tmp_path) / "home"
    pins = school_in(home)
    with kiosk(display, home, "run", stderr=subprocess.PIPE) as running:
        sign_in(fingers, pins)
        with fault(running):
            fingers.turn_page("Tab", "Return")
            wait_until_said(running, "had a fault and carried on")
            assert running.rows("select count(*) from attempt") == [(0,)]
        time.sleep(TRY_AGAIN_NS / 1e9 + 0.5)
        say_yes(running, fingers)


def shown_question(running: RunningKiosk, fingers: Injector, attempt: str) -> None:
    """Press Enter on every page and in practice until a real question is shown, and type one digit."""
    seq = 0
    while True:
        seq, kind, data = running.wait_for_step(attempt, seq)
        if kind == "Shown" and not data["practice"]:
            break
        if kind == "Shown":
            fingers.tap("1", "Return")
        elif data["page"] is not None:
            fingers.turn_page()
    fingers.tap("4")
    running.wait_for("select 1 from input where input = '4'")


def test_a_signal_ends_a_kiosk_with_the_check_held(display: str, fingers: Injector, tmp_path: Path) -> None:
    """While a passcode is set: exit code 0, cause and digits are on the disk, and the next start shows the check."""
    home = tmp_path / "home"
    pins = school_in(home)
    with kiosk(display, home, "run") as running:
        sign_in(fingers, pins)
        attempt = say_yes(running, fingers)
        shown_question(running, fingers, attempt)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=LONGEST_S) == 0
        assert running.events(attempt, "Held")[-1][1] == {"cause": "ended", "only_stop": False}
        assert running.rows("select number, response, by from answer") == [(1, "4", "void")]
    with kiosk(display, home, "run") as running:
        fingers.wait_for_window(TITLE)
        running.wait_for("select 1 from event where type = 'Resumed' and attempt_id = ?", (attempt,))
        fingers.hold("Control_L", "Shift_L", "F12", seconds=3.3)
        fingers.tap(*"chalk", "minus", *"and", "minus", *"cheese", "Return", gap_ms=80)
        fingers.turn_page("Tab", "Return")
        running.wait_for("select 1 from event where type in ('Released', 'SetAside') and attempt_id = ?", (attempt,))
        assert running.rows("select count(*) from attempt") == [(1,)]


@pytest.mark.parametrize("number", OTHER_ENDS, ids=[number.name for number in OTHER_ENDS])
def test_a_signal_ends_a_kiosk_at_its_door(
    display: str, fingers: Injector, tmp_path: Path, number: signal.Signals
) -> None:
    """A passcode does not stop a signal from ending it: exit code 0, and no attempt."""
    home = tmp_path / "home"
    mtc(home, "passcode", "set", typed="chalk-and-cheese\n")
    with kiosk(display, home, "run") as running:
        fingers.wait_for_window(TITLE)
        running.process.send_signal(number)
        assert running.process.wait(timeout=LONGEST_S) == 0
        assert running.rows("select count(*) from attempt") == [(0,)]

"""The kiosk in a real window on Windows: keys that come from software, and keys that would leave it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.screen import RunningKiosk, environment, kiosk
from mtc_kiosk.windows.session_end import WINDOW_CLASS
from tests.windows import hands
from tests.windows.tries import keys, next_sum


@pytest.fixture
def trying(tmp_path: Path) -> Iterator[RunningKiosk]:
    """A kiosk at "try it out", its window in front."""
    with kiosk("", tmp_path / "home", "try") as running:
        hands.wait_for_window()
        yield running


def test_keys_without_a_scan_code_answer_a_question(trying: RunningKiosk) -> None:
    """On-screen, switch and speech software sends characters, or keys that no keyboard has, and nothing else comes."""
    seq = next_sum(trying)
    hands.software_types("4026")
    hands.software_presses("Backspace", "7")
    hands.software_types("\b\r")
    trying.wait_for("select 1 from event where seq > ? and type = 'Entered'", (seq,))
    assert [key for _, key in keys(trying, seq)] == ["4", "0", "2", "6", "Backspace", "7", "Backspace", "Enter"]
    assert {kind for kind, _ in keys(trying, seq)} <= {"Typed", "Erased", "Entered", "Ignored"}


CHORDS = (("Win",), ("Alt", "Tab"), ("Alt", "Escape"), ("Ctrl", "Escape"), ("Alt", "F4"), ("Ctrl", "Shift", "Escape"))


def test_no_chord_leaves_the_check(trying: RunningKiosk) -> None:
    """As far as a program can: the window keeps the keyboard and the question goes on. Ctrl+Alt+Del is Windows' own."""
    seq = next_sum(trying)
    left_by = []
    for chord in CHORDS:
        hands.chord(*chord)
        time.sleep(0.2)
        left_by += [] if hands.in_front() else ["+".join(chord)]
    assert left_by == []
    hands.tap("4", "Enter")
    trying.wait_for("select 1 from event where seq > ? and type = 'Entered'", (seq,))
    assert trying.rows("select type from event where type in ('Lost', 'Held', 'Voided')") == []
    assert [kind for kind, key in keys(trying, seq) if key == "4"] == ["Typed"]


def ended_in_a_question(running: RunningKiosk) -> None:
    """The check is held with its cause, and the program has ended by itself."""
    assert running.process.wait(timeout=10) in (0, 1)
    held = running.rows("select data from event where type = 'Held'")
    assert [json.loads(data)["cause"] for (data,) in held] == ["ended"]


def test_the_end_of_the_session_holds_the_check(trying: RunningKiosk) -> None:
    """Sign-out, shutdown, restart: Windows waits for the answer, and then all is on the disk."""
    next_sum(trying)
    hands.tap("4")
    assert hands.end_session(WINDOW_CLASS)
    ended_in_a_question(trying)


@pytest.fixture
def in_a_console(tmp_path: Path) -> Iterator[RunningKiosk]:
    """A kiosk that was started from a console of its own, at a sum."""
    command = [sys.executable, "-m", "mtc_kiosk", "try", "--home", str(tmp_path / "home")]
    process = subprocess.Popen(command, env=environment(""), creationflags=subprocess.CREATE_NEW_CONSOLE)
    running = RunningKiosk(process, tmp_path / "home", time.perf_counter_ns())
    try:
        hands.wait_for_window()
        next_sum(running)
        yield running
    finally:
        running.close()
        if process.poll() is None:
            process.kill()
        process.wait()


def test_ctrl_c_in_its_console_holds_the_check(in_a_console: RunningKiosk) -> None:
    """As somebody ends a program who started it by hand."""
    hands.interrupt(in_a_console.process.pid, hands.CTRL_C)
    ended_in_a_question(in_a_console)


@pytest.mark.not_under_wine("it sends no Ctrl+Break to any program")
def test_ctrl_break_holds_the_check(in_a_console: RunningKiosk) -> None:
    """As a script or a service ends a program."""
    hands.interrupt(in_a_console.process.pid, hands.CTRL_BREAK)
    ended_in_a_question(in_a_console)

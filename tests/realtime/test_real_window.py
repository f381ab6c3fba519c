"""The kiosk in a real window, in real time, with keys pressed by another process and checked against the database."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks.screen import Injector, RunningKiosk, environment, kiosk

TITLE = "mtc_kiosk"
QUESTION_US = 6_000_000
PAUSE_US = 3_000_000


def begin(running: RunningKiosk, fingers: Injector) -> str:
    """Wait for the first screen; the attempt's id."""
    fingers.wait_for_window(TITLE)
    return str(running.wait_for("select id from attempt")[0][0])


def next_shown(running: RunningKiosk, fingers: Injector, attempt: str, seq: int) -> tuple[int, dict[str, Any]]:
    """Press Enter on every page until a sum is shown: its row and what it says."""
    while True:
        seq, kind, data = running.wait_for_step(attempt, seq)
        if kind == "Shown":
            return seq, data
        if kind == "StepBegan" and data["page"] is not None:
            fingers.turn_page()


def events_since(running: RunningKiosk, attempt: str, seq: int) -> list[str]:
    """The types of the rows after one."""
    return [kind for (kind,) in running.rows("select type from event where attempt_id = ? and seq > ?", (attempt, seq))]


def test_a_pupil_takes_practice_and_three_questions(display: str, fingers: Injector, tmp_path: Path) -> None:
    """What another process types in real time is what the database holds, and each question lasts 6 s to the end."""
    with kiosk(display, tmp_path / "home", "try") as running:
        attempt, seq = begin(running, fingers), 0
        for _ in range(3):
            seq, practice = next_shown(running, fingers, attempt, seq)
            assert practice["practice"]
            fingers.tap("1", "Return")

        seq, first = next_shown(running, fingers, attempt, seq)
        product = str(first["factor1"] * first["factor2"])
        fingers.tap(*product, "Return")

        seq, second = next_shown(running, fingers, attempt, seq)
        fingers.tap("KP_End", "KP_Down", "a", "BackSpace")  # the number pad as it is with Num Lock off: 1, 2

        seq, third = next_shown(running, fingers, attempt, seq)
        fingers.tap("Return", "0", "4", "4", "Delete", "KP_Enter")
        running.wait_for("select 1 from answer where number = 3")

        answers = running.rows(
            "select number, factor1, factor2, response, by, at_us - shown_us from answer order by number"
        )
        assert [row[:5] for row in answers] == [
            (1, first["factor1"], first["factor2"], product, "enter"),
            (2, second["factor1"], second["factor2"], "1", "timeout"),
            (3, third["factor1"], third["factor2"], "04", "enter"),
        ]
        assert answers[1][5] == QUESTION_US
        typed = running.rows("select number, input, source from input order by seq")
        assert [(number, key) for number, key, _ in typed] == [
            *((1, digit) for digit in product),
            (1, "Enter"),
            (2, "1"),
            (2, "2"),
            (2, "a"),
            (2, "Backspace"),
            *((3, key) for key in ("Enter", "0", "4", "4", "Delete", "Enter")),
        ]
        assert {source for _, _, source in typed} == {"keyboard"}
        shown = [at for at, data in running.events(attempt, "Shown") if not data["practice"]]
        ended = dict(running.rows("select number, at_us from answer"))
        assert shown[1] - ended[1] >= PAUSE_US
        assert shown[2] - ended[2] >= PAUSE_US

        fingers.hold("Escape", seconds=2.3)
        assert running.process.wait(timeout=5) == 0


def test_a_kiosk_killed_in_a_question_shows_the_held_check(display: str, fingers: Injector, tmp_path: Path) -> None:
    """Killed with SIGKILL, the kiosk loses nothing typed over 100 ms before, and comes back with the check held."""
    home = tmp_path / "home"
    with kiosk(display, home, "try") as running:
        attempt, seq = begin(running, fingers), 0
        for _ in range(3):
            seq, _ = next_shown(running, fingers, attempt, seq)
            fingers.tap("1", "Return")
        seq, shown = next_shown(running, fingers, attempt, seq)
        fingers.tap("4", "2", gap_ms=50)
        time.sleep(0.1)
        running.process.kill()
        running.process.wait()
    with kiosk(display, home, "try") as running:
        fingers.wait_for_window(TITLE)
        running.wait_for("select 1 from event where type = 'Held' and attempt_id = ?", (attempt,))
        assert running.rows("select count(*) from attempt") == [(1,)]
        assert running.rows("select input from input order by seq") == [("4",), ("2",)]
        assert running.rows("select number, showing, response, by from answer") == [(1, 1, "42", "void")]
        seq = running.rows("select max(seq) from event")[0][0]
        fingers.turn_page("Tab", "Return")
        _, again = next_shown(running, fingers, attempt, seq)
        assert (again["number"], again["showing"], again["factor1"]) == (1, 2, shown["factor1"])
        assert again["factor2"] != shown["factor2"]


def test_a_stopped_process_voids_the_open_question(display: str, fingers: Injector, tmp_path: Path) -> None:
    """A loop that does not run for a second (SIGSTOP) voids the open question and holds the check."""
    with kiosk(display, tmp_path / "home", "try") as running:
        attempt, seq = begin(running, fingers), 0
        for _ in range(4):
            seq, data = next_shown(running, fingers, attempt, seq)
            if data["practice"]:
                fingers.tap("1", "Return")
        fingers.tap("4")
        os.kill(running.process.pid, signal.SIGSTOP)
        time.sleep(1.3)
        os.kill(running.process.pid, signal.SIGCONT)
        running.wait_for("select 1 from event where type = 'Held'")
        assert running.events(attempt, "Held")[-1][1] == {"cause": "stall", "only_stop": False}
        assert running.rows("select response, by from answer") == [("4", "void")]


def test_one_kiosk_of_a_name_runs_in_a_home(display: str, fingers: Injector, tmp_path: Path) -> None:
    """A second kiosk of the same name is refused in one sentence and changes nothing."""
    home = tmp_path / "home"
    with kiosk(display, home, "try") as running:
        begin(running, fingers)
        second = subprocess.run(
            [sys.executable, "-m", "mtc_kiosk", "try", "--home", str(home)],
            env=environment(display),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert second.returncode == 1
        assert "is already running" in second.stderr
        assert len(second.stderr.strip().splitlines()) == 1
        assert running.rows("select count(*) from attempt") == [(1,)]


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux can a screen be taken away by a variable")
def test_without_a_screen_it_says_so_and_names_simulate(tmp_path: Path) -> None:
    """With no screen the command says so in one sentence, names ``mtc-kiosk simulate`` and exits with 4."""
    missing = {name: value for name, value in os.environ.items() if not name.startswith("SDL_")}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        missing.pop(name, None)
    told = subprocess.run(
        [sys.executable, "-m", "mtc_kiosk", "try", "--home", str(tmp_path / "home")],
        env=missing,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert told.returncode == 4
    assert "mtc-kiosk simulate" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1

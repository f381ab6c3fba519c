"""``mtc-kiosk demo`` as a newcomer starts it: a school, robots at work, pages that show them, and nothing left."""

import contextlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from mtc_kiosk.office.open import configuration_of, opened
from mtc_kiosk.robots import demo_school
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.home.home import open_home
from mtc_kiosk.store.made_up import MARK, open_made_up_home

from .serving import PATIENCE_S, Serving, refused, seconds_to_end, serving, status

MADE_UP = b"Made-up pupils. Nothing here is real."
MOVING = "select count(distinct kiosk), count(*) from attempt join event on event.attempt_id = attempt.id"


def at_work(home: Path, kiosks: int = 4) -> bool:
    """Whether robots have begun at this many PCs, within the time that a loaded machine needs."""
    give_up_at = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up_at:
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(home / "mtc.db")) as db:
            if db.execute(MOVING).fetchone()[0] >= kiosks:
                return True
        time.sleep(0.2)
    return False


def parts_of(running: Serving) -> list[psutil.Process]:
    """The processes that the command has started."""
    return psutil.Process(running.process.pid).children(recursive=True)


@pytest.mark.posix_only("Windows sends a program no such signals")
def test_one_command_shows_a_school_at_work_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser is signed in; at the end the robots end too, and the temporary home is gone."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving("demo") as running:
        (home,) = tmp_path.glob("mtc-kiosk-demo-*")
        assert at_work(home)
        robots = parts_of(running)
        assert robots
        for page in ("/", "/no-such-page"):
            assert MADE_UP in running.asked(page), page
        seconds_to_end(running, signal.SIGTERM)
        assert not psutil.wait_procs(robots, timeout=PATIENCE_S)[1]
    assert not home.exists()


@pytest.mark.posix_only("Windows sends a program no such signals")
def test_the_robots_end_with_a_demo_that_is_killed(tmp_path: Path) -> None:
    """Nobody can ask them to any more. The home that was named stays, and shows the same school the next time."""
    home = tmp_path / "home"
    with serving("demo", "--home", home) as running:
        assert at_work(home, kiosks=1)
        robots = parts_of(running)
        running.process.kill()
        assert not psutil.wait_procs(robots, timeout=PATIENCE_S)[1]
    with serving("demo", "--home", home) as again:
        assert MADE_UP in again.asked("/")
        seconds_to_end(again, signal.SIGINT)
    with contextlib.closing(sqlite3.connect(home / "mtc.db")) as db:
        assert db.execute("select count(*) from pupil").fetchone() == (30,)


@pytest.mark.posix_only("Windows sends a program no such signals")
def test_ctrl_c_at_the_terminal_ends_the_robots_without_a_word(tmp_path: Path) -> None:
    """The terminal sends it to them as well, while their input is still open."""
    home = open_made_up_home(tmp_path / "home")
    with opened(home, configuration_of(home), COMMAND_LINE) as office:
        demo_school.make(office)
        began = round(office.now.timestamp() * 1000)
    command = [sys.executable, "-m", "mtc_kiosk.robots.demo_process", str(home.root), str(began)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe) as robots:
        assert at_work(home.root, kiosks=1)
        robots.send_signal(signal.SIGINT)
        assert robots.wait(PATIENCE_S) == 0
        assert robots.stderr is not None
        assert robots.stderr.read() == b""


def test_a_home_that_may_have_real_pupils_is_refused(tmp_path: Path) -> None:
    """In a sentence, and nothing is written there."""
    home = open_home(tmp_path / "home")
    (home.exports / "results.csv").write_text("Ann Example")
    assert "may have real pupils" in refused("demo", "--no-browser", "--port", 0, "--home", home.root)
    assert not (home.root / MARK).exists()


def test_a_port_that_is_taken_is_refused_before_a_school_is_made(tmp_path: Path) -> None:
    """With what to do."""
    home = open_made_up_home(tmp_path / "other")
    with serving("console", "--home", home.root) as other:
        assert status(other.asked()) == 200
        said = refused("demo", "--no-browser", "--port", other.port, "--home", tmp_path / "home")
    assert "Choose another with --port" in said
    with contextlib.closing(sqlite3.connect(tmp_path / "home" / "mtc.db")) as db:
        assert db.execute("select count(*) from pupil").fetchone() == (0,)

"""One kiosk process per home and name, whatever becomes of the process (docs/data.md)."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import KioskIsRunning, kiosk_lock, lock_file, running_kiosks
from tests.store.processes import heard_from, process


@contextmanager
def another(home: Home, name: str) -> "Iterator[subprocess.Popen[str]]":
    """Another process that is this kiosk."""
    with process("holds_lock", home.root, name) as running:
        assert heard_from(running) == "locked"
        yield running


def test_a_kiosk_that_runs_keeps_another_of_its_name_out(home: Home) -> None:
    """In a sentence that says what to do; another name, or the same in another home, may start."""
    with another(home, "library"):
        with pytest.raises(KioskIsRunning, match="already running"), kiosk_lock(home, "library"):
            pass
        with kiosk_lock(home, "hall"):
            assert running_kiosks(home) == ("hall", "library")


def test_a_kiosk_that_ends_gives_its_name_back(home: Home) -> None:
    """In good order."""
    with another(home, "library") as running:
        running.communicate("", timeout=20)
        assert running_kiosks(home) == ()
        with kiosk_lock(home, "library"):
            assert running_kiosks(home) == ("library",)


def test_a_kiosk_that_is_killed_gives_its_name_back(home: Home) -> None:
    """The operating system takes the lock from a dead process; the file that stays means nothing."""
    with another(home, "library") as running:
        running.kill()
        running.wait(20)
        assert lock_file(home, "library").exists()
        with kiosk_lock(home, "library"):
            pass


def test_a_look_at_who_runs_keeps_no_kiosk_from_starting(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look takes each lock for an instant: a kiosk that starts just then waits for it."""
    monkeypatch.setattr("mtc_kiosk.store.home.kiosk_lock.PATIENCE_S", 20.0)
    started: list[str] = []

    def start() -> None:
        with kiosk_lock(home, "library"):
            started.append("library")

    starting = threading.Thread(target=start)
    with kiosk_lock(home, "library"):
        starting.start()
        starting.join(0.1)
    starting.join(20)
    assert started == ["library"]


def test_a_lock_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """No traceback where the folder is gone."""
    with pytest.raises(KioskIsRunning, match="cannot be locked"), kiosk_lock(Home(tmp_path / "gone"), "library"):
        pass


def test_a_fault_inside_gives_the_name_back(home: Home) -> None:
    """And is not swallowed."""
    with pytest.raises(OSError, match="mine"), kiosk_lock(home, "library"):
        raise OSError("mine")
    assert running_kiosks(home) == ()

"""One console per home, and none while the home is being restored (docs/data.md)."""

import pytest

from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import (
    ConsoleIsRunning,
    console_lock,
    is_console_running,
    kiosk_lock,
    restore_lock,
    running_kiosks,
)
from tests.store.processes import heard_from, process


def test_a_second_console_of_a_home_is_refused(home: Home) -> None:
    """While the first runs; when that is killed, the operating system gives the home back."""
    with process("holds_lock", home.root) as running:
        assert heard_from(running) == "locked"
        assert is_console_running(home)
        with pytest.raises(ConsoleIsRunning, match="already running"), console_lock(home):
            pass
        running.kill()
        running.wait(20)
        assert not is_console_running(home)
        with console_lock(home):
            assert is_console_running(home)


def test_a_console_is_no_kiosk_and_keeps_none_out(home: Home) -> None:
    """Kiosks of any name may share its home, one called console too."""
    with console_lock(home), kiosk_lock(home, "console"):
        assert running_kiosks(home) == ("console",)


def test_no_console_starts_while_the_home_is_restored(home: Home) -> None:
    """It would show pupils who are being replaced; afterwards it may."""
    with restore_lock(home), pytest.raises(ConsoleIsRunning, match="being restored"), console_lock(home):
        pass
    with console_lock(home):
        pass


def test_a_look_for_a_console_leaves_no_trace(home: Home) -> None:
    """A home that never had a console gets no file of one."""
    assert not is_console_running(home)
    assert not list(home.root.glob("console*"))

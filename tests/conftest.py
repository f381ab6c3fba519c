"""What every test shares: no screen, and no skip where everything is required."""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")


IN_MEMORY, ENOUGH = Path("/dev/shm"), 6 * 2**30  # noqa: S108 - the names in it are chosen by tempfile
"""Linux's disk in memory, and how many bytes must be free there for the files of the whole suite."""


def keep_files_in_memory() -> None:
    """Let all temporary files be on a disk in memory, where there is one, so that no test waits for a real disk.

    Every commit in every home waits until the disk has it. What no test can see is whether it really has, as no test
    takes the power away; a disk that is full, slow, faulty or pulled out is mounted or played by the tests about it.
    """
    if sys.platform != "linux" or "TMPDIR" in os.environ or not os.access(IN_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(IN_MEMORY).free >= ENOUGH:
        os.environ["TMPDIR"] = str(IN_MEMORY)
        tempfile.tempdir = None


keep_files_in_memory()

REAL_TIME = ("realtime", "classroom")
"""Folders whose tests start processes that keep real time. They mostly wait, so two of them may run at once."""
FAULTS = ("test_faults.py", "test_real_window.py", "test_held_keys.py", "test_resize.py", "test_second_screen.py")
"""Those of them that are about what breaks and what changes; about half of the time that all of them take."""
TOGETHER = {
    "test_every_combination.py": "combinations",
    "test_themes.py": "themes",
    **dict.fromkeys(("test_every_answer.py", "test_who_may.py", "test_fuzz.py"), "console's routes"),
    **dict.fromkeys(
        (
            "test_every_page.py",
            "test_journey.py",
            "test_keyboard.py",
            "test_printed.py",
            "test_signing_in.py",
            "test_report_files.py",
        ),
        "browser",
    ),
    "test_libreoffice.py": "LibreOffice",
    **dict.fromkeys(("test_kinds.py", "test_marked_apart.py"), "robots"),
}
"""Modules with tests that share one expensive fixture or drawing, and a name for those that share it."""

MOUNTING = frozenset({"small_disk", "small_stick"})
"""Fixtures that mount a disk, which on Windows no test can."""


def under_wine() -> bool:
    """Whether this Windows is Wine, which alone has a function that says so."""
    return sys.platform == "win32" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


if under_wine():
    # There the first draws of a strategy take long, whatever is drawn; and chance is looked through elsewhere.
    settings.register_profile("wine", deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("wine")
    # Its desktop is a program that the first window starts, and that keeps that program's streams open: a test that
    # reads a kiosk's output to its end would wait for ever. So it is started here.
    ctypes.WinDLL("user32").GetDesktopWindow()


def why_left_out(item: pytest.Item) -> str | None:
    """Why a test is left out on this system, by its mark; None where it is not."""
    on_windows = sys.platform == "win32"
    for name, applies in (
        ("posix_only", on_windows),
        ("windows_only", not on_windows),
        ("not_under_wine", under_wine()),
    ):
        mark = item.get_closest_marker(name)
        if applies and mark is not None:
            return f"{name}: {mark.args[0]}"
    if on_windows and MOUNTING & set(getattr(item, "fixturenames", ())):
        return "posix_only: it mounts a small disk"
    return None


class InGroups(LoadScopeScheduling):
    """What keeps real time goes to two processes, and what shares something that takes long to make to one.

    By paths, not by pytest-xdist's own mark of a group: with pytest 9.2 that mark no longer reaches the scheduler.
    """

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        """Note a finished test, and forget a group in which all are finished: the next one to send is chosen by
        counting through every group that was ever sent, which with ten thousand of them takes longer than the tests.
        """
        scope = self._split_scope(self.registered_collections[node][item_index])
        super().mark_test_complete(node, item_index, duration)
        if all(self.assigned_work[node][scope].values()):
            del self.assigned_work[node][scope]

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.partition("::")[0])
        if path.parent.name in REAL_TIME:
            return "real time, faults" if path.name in FAULTS else "real time"
        return TOGETHER.get(path.name, nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> InGroups:
    """How the tests are shared out where several processes run them."""
    return InGroups(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what this system has not."""
    for item in items:
        why = why_left_out(item)
        if why is not None:
            item.add_marker(pytest.mark.skip(reason=why))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With ``MTC_REQUIRE_ALL=1`` a test that is skipped has failed, unless its mark leaves it out on this system."""
    report: pytest.TestReport = yield  # type: ignore[misc]  # the hook's result comes in through the yield
    required = os.environ.get("MTC_REQUIRE_ALL") == "1" and why_left_out(item) is None
    if required and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, but everything is required here: {report.longrepr}"
    return report  # type: ignore[return-value]  # the same hook's protocol


@pytest.fixture(autouse=True)
def _home_of_the_test(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may touch the home of whoever runs it."""
    home: Path = tmp_path_factory.getbasetemp() / "nobodys-home"
    monkeypatch.setenv("MTC_KIOSK_HOME", str(home))

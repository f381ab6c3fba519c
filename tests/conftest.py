"""What every test shares: no screen of its own, and no skip where everything is required."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")


REAL_TIME = ("realtime", "classroom")
"""Folders whose tests start processes that keep real time: one after another, and never two at once."""
TOGETHER = ("test_every_combination.py",)
"""Modules whose tests look at what was made once for all of them."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what keeps real time in one group, and the tests that share what takes long to make in a group of theirs."""
    for item in items:
        folder = item.path.parent.name
        if folder in REAL_TIME:
            item.add_marker(pytest.mark.xdist_group("real time"))
        elif item.path.name in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """With ``MTC_REQUIRE_ALL=1`` a test that is skipped has failed."""
    report: pytest.TestReport = yield  # type: ignore[misc]  # the hook's result comes in through the yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("MTC_REQUIRE_ALL") == "1":
        report.outcome = "failed"
        report.longrepr = f"Skipped, but everything is required here: {report.longrepr}"
    return report  # type: ignore[return-value]  # the same hook's protocol


@pytest.fixture(autouse=True)
def _home_of_the_test(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may touch the home of whoever runs it."""
    home: Path = tmp_path_factory.getbasetemp() / "nobodys-home"
    monkeypatch.setenv("MTC_KIOSK_HOME", str(home))

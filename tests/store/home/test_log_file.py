"""Log files: what is added is there, for the owner alone, and a log never grows without end."""

import os
import stat
from pathlib import Path

from mtc_kiosk.store.home.log_file import LARGEST, add_lines


def test_lines_are_added_for_the_owner_alone(tmp_path: Path) -> None:
    """One line each, behind what is there."""
    log = tmp_path / "faults.log"
    add_lines(log, ["one"])
    add_lines(log, ["two", "a half letter \ud800"])
    assert log.read_text(encoding="utf-8").splitlines() == ["one", "two", r"a half letter \ud800"]
    if os.name == "posix":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_log_stays_within_its_size_and_keeps_the_newest(tmp_path: Path) -> None:
    """The log and the one before it: nothing else, and none much larger than the limit."""
    log = tmp_path / "faults.log"
    line = "x" * 99_999
    for number in range(35):
        add_lines(log, [f"{number:02}{line}"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["faults.log", "faults.log.1"]
    assert all(path.stat().st_size <= LARGEST + len(line) + 3 for path in tmp_path.iterdir())
    numbers = [text[:2] for name in ("faults.log.1", "faults.log") for text in (tmp_path / name).read_text().split()]
    assert numbers == [f"{number:02}" for number in range(20, 35)]

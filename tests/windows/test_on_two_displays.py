"""A second display on Windows keeps pupils from signing in, as kiosk.yaml ships. Needs a PC that has two."""

import time
from pathlib import Path

from benchmarks.screen import kiosk
from mtc_kiosk.kiosk.system.desktop import SECOND_SCREEN
from tests.windows.schools import PASSCODE, mtc

LONGEST_WAIT_S = 30


def test_staff_are_told_of_a_second_display(tmp_path: Path) -> None:
    """The kiosk counts two displays, so no pupil can sign in, and its log says why."""
    home = tmp_path / "home"
    mtc(home, "passcode", "set", typed=f"{PASSCODE}\n")
    deadline = time.monotonic() + LONGEST_WAIT_S
    with kiosk("", home, "run"):
        while time.monotonic() < deadline:
            told = [log.read_text(encoding="utf-8") for log in (home / "logs").glob("kiosk-*.log")]
            if any(SECOND_SCREEN in text for text in told):
                break
            time.sleep(0.1)
    assert any(SECOND_SCREEN in text for text in told), told

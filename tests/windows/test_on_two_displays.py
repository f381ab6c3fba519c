"""A second display on Windows: nobody signs in beside it, unless kiosk.yaml allows it. Needs a PC that has two."""

import time
from pathlib import Path

import pytest

from benchmarks.screen import kiosk
from mtc_kiosk.kiosk.second_screen import SENTENCE
from tests.windows import hands
from tests.windows.schools import school, sign_in

SETTING = "allow_second_display: "


def test_no_pupil_signs_in_beside_a_second_display(tmp_path: Path) -> None:
    """Staff are told why, in the kiosk's log too; with the setting the same keys sign the pupil in."""
    home, pupil = school(tmp_path)
    with kiosk("", home, "run") as running:
        hands.wait_for_window()
        with pytest.raises(TimeoutError):
            sign_in(running, pupil)
    assert any(SENTENCE in log.read_text(encoding="utf-8") for log in (home / "logs").glob("kiosk-*.log"))

    settings = home / "config" / "kiosk.yaml"
    written = settings.read_text(encoding="utf-8")
    assert f"{SETTING}no" in written
    settings.write_text(written.replace(f"{SETTING}no", f"{SETTING}yes"), encoding="utf-8")
    with kiosk("", home, "run") as running:
        time.sleep(hands.NEW_PAGE_S)
        assert sign_in(running, pupil)

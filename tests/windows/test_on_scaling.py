"""Displays that Windows scales: the window has every pixel of them, and a press meets what is drawn under it.

Under Wine each scaling is set in turn, in the registry; on a PC it is the one that the PC has.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.screen import kiosk
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.view.controls import ScreenKey
from tests.conftest import under_wine
from tests.windows import hands
from tests.windows.places import INCHES, control_rect, question
from tests.windows.tries import keys, next_sum

if sys.platform == "win32":
    import winreg

DESKTOP = r"Control Panel\Desktop"
WITH_SCALING = {"DpiScalingVer": 0x1000}
"""Without this Wine takes every program for one that scales itself, and the test could not fail."""

ABOUT = (
    "select json_extract(data, '$.detail') from event where type = 'Noted' and json_extract(data, '$.what') = 'kiosk'"
)
PER_MONITOR = 2
SCALING = """
import ctypes
user = ctypes.WinDLL("user32")
print(user.GetDpiForSystem())
user.SetProcessDpiAwarenessContext.argtypes = [ctypes.c_void_p]
user.SetProcessDpiAwarenessContext(-3)
print(user.GetDpiForSystem())
"""
"""The size that a program reads before and after it declares that it scales itself."""


@pytest.fixture(params=[120, 144, 192] if under_wine() else [None], ids=str)
def _scaled(request: pytest.FixtureRequest) -> Iterator[None]:
    """A scaling of 125, 150 and 200 %, for programs that start from now on."""
    wanted: int | None = request.param
    if wanted is None:
        yield
        return
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, DESKTOP, 0, winreg.KEY_ALL_ACCESS) as key:
        for name, value in {**WITH_SCALING, "LogPixels": wanted}.items():
            winreg.SetValueEx(key, name, 0, winreg.REG_DWORD, value)
        try:
            assert subprocess.check_output([sys.executable, "-c", SCALING]).split() == [b"96", str(wanted).encode()]
            yield
        finally:
            for name in (*WITH_SCALING, "LogPixels"):
                winreg.DeleteValue(key, name)


@pytest.mark.usefixtures("_scaled")
def test_a_scaled_display_is_used_to_the_pixel(tmp_path: Path) -> None:
    """Neither drawn small and blown up nor cut off; a key of the pad is hit at its corners and has its 10 mm."""
    width, height = size = hands.screen_size()
    with kiosk("", tmp_path / "home", "try") as running:
        hands.wait_for_window()
        ((about,),) = running.wait_for(ABOUT)
        assert f"size={width}x{height}" in about
        assert hands.awareness() == PER_MONITOR
        seq = next_sum(running)
        corners = {"7": (0, 0), "4": (1, 1), "1": (0, 1)}
        for key, (right, down) in corners.items():
            rect = control_rect(question(practice=True), Kind.TRY, ScreenKey(key), size)
            assert min(rect.w, rect.h) / (width**2 + height**2) ** 0.5 * float(INCHES) * 25.4 >= 10
            hands.click(round(rect.x + 6 + right * (rect.w - 12)), round(rect.y + 6 + down * (rect.h - 12)))
        running.wait_for("select 1 from event where seq > ? and json_extract(data, '$.input') = '1'", (seq,))
        assert [key for _, key in keys(running, seq)] == list(corners)

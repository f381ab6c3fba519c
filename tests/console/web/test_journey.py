"""From an empty home to the results of a class, in Chromium without a script; robots take the check on real kiosks."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser

from mtc_kiosk.store.home.home import Home
from tests.console.furnished import KIOSKS
from tests.console.web.conftest import Open

PUPILS = 30
HEADINGS = "Surname,Forename,Date of birth,Sex,Group,Pupil ref\n"


def test_from_an_empty_home_to_the_results_of_a_class(
    home: Home, console: Open, browser: Browser, tmp_path: Path
) -> None:
    """A class list, a session, 30 checks on two kiosk processes that share the home, and every score on the page."""
    base = console(home)
    listed = tmp_path / "class.csv"
    rows = "".join(f"Testerly-{n:02},Amy,{1 + n % 28:02}/05/2018,F,4A,JOURNEY-{n:02}\n" for n in range(PUPILS))
    listed.write_text(HEADINGS + rows.replace("-0", " "), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(60_000)

    page.goto(f"{base}pupils/upload")
    page.locator("input[type=file]").set_input_files(listed)
    page.locator("main form button.main").first.click()
    page.get_by_role("button", name=f"Save {PUPILS} pupils").click()
    page.goto(f"{base}pupils")
    assert page.locator("main tbody tr").count() == PUPILS

    page.goto(f"{base}room/start")
    page.get_by_role("button", name="Show who gets a PIN").click()
    page.get_by_role("button", name="Start without printing").click()
    page.goto(f"{base}print/slips")
    assert page.locator("article").count() == PUPILS

    for robots in [_robots(home, kiosk) for kiosk in KIOSKS]:
        _, complained = robots.communicate(timeout=400)
        assert robots.returncode == 0, complained
    page.goto(f"{base}room")
    assert f"{PUPILS} finished" in " ".join(page.locator("main").inner_text().split())
    page.goto(f"{base}results")
    assert page.get_by_text("of 25").count() >= PUPILS
    assert page.get_by_text("Complete", exact=True).count() == PUPILS
    context.close()


def _robots(home: Home, kiosk: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "mtc_kiosk", "run", "--robot", "quick", "--kiosk", kiosk, "--home", str(home.root)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

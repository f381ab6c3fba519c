"""From an empty home to the results of a class, in Chromium without a script; robots take the check on real kiosks."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.screen import Injector, NoXServer, RunningKiosk, injector, kiosk, x_server
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.made_up import NOW
from tests.console.furnished import KIOSKS
from tests.console.web.conftest import Open
from tests.realtime.test_faults import say_yes, school_in, sign_in
from tests.realtime.test_staff_hold import shorten

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

    for robots in [_robots(home, name) for name in KIOSKS]:
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


def test_a_check_is_held_and_carried_on_in_the_room(
    console: Open, page: Page, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On a real kiosk: the room shows the need, the check goes on at the pupil's press, and its score is there."""
    monkeypatch.delenv(NOW)  # or each process would begin that time anew, and the kiosk be behind the console
    root = tmp_path / "home"
    pins = school_in(root)
    shorten(root)
    base = console(open_home(root))
    with _screen() as (display, fingers), kiosk(display, root, "run") as running:
        sign_in(fingers, pins)
        attempt = say_yes(running, fingers)
        page.goto(f"{base}room")
        page.get_by_role("link", name="Hold all…").click()
        seq, product = _question(running, fingers, attempt, 0)
        page.get_by_role("button", name="Hold it").click()
        page.wait_for_url(f"{base}room")
        fingers.tap(*str(product), "Return")
        carry_on = page.locator("#needs article").get_by_role("button", name="Carry on")
        carry_on.wait_for()
        assert running.events(attempt, "Released") == []
        carry_on.click()
        page.get_by_role("button", name="Offer again").wait_for()
        assert running.events(attempt, "Released") == [], "the pupil has not pressed yet"
        fingers.turn_page("Tab", "Return")
        page.locator("#needs article").wait_for(state="detached")
        for wrong in (0, 1):
            seq, product = _question(running, fingers, attempt, seq)
            fingers.tap(*str(product + wrong), "Return")
        running.wait_for("select 1 from inbox where type = 'check' and record_id = ?", (attempt,))
        assert running.rows("select outcome from attempt") == [("complete",)]
        causes = [data["cause"] for _, data in running.events(attempt, "Held")]
        assert causes == ["staff"]
        page.goto(f"{base}results")
        assert "2 of 3\tComplete" in page.locator("main").inner_text()


@contextlib.contextmanager
def _screen() -> Iterator[tuple[str, Injector]]:
    """A virtual screen, and a second process that presses keys there."""
    with contextlib.ExitStack() as opened:
        try:
            display = opened.enter_context(x_server())
        except NoXServer as missing:
            pytest.skip(str(missing))
        yield display, opened.enter_context(injector(display))


def _question(running: RunningKiosk, fingers: Injector, attempt: str, seq: int) -> tuple[int, int]:
    """Press Enter on pages and answer the practice until the next question is shown: its place and its product."""
    while True:
        seq, kind, data = running.wait_for_step(attempt, seq)
        assert kind != "Finished", "no question is left"
        if kind == "Shown" and not data["practice"]:
            return seq, data["factor1"] * data["factor2"]
        if kind == "Shown":
            fingers.tap("1", "Return")
        elif kind == "StepBegan" and data["page"] is not None:
            fingers.turn_page()

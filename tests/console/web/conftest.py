"""A real browser, started once, and consoles for it to look at."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from mtc_kiosk.console.server import prepared
from mtc_kiosk.school.staff import Role, staff_of
from mtc_kiosk.store.home.home import Home
from tests.console.furnished import AT

Open = Callable[..., str]
"""Opens a console for a home and says its address."""

expect.set_options(timeout=30_000)  # a machine that runs the whole suite may be slow; what is there is seen at once


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; the test is skipped by name where it is missing."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("Chromium is not installed (Debian package chromium).")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of somebody who has just come: nothing kept from before."""
    made = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB", timezone_id="Europe/London")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of it, which waits no longer than a teacher would."""
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    return opened


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens consoles, in threads of this process, at the time of the furnished school."""
    monkeypatch.setenv("MTC_KIOSK_NOW", AT)
    with ExitStack() as running:

        def start(home: Home, *roles: Role) -> str:
            staff = staff_of("a.adeyemi", *(roles or tuple(Role)))
            url, _ = running.enter_context(prepared(home, 0, staff))
            return url

        yield start

"""The browser's Back after Lock, and a link on a page elsewhere, in a browser that keeps pages as people's own do."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from mtc_kiosk.console.server import prepared
from mtc_kiosk.store.home.home import Home
from tests.console.furnished import AT


@pytest.fixture(scope="module")
def keeping(browser: Browser) -> Iterator[Browser]:
    """A browser with its memory of whole pages, which is off in tests unless asked for."""
    started = browser.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox", "--disable-gpu"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield started
    started.close()


@pytest.fixture
def url(furnished: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a console with accounts."""
    monkeypatch.setenv("MTC_KIOSK_NOW", AT)
    with prepared(furnished, 0) as (address, _):
        yield address


def signed_in(page: Page, url: str) -> None:
    """Somebody signs in."""
    page.goto(f"{url}sign-in")
    page.get_by_label("Your name").fill("f.adeyemi")
    page.get_by_label("Password").fill("seven cups of tea")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda there: "sign-in" not in there)


@pytest.mark.parametrize("scripts", [True, False])
def test_back_after_lock_shows_no_page_of_before(keeping: Browser, url: str, scripts: bool) -> None:
    """A pupil at a locked PC presses Back: neither the slips with their PINs nor the results come."""
    context = keeping.new_context(java_script_enabled=scripts)
    page = context.new_page()
    signed_in(page, url)
    page.goto(f"{url}print/slips")
    page.goto(f"{url}results")
    page.locator("form[action='/lock'] button:visible").first.click()
    page.wait_for_url("**/sign-in?**")
    for before in ("results", "slips"):
        page.go_back(timeout=5_000)
        assert page.title().startswith("Locked"), before
    context.close()


def test_a_link_elsewhere_opens_the_console_and_signs_nobody_out(keeping: Browser, url: str) -> None:
    """Also for somebody who is in the middle of a form in another tab."""
    context = keeping.new_context()
    own, other = context.new_page(), context.new_page()
    signed_in(own, url)
    context.route(
        "http://elsewhere.example/",
        lambda route: route.fulfill(body=f"<a href='{url}pupils'>Look</a>", content_type="text/html"),
    )
    other.goto("http://elsewhere.example/")
    other.get_by_text("Look").click()
    other.get_by_text("Chidi").first.wait_for(timeout=10_000)
    own.goto(f"{url}pupils")
    assert own.url == f"{url}pupils"
    context.close()

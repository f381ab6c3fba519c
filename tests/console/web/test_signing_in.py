"""The first account, the warning, locking and unlocking in a real browser, on a clock that the test moves."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mtc_kiosk.console.desk import Desk
from mtc_kiosk.console.server import prepared
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.made_up import open_made_up_home
from tests.console.furnished import AT

PASSWORD = "seven cups of tea"


class Opened:
    """A console without an account, and its time."""

    def __init__(self, url: str, desk: Desk) -> None:
        self.url, self.desk, self.now = url, desk, datetime.fromisoformat(AT)
        desk.now = lambda: self.now

    def later(self, page: Page, seconds: int) -> None:
        """Let time pass, at the server and in the browser."""
        self.now += timedelta(seconds=seconds)
        page.clock.fast_forward(seconds * 1000)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Such a console."""
    home = open_made_up_home(tmp_path / "home")
    open_database(home).close()
    with prepared(home, 0) as (url, desk):
        yield Opened(url, desk)


def test_the_link_makes_the_owner_and_what_was_typed_outlasts_the_warning(opened: Opened, page: Page) -> None:
    """The link fills in its code, which leaves the address; two minutes before the end the page asks, and goes on if
    somebody answers; if not it locks, and the same person finds what they had typed.
    """
    page.clock.install()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    link = opened.desk.first_link(opened.url)
    assert link is not None
    page.goto(link)
    expect(page).to_have_url(f"{opened.url}sign-in/first")
    page.get_by_label("Your name").fill("f.adeyemi")
    for label in ("Password", "The same password again"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.goto(f"{opened.url}school/people/add")
    assert not [url for url in asked if link.partition("#")[2] in url]

    page.get_by_label("Name to sign in with").fill("Niamh Newly")
    warning = page.get_by_role("dialog", name="Are you still there?")
    opened.later(page, 770)
    expect(warning).to_be_hidden()
    opened.later(page, 20)
    expect(warning).to_be_visible()
    page.get_by_role("button", name="I am still here").click()
    expect(warning).to_be_hidden()
    opened.later(page, 790)
    expect(warning).to_be_visible()
    opened.later(page, 106)
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_label("Name to sign in with")).to_have_value("Niamh Newly")
    expect(page.get_by_text("You were away, so nothing was saved.")).to_be_visible()


def make_the_owner(opened: Opened, page: Page) -> None:
    """By the link, and signed in."""
    link = opened.desk.first_link(opened.url)
    assert link is not None
    page.goto(link)
    page.get_by_label("Your name").fill("f.adeyemi")
    for label in ("Password", "The same password again"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page).to_have_url(opened.url)


def test_what_was_typed_outlasts_the_lock_pressed_by_hand(opened: Opened, page: Page) -> None:
    """A teacher who is called away presses "Lock" with a form half filled: unlocking brings both back."""
    make_the_owner(opened, page)
    page.goto(f"{opened.url}school/people/add")
    page.get_by_label("Name to sign in with").fill("Niamh Newly")
    page.get_by_role("button", name="Lock").first.click()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_label("Name to sign in with")).to_have_value("Niamh Newly")


def test_back_shows_nothing_after_locking(opened: Opened, page: Page) -> None:
    """A pupil presses "back": the page is asked for again, and that is the sign-in page."""
    make_the_owner(opened, page)
    page.goto(f"{opened.url}school/people")
    page.get_by_role("button", name="Lock").first.click()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()

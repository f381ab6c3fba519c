"""The keyboard alone: everything is reached in the order of the page, and one sees where one is."""

import pytest
from playwright.sync_api import Page

from mtc_kiosk.store.home.home import Home
from tests.console.web.conftest import Open

PLACES = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
_WHERE = f"""() => {{
  const all = [...document.querySelectorAll("{PLACES}")].filter(e => e.checkVisibility());
  const now = document.activeElement, style = getComputedStyle(now);
  return [all.indexOf(now), now.textContent.trim().slice(0, 40), style.outlineStyle + style.boxShadow];
}}"""


PATHS = ("", "pupils", "pupils/4", "pupils/add", "room", "room/start", "results", "results/class", "school")


@pytest.mark.parametrize("path", PATHS)
def test_tab_follows_the_page(furnished: Home, console: Open, page: Page, path: str) -> None:
    """From the way past the dividers, first of all, to the foot; a ring is around each thing on the way."""
    page.goto(console(furnished) + path)
    before, steps = -1, 0
    while True:
        page.keyboard.press("Tab")
        place, words, ring = page.evaluate(_WHERE)
        if place < 0:
            break  # the page is over
        if steps == 0:
            assert words == "Skip to the page"
        assert place >= before, (path, words)  # a day has three parts, each with a stop of its own
        assert ring != "nonenone", (path, words)
        before, steps = place, steps + 1
    assert steps > 5


def test_a_change_needs_no_mouse(furnished: Home, console: Open, page: Page) -> None:
    """A note about a pupil, from the register on: found, written and kept by keys."""
    page.goto(f"{console(furnished)}pupils")
    page.get_by_role("link", name="Evans").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pupils/4")
    page.get_by_label("Note", exact=True).focus()
    page.keyboard.type("Likes to sit near the door.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    assert page.get_by_text("Likes to sit near the door.").count()

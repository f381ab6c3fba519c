"""The pages of insight in Chromium: axe, widths, large text, the keyboard, and what is printed of them."""

import io
import re

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
from mtc_kiosk.office.reports import sides
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import NOW
from tests.console.after_the_check import AT, PUPIL, after_the_check
from tests.console.web.conftest import Open
from tests.console.web.looking import too_wide, violations
from tests.office.acting import acting

A4_POINTS = (595, 842)
_OUTSIDE = """() => [...document.querySelectorAll('.scroll')].filter(e =>
  e.scrollWidth > e.clientWidth && !(e.tabIndex === 0 && (e.getAttribute('aria-label') || '').trim()))
  .map(e => e.className)"""
"""Parts that scroll sideways and cannot be reached by the keyboard, or have no name."""

LOOKED_AT = (
    "results/class?group=4A",
    "results/class?group=4B",
    f"results/pupils/{PUPIL['Evans']}",
    f"results/pupils/{PUPIL['Thompson']}",
    "results/governors",
)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A school on the afternoon of its check. The pages change nothing but the audit."""
    return after_the_check(tmp_path_factory.mktemp("afternoon") / "home")


@pytest.fixture
def base(school: Home, console: Open, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of its console."""
    monkeypatch.setenv(NOW, AT)
    return console(school)


@pytest.fixture
def two_sides(school: Home) -> str:
    """The address of two sides beside each other."""
    with acting(school, at=AT) as office:
        one, other = (side.key for side in sides(office)[:2])
    return f"results/side-by-side?one={one}&other={other}"


def test_each_page_is_for_everyone(base: str, two_sides: str, page: Page) -> None:
    """Axe finds nothing on a desk or a phone; none is wider than its window, with text at 100 % and at 200 %."""
    found = []
    for url in (*LOOKED_AT, two_sides):
        page.goto(base + url)
        found += [f"{url}: {one}" for one in violations(page) + too_wide(page)]
        page.set_viewport_size({"width": 390, "height": 844})
        found += [f"{url} on a phone: {one}" for one in (*violations(page), *page.evaluate(_OUTSIDE))]
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found += [f"{url} large: {one}" for one in too_wide(page)]
    assert "\n".join(found) == ""


def test_each_page_prints_on_a4(base: str, two_sides: str, page: Page) -> None:
    """Without dividers, tabs and buttons; with the heading, whose check it is, and that the pupils are made up."""
    for url in (LOOKED_AT[0], LOOKED_AT[2], LOOKED_AT[4], two_sides):
        page.goto(base + url)
        heading = page.locator("h1").inner_text()
        pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=False)))
        for sheet in pdf.pages:
            assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == A4_POINTS
        sheets = [plain(sheet.extract_text()) for sheet in pdf.pages]
        assert all(plain(OWN_CHECK) in sheet for sheet in sheets), url
        text = "".join(sheets)
        assert plain(heading) in text, url
        assert plain("Made-up pupils. Nothing here is real.") in text or plain(MADE_UP) in text, url
        for words in ("Save as a file", "Side by side", "The room", "The same as a table:"):
            assert plain(words) not in text, (url, words)


def plain(text: str) -> str:
    """Without spaces: where a PDF has them depends on how a line is broken."""
    return re.sub(r"\s", "", text)

"""The files of reports in Chromium: axe finds nothing, none is wider than its window, and each is whole on A4."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
from mtc_kiosk.export.reports import html
from tests.console.web.looking import too_wide, violations
from tests.console.web.test_printed import A4_POINTS, plain
from tests.export.reports import made

ABOUT = made.about(made_up=True)
REPORTS = {
    "class": lambda: html.class_page(made.class_report(about=ABOUT, two=("Bloggs, Jo",), unread=("Roe, Ann",))),
    "pupil": lambda: html.pupil_page(made.pupil_report(about=ABOUT)),
    "governors": lambda: html.governors_page(made.governors_report(about=ABOUT)),
    "side-by-side": lambda: html.side_by_side_page(made.side_by_side(about=ABOUT)),
}
SHEETS = {"class": 5, "pupil": 3, "governors": 3, "side-by-side": 3}
"""The most sheets that each takes, with its tables."""

_OUT_OF_THE_SHEET = """() => {
  const right = document.documentElement.clientWidth + 1;
  return [...document.querySelectorAll(".report *, .head *, .foot *")]
    .filter(one => !one.closest(".vh, .same, defs"))
    .filter(one => { const box = one.getBoundingClientRect(); return box.width && box.right > right; })
    .slice(0, 5).map(one => `${one.tagName}.${one.getAttribute("class")}: ${one.textContent.slice(0, 30)}`);
}"""

_AT_THE_EDGE = """() => {
  const right = document.documentElement.clientWidth - 1;
  return [...document.querySelectorAll(".card, .made-up")].filter(one => one.getBoundingClientRect().right > right)
    .map(one => one.textContent.slice(0, 30));
}"""
"""Boxes whose right line a printer may cut."""


@pytest.fixture
def opened(page: Page, tmp_path: Path, request: pytest.FixtureRequest) -> Page:
    """The report's file, opened from the disk."""
    file = tmp_path / "report.html"
    file.write_bytes(REPORTS[request.param]())
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready")
    assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
    return page


@pytest.mark.parametrize("opened", REPORTS, indirect=True)
def test_a_report_can_be_used_by_everybody(opened: Page) -> None:
    """On a screen of any width, closed and with its tables open."""
    found = violations(opened) + too_wide(opened)
    opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert found + violations(opened) + too_wide(opened) == []


@pytest.mark.parametrize(("opened", "name"), [(name, name) for name in REPORTS], indirect=["opened"])
def test_a_report_is_whole_on_paper(opened: Page, name: str) -> None:
    """On A4: nothing sticks out, each sheet says whose check it is, and every table of a picture is there."""
    opened.emulate_media(media="print")
    opened.set_viewport_size({"width": 703, "height": 1010})  # A4 without its margins, at 96 dots an inch
    assert opened.evaluate(_OUT_OF_THE_SHEET) == []
    assert opened.evaluate(_AT_THE_EDGE) == []
    captions = opened.locator(".on-paper caption").all_text_contents()
    sheets = _printed(opened)
    assert len(sheets) <= SHEETS[name]
    for number, sheet in enumerate(sheets, 1):
        assert plain(OWN_CHECK) in plain(sheet)
        assert plain(MADE_UP) in plain(sheet)
        assert f"{number}/{len(sheets)}" in plain(sheet)
    whole = plain("".join(sheets))
    assert captions
    assert [caption for caption in captions if plain(caption) not in whole] == []


@pytest.mark.parametrize("opened", ["pupil"], indirect=True)
def test_a_picture_that_is_wider_than_the_screen_says_so(opened: Page) -> None:
    """And not where all of it is seen, or on paper."""
    seen = {}
    for width in (390, 1366):
        opened.set_viewport_size({"width": width, "height": 844})
        roll = opened.locator(".in-roll:has(.picture-answers)")
        scrolls = roll.evaluate("one => one.scrollWidth > one.clientWidth")
        seen[width] = (scrolls, opened.locator(".sideways").is_visible())
    assert seen == {390: (True, True), 1366: (False, False)}
    opened.emulate_media(media="print")
    opened.set_viewport_size({"width": 500, "height": 844})
    assert not opened.locator(".sideways").is_visible()


@pytest.mark.parametrize("opened", ["class"], indirect=True)
def test_every_pupil_of_a_class_is_on_paper(opened: Page) -> None:
    """With the row whole on one sheet, and the heads of the columns on each sheet that has rows."""
    sheets = [plain(sheet) for sheet in _printed(opened)]
    for name in made.NAMES:
        assert any(plain(name) in sheet for sheet in sheets), name
    heads = plain("Pupil Score Answers")
    with_rows = [sheet for sheet in sheets if "Allright" in sheet]
    assert len(with_rows) > 1
    assert all(heads in sheet for sheet in with_rows)


def _printed(page: Page) -> list[str]:
    """The text of each sheet, as a browser prints it without backgrounds; each is A4."""
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=False)))
    for sheet in pdf.pages:
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == A4_POINTS
    return [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in pdf.pages]

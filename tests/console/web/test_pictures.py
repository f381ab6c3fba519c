"""The pictures of insight as Chromium draws them: the sheet of all that somebody looked at and kept, and their words.

``MTC_UPDATE_GOLDEN=1`` rewrites the sheet; then look at it. A failure leaves what was expected, what was drawn and the
difference in ``tests/failed/``.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from mtc_kiosk.export.reports.html import class_page, pupil_page
from tests.export.pictures.made import sheet
from tests.export.reports.made import class_report, pupil_report

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "golden" / "pictures" / "all.png"
FAILED = ROOT / "failed"
CLEARLY = 48
"""Of 255: how much a pixel differs that counts."""

MOST_PIXELS = 60
"""A counter has about 80."""

_OVERLAPS = """() => [...document.querySelectorAll('svg')].flatMap(svg => {
  const view = svg.viewBox.baseVal, name = svg.closest('section').className, found = [];
  const words = [...svg.querySelectorAll('text')].map(one => [one.textContent, one.getBBox()]);
  words.forEach(([said, box], place) => {
    const right = box.x + box.width, bottom = box.y + box.height;
    if (box.x < -.5 || right > view.width + .5 || bottom > view.height + 2) found.push(`${name}: ${said} is outside`);
    for (const [other, beside] of words.slice(0, place)) {
      const across = Math.min(right, beside.x + beside.width) - Math.max(box.x, beside.x);
      const down = Math.min(bottom, beside.y + beside.height) - Math.max(box.y, beside.y);
      if (said && other && across > .5 && down > box.height * .45) found.push(`${name}: ${said} lies on ${other}`);
    }
  });
  return found;
})"""


@pytest.fixture(scope="module")
def drawn(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The sheet of all pictures, in columns as wide as the narrower pictures are in units."""
    path = tmp_path_factory.mktemp("pictures") / "sheet.html"
    path.write_text(sheet(), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1128, "height": 800})
    page.goto(path.as_uri())
    page.evaluate("document.fonts.ready")
    yield page
    page.close()


def test_the_pictures_look_as_they_were_kept(drawn: Page) -> None:
    """The sheet has the pixels of its reference, but for a few shades at the edges of letters."""
    actual = Image.open(io.BytesIO(drawn.screenshot(full_page=True))).convert("RGB")
    if os.environ.get("MTC_UPDATE_GOLDEN") == "1":
        GOLDEN.parent.mkdir(exist_ok=True)
        actual.quantize(256, dither=Image.Dither.NONE).save(GOLDEN, optimize=True)
    assert GOLDEN.exists(), f"{GOLDEN.name} is missing: run with MTC_UPDATE_GOLDEN=1, then look at it."
    expected = Image.open(GOLDEN).convert("RGB")
    assert expected.size == actual.size
    difference = ImageChops.difference(expected, actual).convert("L")
    differing = sum(difference.histogram()[CLEARLY:])
    if differing > MOST_PIXELS:
        FAILED.mkdir(exist_ok=True)
        for kind, picture in (("expected", expected), ("actual", actual), ("difference", difference)):
            picture.save(FAILED / f"pictures-{kind}.png")
    assert differing <= MOST_PIXELS, f"{differing} pixels differ; look at tests/failed/pictures-difference.png."


def test_no_words_lie_on_others(drawn: Page) -> None:
    """Measured with the typeface that the pictures are drawn with: no overlap, and nothing outside."""
    assert drawn.evaluate(_OVERLAPS) == []


def test_in_forced_colours_a_picture_keeps_its_own_on_white(drawn: Page) -> None:
    """Its ink on the reader's black could not be read."""
    drawn.emulate_media(forced_colors="active")
    grounds = (
        "() => [...new Set([...document.querySelectorAll('svg')].map(one => getComputedStyle(one).backgroundColor))]"
    )
    assert drawn.evaluate(grounds) == ["rgb(255, 255, 255)"]
    drawn.emulate_media(forced_colors="none")


_SMALLEST = """() => [...document.querySelectorAll('svg.picture text')].map(one => {
  const svg = one.closest('svg'), scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [scale * one.getAttribute('font-size'), svg.classList[1]];
}).reduce((least, one) => one[0] < least[0] ? one : least, [99, ''])"""


@pytest.mark.parametrize("name", ["class", "pupil"])
def test_words_of_pictures_are_large_enough_in_printed_reports(browser: Browser, name: str) -> None:
    """11 pixels or more in every picture, as the fullest reports lay them out on A4, and nothing too wide."""
    report = class_page(class_report()) if name == "class" else pupil_page(pupil_report())
    page = browser.new_page(viewport={"width": 703, "height": 1000})
    page.emulate_media(media="print")
    page.set_content(report.decode("utf-8"))
    least, which = page.evaluate(_SMALLEST)
    width = page.evaluate("document.querySelector('.report').scrollWidth")
    page.close()
    assert least >= 11, which
    assert width <= 703

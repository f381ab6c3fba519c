"""Pictures of every page of the console, and its printed pages as PDF, from made-up schools.

Run ``python -m tools.gallery.console_pages``: they are written to docs/screens/console/, with those of before removed.
Needs Chromium and the libraries of the tests. ``empty`` is a home as it is at first, ``morning`` a school in the middle
of its day; a page in the middle of a day is there once more as a phone shows it where people walk about with it.
``afternoon`` is a school after its check: what insight shows of it, on a desk, on a phone and on paper, with all
of them on one sheet, ``insight.png``.
"""

import io
import os
import re
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from mtc_kiosk.console.server import prepared
from mtc_kiosk.office.reports import sides
from mtc_kiosk.school.staff import Role, staff_of
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import NOW, open_made_up_home
from tests.console import after_the_check
from tests.console.after_the_check import PUPIL
from tests.console.crawl import every_page
from tests.console.desk import console_of
from tests.console.furnished import AT, furnish, kiosks_on
from tests.office.acting import acting

OUT = Path(__file__).parents[2] / "docs" / "screens" / "console"
DESK, PHONE = ViewportSize(width=1366, height=768), ViewportSize(width=390, height=844)
ON_A_PHONE = ("/room",)
PRINTED = "/print/"
ON_PAPER = ("class", "pupil-sevens", "governors", "side-by-side")
THUMBNAIL_WIDTH, PHONE_WIDTH, TALLEST, GAP, COLUMNS = 455, 336, 900, 20, 3


def main() -> None:
    """Make every picture again."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    os.environ[NOW] = AT
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = chromium.new_page(viewport=DESK, locale="en-GB", timezone_id="Europe/London")
        empty = open_made_up_home(Path(folder) / "empty")
        open_database(empty).close()
        _pictures(page, "empty", empty)
        morning = furnish(Path(folder) / "morning")
        with kiosks_on(morning):
            _pictures(page, "morning", morning)
        os.environ[NOW] = after_the_check.AT
        _insight(page, after_the_check.after_the_check(Path(folder) / "afternoon"))
        chromium.close()
    _sheet(sorted(OUT.glob("afternoon-*.png")), OUT / "insight.png")


def _pictures(page: Page, state: str, home: Home) -> None:
    """Each page of the console of one home."""
    urls = {_name(url): url for url in reversed(every_page(console_of(home, *Role, at=AT), home))}
    with prepared(home, 0, staff_of("a.adeyemi", *Role)) as (base, _):
        for name, url in urls.items():
            page.goto(base + url.lstrip("/"))
            _keep(page.screenshot(full_page=True, animations="disabled"), f"{state}-{name}")
            if state == "morning" and url.startswith(PRINTED):
                page.pdf(path=OUT / f"{name}.pdf", format="A4", print_background=True)
            if state == "morning" and url in ON_A_PHONE:
                page.set_viewport_size(PHONE)
                _keep(page.screenshot(full_page=True, animations="disabled"), f"{state}-{name}-phone")
                page.set_viewport_size(DESK)


def _insight(page: Page, home: Home) -> None:
    """What is shown of a school after its check; what is printed of it also in black and white."""
    with prepared(home, 0, staff_of("a.adeyemi", *Role)) as (base, _):
        for name, url in _pages_of_insight(home).items():
            page.goto(base + url.lstrip("/"))
            _keep(page.screenshot(full_page=True, animations="disabled"), f"afternoon-{name}")
            if name in ON_PAPER:
                page.pdf(path=OUT / f"insight-{name}.pdf", prefer_css_page_size=True, print_background=True)
                page.set_viewport_size(PHONE)
                _keep(page.screenshot(full_page=True, animations="disabled"), f"afternoon-{name}-phone")
                page.set_viewport_size(DESK)


def _pages_of_insight(home: Home) -> dict[str, str]:
    with acting(home, staff_of("a.adeyemi", Role.HEAD), after_the_check.AT) as office:
        one, other = (side.key for side in sides(office) if side.title in ("4A, the check", "4B, the check"))
    pupil = "/results/pupils/{}".format
    return {
        "class": "/results/class?group=4A",
        "class-everybody": "/results/class",
        "class-three-girls": "/results/class?group=4B",
        "pupils": "/results?group=4A",
        "pupil-sevens": pupil(PUPIL["Evans"]),
        "pupil-froze": pupil(PUPIL["Green"]),
        "pupil-types-slowly": pupil(PUPIL["Marsh"]),
        "pupil-all-right": pupil(PUPIL["Ahmed"]),
        "pupil-two-checks": pupil(PUPIL["Thompson"]),
        "pupil-no-score": pupil(PUPIL["Reid"]),
        "side-by-side-first": "/results/side-by-side",
        "side-by-side": "/results/side-by-side?" + urlencode({"one": one, "other": other}),
        "governors": "/results/governors",
    }


def _sheet(pictures: list[Path], out: Path) -> None:
    """All pictures small on one sheet, each from its top: those of a desk in columns, below them those of a phone."""
    phones = [path for path in pictures if path.stem.endswith("-phone")]
    columns: list[list[Image.Image]] = [[] for _ in range(COLUMNS)]
    for path in (path for path in pictures if path not in phones):
        min(columns, key=_height).append(_small(path, THUMBNAIL_WIDTH))
    row = [_small(path, PHONE_WIDTH) for path in phones]
    bottom = max(map(_height, columns)) + GAP
    height = bottom + max(one.height for one in row) + GAP
    sheet = Image.new("RGB", (COLUMNS * (THUMBNAIL_WIDTH + GAP) + GAP, height), "#16233B")
    for at, column in enumerate(columns):
        top = GAP
        for one in column:
            sheet.paste(one, (GAP + at * (THUMBNAIL_WIDTH + GAP), top))
            top += one.height + GAP
    for at, one in enumerate(row):
        sheet.paste(one, (GAP + at * (PHONE_WIDTH + GAP), bottom))
    sheet.quantize(256, dither=Image.Dither.NONE).save(out, optimize=True)


def _small(path: Path, width: int) -> Image.Image:
    with Image.open(path) as picture:
        whole = picture.convert("RGB")
    small = whole.resize((width, round(whole.height * width / whole.width)), Image.Resampling.LANCZOS)
    return small.crop((0, 0, width, min(small.height, TALLEST)))


def _height(column: list[Image.Image]) -> int:
    return sum(one.height + GAP for one in column)


def _keep(png: bytes, name: str) -> None:
    """Write a picture with as few bytes as its flat colours need."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(OUT / f"{name}.png", optimize=True)


def _name(url: str) -> str:
    """The path as a file's name. A page that is sorted or asked for in another way is the same page."""
    words = re.sub(r"[^a-z]+", "-", re.sub(r"[0-9a-f]{64}|\d+", "one", url.partition("?")[0])).strip("-")
    return words or "today"


if __name__ == "__main__":
    main()

"""The pages for paper as Chromium prints them: pages of A4, whole slips, and school, day and foot on each."""

import contextlib
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.settings import SCHOOL
from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
from mtc_kiosk.office import pin_slips, pins, sessions
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.school.selection import ById, InGroup
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from tests.console.furnished import AT
from tests.console.web.conftest import Open
from tests.office.acting import acting
from tests.store.a_school import ASchool

COUNTS = (1, 12, 13, 30, 700)
A4_POINTS = (595, 842)
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley-Majoribanks Llanfairpwllgwyngyllgogerychwyrn"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """700 pupils with PINs, in groups of 1, 12, 13, 30 and the rest; one of the 30 tries it out, too."""
    home = open_made_up_home(tmp_path_factory.mktemp("printed") / "home")
    open_database(home).close()
    (home.config_dir / SCHOOL).write_text("name: Juniper Row Primary School\n", encoding="utf-8")
    with contextlib.closing(ASchool(home.database, durable=False)) as made:
        for count in (*COUNTS[:-1], COUNTS[-1] - sum(COUNTS[:-1])):
            made.pupils(count, f"G{count}")
    with acting(home, at=AT) as office:
        office.db.execute("update pupil set surname = ? where id in (2, 30, 100)", (LONG,))
        office.db.execute("update pupil set surname = 'Same', forename = 'Jo' where id in (40, 41)")
        sessions.start(office, SessionWanted(Kind.OFFICIAL))
        sessions.start(office, SessionWanted(Kind.TRY, InGroup("G30")))
    return home


def printed(page: Page, url: str, *, most: int = 30) -> list[str]:
    """Print a page as a browser does; the text of each sheet, with single spaces. Each sheet is A4.

    Of very many sheets, only every so many is read, as that takes half a second each; the others are "".
    """
    page.goto(url)
    page.evaluate("document.fonts.ready")
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=False)))
    for sheet in pdf.pages:
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == A4_POINTS
    every = -(-len(pdf.pages) // most)
    return [
        " ".join(sheet.extract_text().split()) if number % every == 0 or number == len(pdf.pages) - 1 else ""
        for number, sheet in enumerate(pdf.pages)
    ]


def plain(text: str) -> str:
    """Without spaces: where a PDF has them depends on how a line is broken."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("count", COUNTS)
def test_slips_are_twelve_to_a_sheet_each_whole(school: Home, console: Open, page: Page, count: int) -> None:
    """Every name and PIN is on the sheet where it belongs, with the edge; school, day and foot are on each sheet."""
    query = "kind=official" if count == COUNTS[-1] else f"kind=official&group=G{count}"
    sheets = printed(page, f"{console(school)}print/slips?{query}", most=6)
    with acting(school, at=AT) as office:
        wanted = pin_slips.SlipsWanted(None if count == COUNTS[-1] else f"G{count}", Kind.OFFICIAL)
        day = pins.of_day(office)
        order = [one for one in day.pins if pin_slips.is_wanted(one, wanted)]
    assert len(order) == count
    assert len(sheets) == -(-count // 12)
    for number, sheet in enumerate(sheets):
        those = order[number * 12 : number * 12 + 12]
        if not sheet:
            continue  # not read
        assert len(re.findall("Use it until", sheet)) == len(those)
        assert sheet.count("Official") == len(those)
        assert "Try it out" not in sheet
        assert f"Juniper Row Primary School, Monday 7 June, sheet {number + 1} of {len(sheets)}." in sheet
        assert plain(OWN_CHECK) in plain(sheet)
        assert plain(sheet).count(plain(MADE_UP)) == len(those)
        for one in those:
            assert one.issued.pin in sheet
            if LONG not in one.pupil.surname:
                assert one.pupil.called_in_full in sheet


def test_a_slip_to_try_it_out_cannot_be_taken_for_the_check(school: Home, console: Open, page: Page) -> None:
    """Both edges say so; and one pupil's slips print alone, of both kinds."""
    sheets = printed(page, f"{console(school)}print/slips?kind=try")
    assert len(sheets) == 3
    assert all("Official" not in sheet for sheet in sheets)
    assert sum(sheet.count("Not the real check") for sheet in sheets) == 30
    (both,) = printed(page, f"{console(school)}print/slips?pupil=40")
    assert (both.count("Use it until"), both.count("Official"), both.count("Not the real check")) == (2, 1, 1)
    assert "born 14 March 2018" in both


def test_the_console_and_the_command_line_print_the_same_sheets(
    school: Home, console: Open, page: Page, tmp_path: Path
) -> None:
    """One source: the file that the command writes, opened from the disk, has the same text on as many sheets."""
    from_console = printed(page, f"{console(school)}print/slips?kind=official&group=G13")
    with acting(school, at=AT) as office:
        file = pin_slips.write(office, tmp_path / "slips.html", "G13", Kind.OFFICIAL).path
    assert printed(page, file.as_uri()) == from_console


@pytest.mark.parametrize(
    ("paper", "sheets", "says"),
    [
        ("script", 1, "You have 6 seconds for each question."),
        ("script?kind=try", 1, "It does not count."),
        ("readiness", 1, "What only a person can see"),
        ("poster", 1, "Try it as often as you like."),
    ],
)
def test_a_paper_is_one_sheet(school: Home, console: Open, page: Page, paper: str, sheets: int, says: str) -> None:
    """With school, day and foot; what is for the screen is not printed."""
    found = printed(page, f"{console(school)}print/{paper}")
    assert len(found) == sheets
    assert plain(says) in plain(found[0])
    _has_head_and_foot(found)


def test_who_is_still_to_take_it_is_printed_in_whole_rows(school: Home, console: Open, page: Page) -> None:
    """700 pupils, some with the longest names: each once, none cut, and a head and a foot on every sheet."""
    with contextlib.closing(ASchool(school.database)) as made:
        order = [str(one) for (one,) in made.db.execute("select forename from pupil").fetchall()]
    sheets = printed(page, f"{console(school)}print/still-to-take")
    _has_head_and_foot(sheets)
    text = plain(" ".join(sheets))
    assert all(f"page {number} of {len(sheets)}" in sheet for number, sheet in enumerate(sheets, 1))
    assert text.count(plain(LONG)) == 3
    assert sum(sheet.count("Testerly, Amy") for sheet in sheets) == 700 - 3 - 2
    assert len(order) == 700
    assert 700 / 30 <= len(sheets) <= 700 / 20


def test_one_who_is_left_needs_one_sheet(home: Home, console: Open, page: Page) -> None:
    """And with nobody left, it says so."""
    (empty,) = printed(page, f"{console(home)}print/still-to-take")
    assert "No pupil is left." in empty
    with contextlib.closing(ASchool(home.database)) as made:
        made.pupils(1, "4A")
    with acting(home, at=AT) as office:
        sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,))))
    (one,) = printed(page, f"{console(home)}print/still-to-take")
    assert "Testerly, Amy 1" in one


def _has_head_and_foot(sheets: list[str]) -> None:
    for sheet in sheets:
        assert "Juniper Row Primary School" in sheet
        assert "Monday 7 June 2027" in sheet
        assert plain(OWN_CHECK) in plain(sheet)
        assert plain(MADE_UP) in plain(sheet)
        assert "Ctrl" not in sheet

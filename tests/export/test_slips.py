"""PIN slips: the text of each, and how many there are on a sheet."""

import re
from datetime import datetime

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.export.slips import Slip, slips_html, until_words
from tests.school.known import LONDON

UNTIL = datetime(2026, 6, 11, 16, 0, tzinfo=LONDON)


def slip(kind: Kind = Kind.OFFICIAL, name: str = "Amy Testerly", group: str = "4A", apart: str = "") -> Slip:
    """A made-up pupil's slip."""
    return Slip(kind, name, "Testerly, Amy", group, apart, "4738", UNTIL)


def page(*slips: Slip, made_up: bool = False) -> str:
    """The page without its typeface."""
    text = slips_html(slips, "cat29map", "Oak & Ash Primary", made_up=made_up).decode()
    return re.sub("base64,[A-Za-z0-9+/=]+", "base64,", text)


def words(*slips: Slip, made_up: bool = False) -> str:
    """What can be read on the page."""
    body = page(*slips, made_up=made_up).partition("<body>")[2]
    return " ".join(re.sub("<[^>]+>", " ", body).split())


OWN_CHECK = "This is the school&#x27;s own check. It is not the statutory check, and it is not sent to the DfE."


def test_what_a_pupil_reads() -> None:
    """Name, group, password, PIN, until when, and which school's it is; "Official" once. The foot has the day."""
    assert words(slip()) == (
        "Official Amy Testerly 4A School password cat29map PIN 4738 Use it until 4 pm on Thursday 11 June."
        " Oak &amp; Ash Primary For the teacher: Oak &amp; Ash Primary, Thursday 11 June, sheet 1 of 1."
        f" {OWN_CHECK}"
    )


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (12, 1), (13, 2)])
def test_whose_check_it_is_stands_once_a_page_and_on_no_slip(count: int, sheets: int) -> None:
    """It is for the adult who cuts the slips out."""
    text = page(*[slip()] * count)
    assert (text.count(f"{OWN_CHECK}</footer>"), text.count("DfE")) == (sheets, sheets)


def test_namesakes_are_told_apart() -> None:
    """Beside the group."""
    assert "4A, born 2 May 2017" in words(slip(apart="born 2 May 2017"))


def test_trying_it_out_is_marked_on_both_edges_and_across() -> None:
    """So that it is not mistaken for the check."""
    tried = words(slip(Kind.TRY))
    assert tried.startswith("Try it out Try it out Amy Testerly")
    assert "Oak &amp; Ash Primary Not the real check For the teacher" in tried
    assert "class='mark'" not in page(slip())


def test_made_up_pupils_are_named_as_such() -> None:
    """On every slip."""
    assert words(slip(), slip(), made_up=True).count("These are made-up pupils.") == 2


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (12, 1), (13, 2), (24, 2), (25, 3)])
def test_twelve_to_a_sheet(count: int, sheets: int) -> None:
    """A sheet is a page of A4."""
    text = page(*[slip()] * count)
    assert (text.count("<section"), text.count("<article")) == (sheets, count)


def test_what_people_wrote_is_no_markup() -> None:
    """Names and groups may have any sign in them."""
    text = page(slip(name="<b>Bo</b>", group="Oak & Ash", apart='"x"'))
    assert "<b>Bo" not in text
    assert "&lt;b&gt;Bo&lt;/b&gt;" in text
    assert "Oak &amp; Ash, &quot;x&quot;" in text


def test_the_page_needs_nothing_but_itself() -> None:
    """No file and no network: the typeface is in it, twice."""
    text = page(slip())
    assert text.count("base64,") == 2
    assert not re.search(r"(?:src|href)=|url\((?!data:)|https?:", text)


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (16, 0, "4 pm"),
        (15, 30, "3:30 pm"),
        (12, 0, "12 noon"),
        (12, 1, "12:01 pm"),
        (11, 5, "11:05 am"),
        (0, 30, "12:30 am"),
        (23, 59, "11:59 pm"),
    ],
)
def test_the_time_as_it_is_said(hour: int, minute: int, said: str) -> None:
    """Minutes only where there are any."""
    assert until_words(UNTIL.replace(hour=hour, minute=minute)) == f"{said} on Thursday 11 June"

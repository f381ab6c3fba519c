"""What every page has around it."""

import contextlib

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office.sessions import SessionWanted, start
from mtc_kiosk.school.selection import InGroup
from mtc_kiosk.store.home.home import Home
from tests.console.desk import console_of
from tests.office.acting import acting
from tests.store.a_school import ASchool


def test_every_page_says_what_is_open_and_until_when(home: Home) -> None:
    """At the top right, in the school's time."""
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4A")
    visitor = console_of(home)
    assert "is open until" not in visitor.get("/pupils/not-taking").text
    with acting(home) as office:
        start(office, SessionWanted(Kind.OFFICIAL, InGroup("4A")))
    assert "4A: the check is open until 16:00" in visitor.get("/pupils/not-taking").text
    visitor.at("2027-06-07T15:00:00Z")
    assert "is open until" not in visitor.get("/pupils/not-taking").text


@pytest.mark.parametrize("paper", ["slips", "script", "readiness", "poster", "still-to-take"])
def test_a_paper_left_on_the_screen_asks_again_once_the_console_has_locked(home: Home, paper: str) -> None:
    """It has no warning of its own, and the slips have PINs on them."""
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4A")
    with acting(home) as office:
        start(office, SessionWanted(Kind.OFFICIAL, InGroup("4A")))
    visitor = console_of(home)
    answer = visitor.get(f"/print/{paper}")
    assert (answer.status_code, answer.headers["Refresh"]) == (200, str(15 * 60 + 5))
    assert "Refresh" not in visitor.get("/pupils").headers

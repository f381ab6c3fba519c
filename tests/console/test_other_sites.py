"""Pages elsewhere and other programs on this PC: what they can do to whoever is signed in here."""

from http.cookies import SimpleCookie

import pytest

from mtc_kiosk.console import web_sessions
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.home.home import Home
from tests.console.desk import Visitor, hidden
from tests.console.staff_desk import Staffroom, press

ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
"""What a browser says of a request that another site made. It sends none of our cookies with it."""


@pytest.fixture
def staffroom(home: Home) -> Staffroom:
    """A console with an owner."""
    made = Staffroom(home)
    made.account("o.owner", Role.OWNER)
    return made


@pytest.mark.parametrize("address", ["/", "/sign-in", "/school/people", "/no-such-page", "/sign-in/first"])
def test_a_page_elsewhere_cannot_put_another_session_in_the_place_of_ours(staffroom: Staffroom, address: str) -> None:
    """The browser would keep the new cookie, and whoever is signed in would not be any more."""
    visitor = staffroom.browser()
    for answer in (visitor.get(address, **ELSEWHERE), visitor.post(address, {}, **ELSEWHERE)):
        assert not answer.headers.getlist("Set-Cookie")


def test_who_comes_by_a_link_elsewhere_goes_on_to_where_it_leads(staffroom: Staffroom) -> None:
    """By one step of our own, with which the browser sends the cookie; without it, to sign in."""
    visitor = staffroom.signed_in("o.owner")
    step = staffroom.browser().get("/school/people", **ELSEWHERE)
    assert step.status_code == 200
    onward = step.headers["Refresh"].removeprefix("0; url=")
    assert f'href="{onward}"' in step.text
    assert visitor.get(onward).location == "/school/people"
    stranger = staffroom.browser().get(onward)
    assert "/school/people" in hidden(stranger.text, "/sign-in")["next"]


def test_a_program_that_opens_many_sessions_signs_nobody_out(
    staffroom: Staffroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is forgotten first are sessions in which nobody signed in."""
    monkeypatch.setattr(web_sessions, "MOST_SESSIONS", 5)
    teacher = staffroom.signed_in("o.owner")
    for _ in range(6):
        staffroom.browser().get("/sign-in")
    assert teacher.get("/school/people").status_code == 200


def test_lock_gives_the_session_another_cookie(staffroom: Staffroom) -> None:
    """Browsers forget the pages that they keep in memory for Back when a cookie changes, and not sooner."""
    teacher = staffroom.signed_in("o.owner")
    before = _cookie(teacher)
    answer = press(teacher, "/school/people", "/lock")
    (changed,) = [SimpleCookie(each) for each in answer.headers.getlist("Set-Cookie")]
    assert changed["mtc_console_8425"].value != before


def test_a_session_that_locks_by_itself_gets_another_cookie_too(staffroom: Staffroom) -> None:
    """Once, at the first page that is asked for."""
    teacher = staffroom.signed_in("o.owner")
    before = _cookie(teacher)
    teacher.at("2027-06-07T09:20:00Z")
    teacher.get("/school/people")
    after = _cookie(teacher)
    assert after != before
    teacher.get("/school/people")
    assert _cookie(teacher) == after
    assert "Only o.owner can go on here" in teacher.get("/sign-in").text


def _cookie(visitor: Visitor) -> str:
    found = visitor.client.get_cookie("mtc_console_8425", domain="127.0.0.1")
    assert found is not None
    return str(found.value)

"""Not taking it: who has a reason, who may have one, several at once, and back."""

import contextlib
import re

import pytest

from mtc_kiosk.school.staff import Role, Staff
from mtc_kiosk.store.home.home import Home
from tests.console.desk import Visitor, console_of, hidden
from tests.console.test_pupil_page import heading, strip, undo
from tests.store.a_school import ASchool

PAGE = "/pupils/not-taking"


@pytest.fixture
def home(home: Home) -> Home:
    """A home of four pupils: two in 4A, one in 4B who has taken the check, and one in 4B."""
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4A")
        school.pupils(2, "4B")
        school.take(school.start([3]).pins[0])
    return home


def offered(page: str) -> list[str]:
    """The pupils with a box to tick."""
    return re.findall(r'<input type="checkbox" name="pupils" value="(\d+)"', page)


def give(visitor: Visitor, code: str, *pupils: str, page: str = PAGE) -> tuple[int, str]:
    """Give these pupils a reason: the answer's status, and the page that follows."""
    form = {**hidden(visitor.get(page).text, PAGE), "pupils": list(pupils), "code": code}
    answer = visitor.client.post(PAGE, data=form, base_url="http://127.0.0.1:8425")
    after = visitor.get(answer.headers["Location"]).text if answer.status_code == 303 else answer.text
    return answer.status_code, after


def test_several_pupils_get_one_reason_and_back(home: Home) -> None:
    """In one change; the undo takes back all of them."""
    visitor = console_of(home, Role.TEACHER, at="2027-06-07T10:00:00Z")
    page = visitor.get(PAGE).text
    assert (heading(page), offered(page)) == ("Everybody takes the check", ["1", "2", "4"])
    status, page = give(visitor, "ABSNT", "1", "4")
    assert (status, heading(page)) == (303, "Two pupils do not take the check")
    assert strip(page) == "2 pupils do not take the check: Absent during check window."
    assert offered(page) == ["2"]
    page = undo(visitor, page)
    assert (heading(page), strip(page)) == ("Everybody takes the check", "2 pupils no longer have a reason.")


def test_an_unused_pin_is_cancelled_and_said(home: Home) -> None:
    """A pupil with a PIN may have a reason, and the slip opens nothing any more."""
    with contextlib.closing(ASchool(home.database)) as school:
        school.start([1])
    _, page = give(console_of(home, Role.TEACHER, at="2027-06-07T10:00:00Z"), "ABSNT", "1")
    assert strip(page) == "Amy 1 does not take the check: Absent during check window. 1 unused PIN cancelled."


def test_what_is_missing_is_asked_for_and_what_was_ticked_stays(home: Home) -> None:
    """No pupil, or no reason."""
    visitor = console_of(home, Role.TEACHER, at="2027-06-07T10:00:00Z")
    status, page = give(visitor, "", "2")
    assert (status, page.count("Choose one of these.")) == (422, 2)
    assert re.findall(r'name="pupils" value="(\d+)" checked>', page) == ["2"]
    status, page = give(visitor, "LEFTT")
    assert (status, page.count("Tick at least one pupil.")) == (422, 2)
    assert re.findall(r'<input checked[^>]*name="code"[^>]*value="(\w+)"', page) == ["LEFTT"]


def test_a_pupil_who_may_not_have_one_stops_all(home: Home) -> None:
    """Ticked on a page from before: a sentence with the name, and no pupil has a reason."""
    visitor = console_of(home, Role.TEACHER, at="2027-06-07T10:00:00Z")
    status, page = give(visitor, "ABSNT", "1", "3")
    assert status == 422
    assert "Testerly, Amy 3 has completed the check." in page
    assert heading(page) == "Everybody takes the check"


def test_a_heads_reason_is_taken_back_by_a_head_alone(home: Home) -> None:
    """A teacher is told who may, and is offered the six."""
    head = console_of(home, at="2027-06-07T10:00:00Z")
    _, page = give(head, "NOABA", "1")
    assert "Take back the reason of Amy 1 Testerly" in page
    page = console_of(home, Role.TEACHER, at="2027-06-07T10:00:00Z").get(PAGE).text
    assert "Only a head may take it back." in page
    assert "Take back the reason" not in page
    assert "NOABA" not in page
    assert "Only a head may give: Not able to administer, Pupil cheating, Maladministration." in page


def test_a_teacher_has_their_own_groups(home: Home) -> None:
    """Others are neither listed nor changed; a group of one's own can be chosen."""
    staff = Staff("b.teacher", frozenset({Role.TEACHER}), frozenset({"4B"}))
    visitor = console_of(home, staff=staff, at="2027-06-07T10:00:00Z")
    assert offered(visitor.get(PAGE).text) == ["4"]
    status, _ = give(visitor, "ABSNT", "1")
    assert status in (409, 422)
    assert heading(console_of(home).get(PAGE).text) == "Everybody takes the check"
    assert offered(console_of(home).get(f"{PAGE}?group=4A").text) == ["1", "2"]
    assert offered(console_of(home).get(f"{PAGE}?group=zzz").text) == []


@pytest.mark.parametrize("pupils", ["", "x", "99", "1,2", "99999999999999999999"])
def test_nothing_to_take_back_is_no_fault(home: Home, pupils: str) -> None:
    """Whatever a form sends."""
    visitor = console_of(home)
    form = hidden(visitor.get(PAGE).text, PAGE)
    answer = visitor.post(f"{PAGE}/take-back", {**form, "pupils": pupils})
    assert answer.status_code in (303, 409, 422)

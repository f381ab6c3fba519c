"""One pupil's page: what it says, what can be done on it, and for whom."""

import contextlib
import re

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.school.staff import Role, Staff
from mtc_kiosk.store.home.home import Home
from tests.console.desk import Visitor, console_of, hidden
from tests.school.made_up import upn
from tests.store.a_school import ASchool

PAGE = "/pupils/1"


@pytest.fixture
def home(home: Home) -> Home:
    """A home of four pupils: two in 4A, one in 4B, and one in no group."""
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4A")
        school.pupils(1, "4B")
        school.pupils(1)
    return home


def take(home: Home, outcome: Outcome = Outcome.COMPLETE) -> str:
    """The first pupil takes the check; what time it is then."""
    with contextlib.closing(ASchool(home.database)) as school:
        school.take(school.start([1]).pins[0], outcome=outcome)
        school.later(minutes=10)
        return school.now.isoformat()


def heading(page: str) -> str:
    """The page's heading."""
    (found,) = re.findall("<h1>(.*?)</h1>", page, re.DOTALL)
    return str(found).strip()


def strip(page: str) -> str:
    """What took place, as the page says."""
    return next(iter(re.findall('<div class="strip.*?<span>(.*?)</span>', page, re.DOTALL)), "")


def press(visitor: Visitor, action: str, page: str = PAGE, **form: str) -> str:
    """Send the form that posts to ``action``; the page that follows."""
    answer = visitor.send(page, form, to=action)
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.headers["Location"]).text


def undo(visitor: Visitor, page: str) -> str:
    """Press "Undo" on the strip of the page; the page that follows."""
    inside = page[page.index('<div class="strip') :]
    action = re.findall('<form class="one" method="post" action="([^"]*)"', inside)[0]
    answer = visitor.post(action, hidden(inside, action))
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.headers["Location"]).text


def test_the_heading_says_how_things_are(home: Home) -> None:
    """Before the check and after it; no score is anywhere on the page."""
    visitor = console_of(home)
    assert heading(visitor.get(PAGE).text) == "Amy 1 Testerly has not taken the check yet"
    visitor.at(take(home))
    page = visitor.get(PAGE).text
    assert heading(page) == "Amy 1 Testerly has taken the check"
    assert "On PC1, the check was finished." in page
    assert "command line" in page
    assert "/25" not in page
    assert "score" not in page.lower().replace("has no score then", "")


def test_a_reason_is_given_taken_back_and_given_again(home: Home) -> None:
    """Each by a button, with an undo that does the other."""
    visitor = console_of(home, Role.TEACHER)
    page = press(visitor, f"{PAGE}/reason", reason="ABSNT")
    assert heading(page) == "Amy 1 Testerly does not take the check"
    assert strip(page) == "Amy 1 does not take the check: Absent during check window."
    page = undo(visitor, page)
    assert strip(page) == "Amy 1 no longer has a reason. Start a session for a new PIN."
    page = undo(visitor, page)
    assert heading(page) == "Amy 1 Testerly does not take the check"


def test_a_reason_that_was_not_chosen_is_asked_for_again(home: Home) -> None:
    """At the field and on top; the form is open, and nothing was changed."""
    answer = console_of(home).send(PAGE, {}, to=f"{PAGE}/reason")
    assert answer.status_code == 422
    assert answer.text.count("Choose one of these.") == 2
    assert "<details open>" in answer.text
    assert heading(answer.text) == "Amy 1 Testerly has not taken the check yet"


def test_a_restart_is_given_and_taken_back(home: Home) -> None:
    """For a check that was stopped it is the page's one teal button."""
    visitor = console_of(home, Role.TEACHER)
    visitor.at(take(home, Outcome.STOPPED))
    page = visitor.get(PAGE).text
    assert page.count("btn main") == 1
    assert '<button class="btn main" type="submit">Give a restart</button>' in page
    page = press(visitor, f"{PAGE}/restart", restart="ITI")
    assert heading(page) == "Amy 1 Testerly may take the check again"
    page = undo(visitor, page)
    assert heading(page) == "Amy 1 Testerly began the check, and it was stopped"
    assert strip(page) == "Amy 1 no longer has a restart."


def test_what_the_rules_refuse_is_refused_in_a_sentence(home: Home) -> None:
    """A form from before something happened: nothing is changed, and no page of a fault comes."""
    visitor = console_of(home, Role.TEACHER)
    form = hidden(visitor.get(PAGE).text, f"{PAGE}/reason")
    visitor.at(take(home))
    answer = visitor.post(f"{PAGE}/reason", {**form, "reason": "ABSNT"})
    assert answer.status_code == 409
    assert "has completed the check" in answer.text
    answer = visitor.post(f"{PAGE}/restart", {**form, "restart": "ITI"})
    assert (answer.status_code, "Only a head may give a restart" in answer.text) == (409, True)
    assert visitor.post(f"{PAGE}/restart", {**form, "restart": "XXX"}).status_code == 409


def test_an_annulment_needs_a_head_and_the_pupils_number(home: Home) -> None:
    """On a page of its own that says what will be so; a wrong number changes nothing and keeps what was typed."""
    teacher = console_of(home, Role.TEACHER)
    assert "annul" not in teacher.get(PAGE).text.lower()
    assert teacher.get(f"{PAGE}/annul").status_code == 403
    visitor = console_of(home, Role.HEAD)
    visitor.at(take(home))
    assert f"{PAGE}/annul" in visitor.get(PAGE).text
    page = visitor.get(f"{PAGE}/annul").text
    assert heading(page) == "Annul the check of Amy 1 Testerly?"
    answer = visitor.send(f"{PAGE}/annul", {"reason": "ANLLQ", "number": "X"})
    assert answer.status_code == 422
    assert 'value="X"' in answer.text
    assert 'value="ANLLQ"' in re.findall("<input checked[^>]*>", answer.text)[0]
    page = press(visitor, f"{PAGE}/annul", f"{PAGE}/annul", reason="ANLLQ", number=upn(1).lower())
    assert heading(page) == "Amy 1 Testerly does not take the check"
    assert "cannot be annulled now" in visitor.get(f"{PAGE}/annul").text
    assert heading(undo(visitor, page)) == "Amy 1 Testerly has taken the check"


def test_who_typed_is_named_after_the_check(home: Home) -> None:
    """With what is wrong at the field; the name is on the page and in no address."""
    visitor = console_of(home, Role.TEACHER)
    assert "Name who typed" not in visitor.get(PAGE).text
    visitor.at(take(home))
    assert "Name who typed" in visitor.get(PAGE).text
    answer = visitor.send(f"{PAGE}/assistant", {"forename": "Ann", "surname": "Bell", "why": " "})
    assert answer.status_code == 422
    assert 'value="Bell"' in answer.text
    page = press(visitor, f"{PAGE}/assistant", f"{PAGE}/assistant", forename="Ann", surname="Bell", why="Broken arm.")
    assert "Ann Bell, named by a.adeyemi" in page
    assert "Ann Bell" not in undo(visitor, page)


def test_notes_are_written_corrected_and_taken_back(home: Home) -> None:
    """With who and when; nothing in a note can be taken for a part of the page."""
    visitor = console_of(home, Role.TEACHER)
    page = press(visitor, f"{PAGE}/notes", text="Was <b>ill</b>\non Monday.")
    assert "Was &lt;b&gt;ill&lt;/b&gt;<br>on Monday." in page
    assert "a.adeyemi, 7 June 2027 at 10:00" in page
    page = press(visitor, f"{PAGE}/notes/1", f"{PAGE}/notes/1", text="Was away.")
    assert ("Was away." in page, "Monday" in page, "Corrected by a.adeyemi" in page) == (True, False, True)
    page = press(visitor, f"{PAGE}/notes/2/take-back")
    assert "Was away." not in page
    assert "Was away." in undo(visitor, page)


@pytest.mark.parametrize("text", ["", "x" * 1001])
def test_a_note_that_cannot_be_kept_stays_in_the_form(home: Home, text: str) -> None:
    """On the pupil's page, with the reason."""
    answer = console_of(home).send(PAGE, {"text": text}, to=f"{PAGE}/notes")
    assert answer.status_code == 422
    assert f">\r\n{text}</textarea>" in answer.text
    assert "Nothing was changed yet." in answer.text


def test_two_who_correct_one_note_see_both(home: Home) -> None:
    """The second is told, and what they typed is still there."""
    visitor = console_of(home, Role.TEACHER)
    press(visitor, f"{PAGE}/notes", text="One.")
    form = hidden(visitor.get(f"{PAGE}/notes/1").text, f"{PAGE}/notes/1")
    press(visitor, f"{PAGE}/notes/1", f"{PAGE}/notes/1", text="Two.")
    answer = visitor.post(f"{PAGE}/notes/1", {**form, "once": "another", "text": "Three."})
    assert answer.status_code == 422
    assert "Somebody changed this note meanwhile." in answer.text
    assert ("Two." in answer.text, "Three." in answer.text) == (True, True)
    assert "Two." in visitor.get(PAGE).text


def test_a_double_click_writes_one_note(home: Home) -> None:
    """The second press is answered with where the first one led."""
    visitor = console_of(home)
    form = {**hidden(visitor.get(PAGE).text, f"{PAGE}/notes"), "text": "Once."}
    assert [visitor.post(f"{PAGE}/notes", form).status_code for _ in range(2)] == [303, 303]
    assert visitor.get(PAGE).text.count("Once.") == 1


def test_the_page_has_for_each_role_what_it_may_do(home: Home) -> None:
    """The office sees details and no notes; a teacher of another group sees nothing of the pupil."""
    press(console_of(home), f"{PAGE}/notes", text="Secret.")
    page = console_of(home, Role.ADMIN).get(PAGE).text
    for missing in ("Secret.", "Access arrangements</h2>", "Give the reason", "Keep the note"):
        assert missing not in page
    assert "Access arrangements</h2>" in console_of(home, Role.SENCO).get(PAGE).text
    other = console_of(home, staff=Staff("b.teacher", frozenset({Role.TEACHER}), frozenset({"4B"})))
    answer = other.get(PAGE)
    assert (answer.status_code, "Testerly" in answer.text) == (409, False)
    assert console_of(home, Role.OWNER).get(PAGE).status_code == 403


def test_a_pupil_who_is_not_there_is_no_fault(home: Home) -> None:
    """Whatever the number; and no page changes anything when it is only opened."""
    visitor = console_of(home)
    for number in ("99", "0", "99999999999999999999"):
        assert visitor.get(f"/pupils/{number}").status_code in (404, 409)
    for url in ("reason", "restart", "notes", "reason/take-back"):
        assert visitor.get(f"{PAGE}/{url}").status_code == 405


def test_before_and_after_follow_the_list_one_came_from(home: Home) -> None:
    """Else the register's order; at its ends there is one alone."""
    visitor = console_of(home)
    around = lambda url: re.findall(r'href="/pupils/(\d+)" rel="(\w+)"', visitor.get(url).text)
    assert around("/pupils/2") == [("1", "prev"), ("3", "next")]
    assert around("/pupils/1") == [("2", "next")]
    own = console_of(home, staff=Staff("a.teacher", frozenset({Role.TEACHER}), frozenset({"4A"})))
    assert re.findall(r'href="/pupils/(\d+)" rel', own.get("/pupils/2").text) == ["1"]
    press(visitor, "/pupils/3/reason", "/pupils/3", reason="ABSNT")
    visitor.get("/pupils/not-taking")
    assert around("/pupils/3") == [("1", "next")]
    assert 'href="/pupils/not-taking">Back to the list' in visitor.get("/pupils/3").text
    visitor.get("/pupils?down=1&group=4A")
    assert around("/pupils/2") == [("1", "next")]
    assert 'href="/pupils?down=1&amp;group=4A">Back to the list' in visitor.get("/pupils/2").text
    assert around("/pupils/3") == [("2", "prev"), ("4", "next")]


def test_who_has_left_comes_after_those_who_are_here(home: Home) -> None:
    """In the register's order; in the list of leavers they are among themselves."""
    visitor = console_of(home)
    with contextlib.closing(ASchool(home.database)) as school:
        for pupil in (1, 3):
            school.db.execute("update pupil set left_at = '2027-06-01T08:00:00.000Z' where id = ?", (pupil,))
    around = lambda url: re.findall(r'href="/pupils/(\d+)" rel="(\w+)"', visitor.get(url).text)
    assert around("/pupils/4") == [("2", "prev"), ("1", "next")]
    visitor.get("/pupils?left=1")
    assert around("/pupils/1") == [("3", "next")]
    assert heading(visitor.get(PAGE).text) == "Amy 1 Testerly has left the school"

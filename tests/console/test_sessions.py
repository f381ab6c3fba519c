"""Sessions and slips in the console: seen before they are started, started once, ended, one PIN taken back."""

import contextlib
import html
import re
from datetime import datetime
from pathlib import Path

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import pins, reasons, sessions
from mtc_kiosk.office.pins import PupilPin
from mtc_kiosk.office.sessions import SessionListed
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.session import SessionState
from mtc_kiosk.school.staff import Role, Staff
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from tests.console.desk import Visitor, console_of, hidden
from tests.office.acting import ONE, acting, under_the_national_scheme, write_arrangements
from tests.office.taking import practise, take
from tests.store.a_school import ASchool

LATER = "2027-06-07T09:05:00Z"


@pytest.fixture
def home(home: Home) -> Home:
    """Two pupils of 4A and one of 4B."""
    school = ASchool(home.database)
    school.pupils(2, "4A")
    school.pupils(1, "4B")
    school.close()
    return home


def heading(page: str) -> str:
    """The page's h1."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def strip(visitor: Visitor, url: str = "/room/slips") -> str:
    """What the next page says took place."""
    found = re.search(r'<div class="strip[^"]*" role="status">.*?<span>(.*?)</span>', visitor.get(url).text, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def listed(home: Home) -> tuple[SessionListed, ...]:
    """Every session."""
    with acting(home, at=LATER) as office:
        return sessions.listed(office)


def usable(home: Home, at: str = LATER) -> list[PupilPin]:
    """The PINs that can be used."""
    with acting(home, at=at) as office:
        return list(pins.of_day(office).pins)


# -- start


def test_the_page_says_who_gets_a_pin_before_anything_is_saved(home: Home) -> None:
    """For everybody, a group and chosen pupils; opening it changes nothing."""
    visitor = console_of(home)
    for query, expected in (
        ("", "Three pupils can take the check today"),
        ("?who=group:4A", "Two pupils can take the check today"),
        ("?who=chosen&pupils=3", "One pupil can take the check today"),
        ("?kind=try&day=2027-06-10", "Three pupils can try it out on Thursday 10 June"),
    ):
        assert heading(visitor.get(f"/room/start{query}").text) == expected
    assert listed(home) == ()


def test_namesakes_are_told_apart_wherever_one_is_chosen(home: Home) -> None:
    """Among those to tick, those who get a PIN, and those who do not: the wrong child is not for a guess."""
    with acting(home) as office:
        office.db.execute("update pupil set surname = 'Smith', forename = 'Jo' where id in (1, 2)")
        office.db.execute("update pupil set date_of_birth = '2018-05-02' where id = 1")
    visitor = console_of(home)
    page = visitor.get("/room/start?who=chosen").text
    assert "Smith, Jo (born 2 May 2018)" in page
    assert "Smith, Jo (born 14 March 2018)" in page
    visitor.send("/room/start?who=chosen&pupils=1", {}, "/room/start")
    page = visitor.get("/room/start").text
    assert "Smith, Jo (born 14 March 2018)" in page
    assert re.search(r"<b>Smith, Jo</b> <span[^>]*>born 2 May 2018</span>", page)


def test_the_start_makes_what_the_page_showed(home: Home) -> None:
    """The group, the kind, the day and the hour."""
    visitor = console_of(home)
    shown = "/room/start?kind=try&who=group:4A&day=08/06/2027&until=11:30"
    answer = visitor.send(shown, {"print": "yes"}, "/room/start")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/print/slips?kind=try")
    (one,) = listed(home)
    assert (one.session.kind, one.session.group_name, one.pins) == (Kind.TRY, "4A", 2)
    assert f"{one.session.closes_at:%Y-%m-%d %H:%M}" == "2027-06-08 10:30"
    assert strip(visitor).startswith("2 PINs made. The school password is ")


def test_without_printing_it_goes_to_the_slips(home: Home) -> None:
    """Chosen pupils only."""
    chosen = {"pupils": ["1", "3"]}
    answer = console_of(home).send("/room/start?who=chosen&pupils=1&pupils=3", chosen, "/room/start")
    assert answer.headers["Location"] == "/room/slips?kind=official"
    assert [one.pupil.id for one in usable(home)] == [1, 3]


def test_two_presses_start_one_session(home: Home) -> None:
    """The second is answered as the first was; the back button and a third press, too."""
    visitor = console_of(home)
    form = hidden(visitor.get("/room/start").text, "/room/start")
    answers = [visitor.post("/room/start", form) for _ in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {"/room/slips?kind=official"}
    assert len(listed(home)) == 1


def test_two_tabs_start_one_session(home: Home) -> None:
    """The second tab reads that all have a PIN; nothing was started twice."""
    visitor = console_of(home)
    tabs = [hidden(visitor.get("/room/start").text, "/room/start") for _ in range(2)]
    assert visitor.post("/room/start", tabs[0]).status_code == 303
    second = visitor.post("/room/start", tabs[1])
    assert second.status_code == 422
    assert "No pupil would get a PIN, so no session was started." in second.text
    assert "Already has a PIN" in second.text
    assert len(listed(home)) == 1


def test_who_gets_no_pin_is_shown_with_the_way_to_change_it(home: Home) -> None:
    """A reason leads to the reasons, a PIN to the slips, a check to the pupil."""
    visitor = console_of(home)
    visitor.send("/room/start?who=chosen&pupils=1", {}, "/room/start")
    with acting(home) as office:
        reasons.give(office, ById((2,)), "ABSNT")
    page = visitor.get("/room/start").text
    assert heading(page) == "One pupil can take the check today"
    assert 'href="/room/slips?pupil=1"' in page
    assert 'href="/pupils/not-taking"' in page
    take(home, usable(home)[0])
    assert 'href="/pupils/1"' in visitor.get("/room/start").text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?day=soon", "day"),
        ("?until=4pm", "until"),
        ("?kind=final", "kind"),
        ("?who=nobody", "who"),
        ("?who=chosen&pupils=x", "pupils"),
    ],
)
def test_a_mistake_is_at_its_field_and_stays_typed(home: Home, query: str, field: str) -> None:
    """Shown and posted alike, with 422; nothing is started."""
    visitor = console_of(home)
    page = visitor.get(f"/room/start{query}")
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    form = hidden(visitor.get("/room/start").text, "/room/start")
    sent = dict(part.split("=") for part in query[1:].split("&"))
    posted = visitor.post("/room/start", {**form, **sent})
    assert posted.status_code == 422
    assert f'href="#{field}"' in posted.text
    assert listed(home) == ()


def test_an_hour_that_has_passed_says_why(home: Home) -> None:
    """And so does a day that has."""
    visitor = console_of(home)
    for query, sentence in (("?until=09:00", "cannot end at 09:00"), ("?day=2027-06-06", "6 June 2027 is past.")):
        page = visitor.get(f"/room/start{query}").text
        assert heading(page) == "No session can start like this"
        assert sentence in page


def test_the_national_scheme_starts_on_the_day_itself(home: Home) -> None:
    """From 06:00 at the school."""
    under_the_national_scheme(home)
    visitor = console_of(home, at="2027-06-07T04:59:00Z")
    assert "PINs can be made from 06:00" in visitor.get("/room/start").text
    visitor.at("2027-06-07T05:00:00Z")
    assert heading(visitor.get("/room/start").text) == "Three pupils can take the check today"
    assert "start a session on its own day" in visitor.get("/room/start?day=2027-06-08").text


def test_doubtful_lines_are_acknowledged_on_the_page(home: Home) -> None:
    """Without the tick nothing starts, and the lines are still there."""
    write_arrangements(home, "pupils:\n  X9: {}\n")
    visitor = console_of(home)
    assert "access_arrangements.yaml:2" in visitor.get("/room/start").text
    refused = visitor.send("/room/start", {})
    assert refused.status_code == 422
    assert 'id="acknowledged-err"' in refused.text
    assert listed(home) == ()
    assert visitor.send("/room/start", {"acknowledged": "y"}).status_code == 303
    assert len(listed(home)) == 1


def test_an_empty_register_leads_to_the_class_list(tmp_path: Path) -> None:
    """Never an empty form."""
    empty = open_made_up_home(tmp_path / "empty")
    open_database(empty).close()
    page = console_of(empty).get("/room/start").text
    assert "There is no pupil yet" in page
    assert 'href="/pupils/upload"' in page


def test_a_teacher_is_offered_their_own_groups(home: Home) -> None:
    """Another group in the address is refused."""
    own = Staff("t.own", frozenset({Role.TEACHER}), groups=frozenset({"4B"}))
    visitor = console_of(home, staff=own)
    page = visitor.get("/room/start").text
    assert "Everybody, 1 pupil" in page
    assert "group:4A" not in page
    assert heading(visitor.get("/room/start?who=group:4A").text) == "No session can start like this"


# -- slips


def test_the_slips_are_listed_and_printed_for_one_or_all(home: Home) -> None:
    """With the password; a group at a time."""
    visitor = console_of(home)
    assert heading(visitor.get("/room/slips").text) == "There are no slips yet"
    visitor.send("/room/start", {})
    page = visitor.get("/room/slips").text
    assert heading(page) == "3 slips for today"
    assert all(one.issued.pin in page for one in usable(home))
    assert heading(visitor.get("/room/slips?group=4B").text) == "1 slip for today"
    assert 'href="/print/slips?group=4B"' in visitor.get("/room/slips?group=4B").text
    assert 'href="/print/slips?pupil=3"' in page
    assert heading(visitor.get("/room/slips?group=9Z").text) == "No slip is like this"


def test_one_pin_is_taken_back_and_made_again(home: Home) -> None:
    """ "Undo" makes another number in a session of its own, until the same day's end."""
    visitor = console_of(home)
    visitor.send("/room/start", {})
    before = {one.pupil.id: one.issued.pin for one in usable(home)}
    answer = visitor.send("/room/slips", {"pupil": "1"}, "/room/slips/take-back")
    assert answer.status_code == 303
    assert [one.pupil.id for one in usable(home)] == [2, 3]
    page = visitor.get("/room/slips").text
    assert "The PIN of Amy 1 Testerly no longer works." in page
    undone = visitor.post("/room/slips/make-again", hidden(page, "/room/slips/make-again"))
    assert undone.headers["Location"] == "/room/slips?pupil=1"
    after = {one.pupil.id: one.issued.pin for one in usable(home)}
    assert (set(after), after[2], after[3]) == ({1, 2, 3}, before[2], before[3])
    assert after[1] != before[1]


def test_a_pin_is_taken_back_once(home: Home) -> None:
    """Two presses, and two tabs: the second says that there is none, and nothing breaks."""
    visitor = console_of(home)
    visitor.send("/room/start", {})
    tabs = [hidden(visitor.get("/room/slips").text, "/room/slips/take-back") for _ in range(2)]
    for form in (*tabs, tabs[0]):
        assert visitor.post("/room/slips/take-back", {**form, "pupil": "1"}).status_code == 303
    with acting(home) as office:
        assert office.db.execute("select count(*) from cancelled_pin").fetchone()[0] == 1
    visitor.post("/room/slips/take-back", {**tabs[1], "pupil": "1"})
    assert visitor.post("/room/slips/take-back", {**tabs[1], "once": "another", "pupil": "1"}).status_code == 303
    assert "has no PIN that works" in strip(visitor)


def test_a_pin_made_again_obeys_the_rules(home: Home) -> None:
    """After the hour at which PINs end it is refused with the reason."""
    under_the_national_scheme(home)
    visitor = console_of(home)
    visitor.send("/room/start", {})
    visitor.send("/room/slips", {"pupil": "1"}, "/room/slips/take-back")
    form = hidden(visitor.get("/room/slips").text, "/room/slips/make-again")
    visitor.at("2027-06-07T15:00:00Z")
    assert visitor.post("/room/slips/make-again", form).status_code == 303
    assert "PINs ended at 16:00" in strip(visitor)
    assert len(listed(home)) == 1


def test_a_pupil_who_practises_with_the_pin_is_named_with_the_pc(home: Home) -> None:
    """The check will not begin there."""
    visitor = console_of(home)
    visitor.send("/room/start", {})
    practise(home, usable(home)[0])
    visitor.send("/room/slips", {"pupil": "1"}, "/room/slips/take-back")
    assert "no longer works." in strip(visitor)


@pytest.mark.parametrize("pupil", ["", "x", "-1", "9" * 30, "1 "])
def test_what_is_no_pupil_is_sent_back(home: Home, pupil: str) -> None:
    """As a form that cannot be read."""
    visitor = console_of(home)
    visitor.send("/room/start", {})
    assert visitor.send("/room/slips", {"pupil": pupil}, "/room/slips/take-back").status_code == 400
    assert len(usable(home)) == 3


def test_a_cover_account_sees_its_own_session_and_changes_nothing(home: Home) -> None:
    """Neither other slips nor buttons that would be refused."""
    head = console_of(home)
    head.send("/room/start?who=group:4A", {}, "/room/start")
    head.send("/room/start?who=group:4B", {}, "/room/start")
    cover = console_of(home, staff=Staff("c", frozenset({Role.COVER}), session_id=1))
    page = cover.get("/room/slips").text
    assert heading(page) == "2 slips for today"
    assert "take-back" not in page
    assert "/room/end" not in page
    assert cover.get("/print/slips?pupil=3").status_code == 409


# -- end


def test_ending_asks_first_and_says_who_is_taking_it(home: Home) -> None:
    """On a page of its own, with no teal button: it cannot be taken back."""
    visitor = console_of(home)
    visitor.send("/room/start", {})
    with contextlib.closing(ASchool(home.database)) as school:
        school.now = datetime.fromisoformat(LATER)
        first, second, _ = usable(home)
        school.practise(school.sign_in(first.issued))
        begun = school.sign_in(second.issued, "PC2")
        school.begin(begun)
        page = visitor.get("/room/end").text
    assert heading(page) == "End this session?"
    assert "1 pupil is taking the check now" in page
    assert "1 pupil has signed in, but not begun" in page
    assert "1 pupil has a PIN, but not signed in yet" in page
    assert "btn main" not in page
    assert listed(home)[0].state is SessionState.OPEN
    assert visitor.send("/room/end", {}).status_code == 303
    assert listed(home)[0].state is SessionState.CLOSED
    assert usable(home) == []


def test_a_session_is_ended_once(home: Home) -> None:
    """A second tab reads that nothing is open."""
    visitor = console_of(home)
    visitor.send("/room/start", {})
    tabs = [hidden(visitor.get("/room/end").text, "/room/end") for _ in range(2)]
    assert visitor.post("/room/end", tabs[0]).status_code == 303
    second = visitor.post("/room/end", tabs[1])
    assert second.status_code == 422
    assert "Session 1 is not open or planned." in second.text
    assert heading(second.text) == "No session is open"


def test_of_several_sessions_one_is_ended_or_all(home: Home) -> None:
    """By its number; one to come as well."""
    visitor = console_of(home)
    for query in ("?who=group:4A", "?who=group:4B", "?kind=try&day=2027-06-09"):
        visitor.send(f"/room/start{query}", {}, "/room/start")
    assert heading(visitor.get("/room/end").text) == "End all 2 sessions?"
    visitor.send("/room/end?session=3", {}, "/room/end")
    assert [one.state for one in listed(home)] == [SessionState.OPEN, SessionState.OPEN, SessionState.CLOSED]
    visitor.send("/room/end", {})
    assert {one.state for one in listed(home)} == {SessionState.CLOSED}


def test_undo_of_a_start_ends_it(home: Home) -> None:
    """While the strip offers it."""
    visitor = console_of(home)
    visitor.send("/room/start", {})
    page = visitor.get("/room/slips").text
    assert visitor.post("/room/end", hidden(page, "/room/end")).status_code == 303
    assert listed(home)[0].state is SessionState.CLOSED


def test_read_aloud_says_the_schools_numbers(home: Home) -> None:
    """On the screen as on paper."""
    visitor = console_of(home)
    for url in ("/room/read-aloud", "/print/script"):
        page = html.unescape(visitor.get(url).text)
        assert "You have 6 seconds for each question." in page
        assert "It does not count." in html.unescape(visitor.get(f"{url}?kind=try").text)
    assert ONE not in page

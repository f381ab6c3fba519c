"""Today: the five steps of a first run in any order, the form of the school, and the morning, for each role."""

import html
import re

import pytest

from mtc_kiosk.config.settings import SCHOOL
from mtc_kiosk.office.open import configuration_of
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.home.home import Home
from tests.console.desk import Visitor, console_of, hidden
from tests.office.acting import ONE, acting, write_arrangements
from tests.office.test_rehearsal import tried
from tests.store.a_school import ASchool

BOTH = (Role.OWNER, Role.HEAD)


def heading(page: str) -> str:
    """The page's h1."""
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def steps(page: str) -> list[str]:
    """The class of each step: done, now, or neither."""
    return re.findall(r'<li class="(done|now|)"><span class="n">', page)


def teal(page: str) -> int:
    """How many teal buttons there are."""
    return len(re.findall(r'class="btn main', page))


def with_pupils(home: Home, count: int = 3) -> None:
    """Three pupils of 4A on the register."""
    school = ASchool(home.database)
    school.pupils(count, "4A")
    school.close()


def test_an_empty_home_has_five_steps_and_the_first_is_open(home: Home) -> None:
    """With one teal button, and a made-up class to play with only where the pupils are real."""
    page = console_of(home, *BOTH).get("/").text
    assert heading(page) == "Five steps to your first check"
    assert steps(page) == ["now", "", "", "", ""]
    assert "0 of 5 done" in page
    assert teal(page) == 1
    assert "/pupils/upload" in page
    assert "mtc-kiosk demo" not in page


def test_steps_can_be_taken_in_any_order(home: Home) -> None:
    """The next one is open; those that are done say what was done."""
    visitor = console_of(home, *BOTH)
    with_pupils(home)
    tried(home, configuration_of(home).kiosk.name)
    page = visitor.get("/").text
    assert steps(page) == ["now", "done", "", "done", ""]
    assert "3 pupils in 4A." in page
    assert "Tried, without its sound" in page
    assert heading(page) == "Three steps to your first check"
    shown = visitor.send("/", {}, "/today/nobody")
    assert shown.status_code == 303
    page = visitor.get("/").text
    assert steps(page) == ["now", "done", "done", "done", ""]
    assert "No pupil needs anything." in page
    visitor.send("/today/school", {"name": "Juniper Row", "scheme": "own"})
    page = visitor.get("/").text
    assert steps(page) == ["done", "done", "done", "done", "now"]
    assert (heading(page), teal(page)) == ("One step to your first check", 1)
    assert "Juniper Row. The school&#39;s own check; results at once." in page


def test_the_first_run_is_over_with_the_first_session(home: Home) -> None:
    """The page is then the morning's; what was left open is among its points."""
    visitor = console_of(home, *BOTH)
    with_pupils(home)
    answer = visitor.send("/room/start", {"print": "yes"})
    assert answer.headers["Location"] == "/print/slips?kind=official"
    page = visitor.get("/").text
    assert heading(page) == "Three pupils are still to take the check"
    assert "This PC was not tried yet" in page
    assert teal(page) == 1


@pytest.mark.parametrize(
    ("role", "open_step", "named"),
    [
        (Role.OWNER, "Name the school", "This is for a head, a teacher or an admin."),
        (Role.TEACHER, "Choose a file or paste", "This is for an owner."),
        (Role.SENCO, "Choose pupils", "This is for an owner."),
        (Role.ADMIN, "Choose a file or paste", "This is for a head or a teacher."),
        (Role.COVER, "Start a rehearsal", "This is for an owner."),
    ],
)
def test_each_role_is_shown_its_own_steps_and_who_does_the_others(
    home: Home, role: Role, open_step: str, named: str
) -> None:
    """Nothing is drawn that would be refused."""
    page = console_of(home, role).get("/").text
    now = re.search(r'<li class="now">.*?</li>', page, re.DOTALL)
    assert now is not None
    assert open_step in now[0]
    assert named in page
    for form in re.findall(r'action="(/today/[a-z]+)"', page):
        assert console_of(home, role).send("/", {}, form).status_code == 303


def test_the_school_is_saved_with_its_notes(home: Home) -> None:
    """The form is filled with what the file says; "Our school" counts as no name."""
    visitor = console_of(home, Role.OWNER)
    assert 'value="Our school"' not in visitor.get("/today/school").text
    before = (home.config_dir / SCHOOL).read_text(encoding="utf-8")
    assert visitor.send("/today/school", {"name": "Oak & Ash: Juniors", "scheme": "own"}).status_code == 303
    assert configuration_of(home).school.name == "Oak & Ash: Juniors"
    after = (home.config_dir / SCHOOL).read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line.startswith("#")] == [
        line for line in after.splitlines() if line.startswith("#")
    ]
    assert 'value="Oak &amp; Ash: Juniors"' in visitor.get("/today/school").text


def test_mistakes_are_at_their_fields_and_what_was_typed_stays(home: Home) -> None:
    """With status 422, all at once; nothing is written."""
    visitor = console_of(home, Role.OWNER)
    before = (home.config_dir / SCHOOL).read_bytes()
    sent = {"name": "  ", "scheme": "national", "check_opens": "soon"}
    answer = visitor.send("/today/school", sent)
    assert answer.status_code == 422
    assert 'value="soon"' in answer.text
    assert 'id="name-err"' in answer.text
    assert 'id="check_opens-err"' in answer.text
    assert answer.text.count("The national scheme needs this date.") == 8  # four fields, each also in the summary
    assert (home.config_dir / SCHOOL).read_bytes() == before


def test_of_two_people_at_the_form_the_second_sees_both(home: Home) -> None:
    """Nothing is overwritten; a second "Save" is then meant."""
    first, second = console_of(home, Role.OWNER), console_of(home, Role.OWNER)
    page = second.get("/today/school").text
    first.send("/today/school", {"name": "First School", "scheme": "own"})
    answer = second.post("/today/school", {**hidden(page, "/today/school"), "name": "Second School", "scheme": "own"})
    assert answer.status_code == 422
    assert "Name: First School" in answer.text
    assert 'value="Second School"' in answer.text
    assert configuration_of(home).school.name == "First School"
    again = {**hidden(answer.text, "/today/school"), "name": "Second School", "scheme": "own"}
    assert second.post("/today/school", again).status_code == 303
    assert configuration_of(home).school.name == "Second School"


def test_a_file_with_a_mistake_is_named_and_nothing_breaks(home: Home) -> None:
    """The settings from before apply; the form says which line."""
    visitor = console_of(home, Role.OWNER)
    visitor.get("/")
    (home.config_dir / SCHOOL).write_text("name: A\nscheme: county\n", encoding="utf-8")
    answer = visitor.get("/today/school")
    assert answer.status_code == 409
    assert "school.yaml:2" in answer.text
    assert visitor.get("/").status_code == 200


def test_a_rehearsal_without_a_screen_says_so_on_today(home: Home) -> None:
    """And starts nothing."""
    visitor = console_of(home, *BOTH)
    visitor.desk.environ = {"MTC_KIOSK_NOW": "2027-06-07T09:00:00Z"}
    assert visitor.send("/", {}, "/today/rehearsal").status_code == 303
    assert "This PC has no screen for the check to open on." in visitor.get("/").text


@pytest.mark.parametrize("address", ["192.168.1.20", "10.0.0.7", "2001:db8::1", "", "unknown"])
def test_a_rehearsal_opens_for_this_pc_alone(home: Home, address: str) -> None:
    """A browser elsewhere is told where to start it."""
    visitor = console_of(home, *BOTH)
    visitor.desk.environ = {"DISPLAY": ":0", "MTC_KIOSK_NOW": "2027-06-07T09:00:00Z"}
    visitor.client.environ_base["REMOTE_ADDR"] = address
    visitor.send("/", {}, "/today/rehearsal")
    assert "Start it there." in visitor.get("/").text


def points(visitor: Visitor) -> list[str]:
    """The titles of the morning's list, in order."""
    return [html.unescape(one) for one in re.findall(r"<h3>(.*?)</h3>", visitor.get("/").text)]


def test_the_morning_puts_what_needs_a_person_first(home: Home) -> None:
    """With the way to it; a doubtful line of the arrangements among them."""
    with_pupils(home)
    visitor = console_of(home)
    visitor.send("/room/start", {})
    write_arrangements(home, f"pupils:\n  X9: {{}}\n  {ONE}: {{arrangements: [QNR]}}\n")
    assert points(visitor)[:3] == [
        "No kiosk is open here",
        "Look at 1 line of the arrangements",
        "The sound of this PC was not tried",
    ]
    page = visitor.get("/").text
    assert 'href="/pupils/arrangements"' in page
    assert 'action="/today/rehearsal"' in page


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-06-07T09:00:00Z", "Three pupils are still to take the check"),
        ("2027-06-07T15:00:00Z", "No session is planned"),
        ("2027-06-06T19:00:00Z", "Ready for Monday 7 June"),
    ],
)
def test_the_morning_follows_the_clock(home: Home, at: str, expected: str) -> None:
    """The evening before, in the session, and after 16:00."""
    with_pupils(home)
    visitor = console_of(home, at="2027-06-06T18:00:00Z")
    visitor.send("/room/start?day=2027-06-07", {}, "/room/start")
    visitor.at(at)
    assert heading(visitor.get("/").text) == expected


def test_an_owner_sees_no_pupil_in_the_morning(home: Home) -> None:
    """No name and no number of them."""
    with_pupils(home)
    console_of(home).send("/room/start", {})
    page = console_of(home, Role.OWNER).get("/").text
    assert "Testerly" not in page
    assert "pupils" not in " ".join(re.findall(r"<h[1-3]>(.*?)</h", page))
    assert "The disk has" in page


def test_today_names_no_pupil_in_an_address(home: Home) -> None:
    """Neither in links nor in forms."""
    with_pupils(home)
    visitor = console_of(home)
    with acting(home) as office:
        office.db.execute("update pupil set surname = 'Zzyzx'")
    visitor.send("/room/start", {})
    for url in ("/", "/room/start", "/room/slips", "/print/still-to-take"):
        page = visitor.get(url).text
        assert not re.search(r'(?:href|action)="[^"]*(?:zzyzx|testerly)', page, re.IGNORECASE), url

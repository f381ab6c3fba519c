"""The pages of insight: who sees whom, what each says where there is little to say, and the files to keep."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
from mtc_kiosk.insight.national import ANOTHER_CHECK
from mtc_kiosk.school.staff import COMMAND_LINE, Role, Staff
from mtc_kiosk.store.home.home import Home
from tests.console import furnished as furnished_school
from tests.console.after_the_check import AT, CLASS_4A, CLASS_4B, LAST_DAY, PUPIL, after_the_check
from tests.console.desk import Visitor, console_of, hidden
from tests.console.furnished import copied
from tests.console.test_results import NATIONAL, heading
from tests.office.acting import acting
from tests.office.with_results import WithResults, points, two_groups

OF_4A = Staff("t.four-a", frozenset({Role.TEACHER}), frozenset({"4A"}))
OF_4B = Staff("t.four-b", frozenset({Role.TEACHER}), frozenset({"4B"}))
TWO, LATER, REASON, SEVENS = PUPIL["Thompson"], PUPIL["Reid"], PUPIL["Achterberg"], PUPIL["Evans"]
FIRST_OF_4B = len(CLASS_4A) + 1
CLASS, GOVERNORS, SIDES = "/results/class", "/results/governors", "/results/side-by-side"
SCORED_4A = len(CLASS_4A) - 3
FILES = ("/results/class/file", f"/results/pupils/{SEVENS}/file", "/results/governors/file")


@pytest.fixture(scope="module")
def class_once(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A class of 30 and one of 14 on the afternoon of the check, at which nobody has looked."""
    return after_the_check(tmp_path_factory.mktemp("afternoon") / "home")


@pytest.fixture
def school(class_once: Home, tmp_path: Path) -> Home:
    """The same school once more, for a test that changes something or reads the audit."""
    return copied(class_once, tmp_path / "home")


@pytest.fixture(scope="module")
def there(class_once: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The same school, for tests that only look."""
    return copied(class_once, tmp_path_factory.mktemp("looked-at") / "home")


@pytest.fixture(scope="module")
def head(there: Home) -> Visitor:
    """A head who looks, with whatever the console keeps in memory for whoever looks again."""
    return console(there)


@pytest.fixture(scope="module")
def of_4a(there: Home) -> Visitor:
    """A teacher of 4A who looks."""
    return console(there, staff=OF_4A)


def console(home: Home, *roles: Role, staff: Staff | None = None) -> Visitor:
    """The console in the afternoon."""
    return console_of(home, *roles, at=AT, staff=staff)


def saved(visitor: Visitor, page: str, file: str) -> tuple[str, str]:
    """Press "Save as a file" on a page: what came, and under which name."""
    answer = visitor.send(page, {}, file)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    named = re.search(r'filename="([^"]*)"', answer.headers["Content-Disposition"])
    assert named is not None
    return answer.text, named[1]


def seen(page: str) -> str:
    """What one reads: no style, no tags."""
    return html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def words(page: str) -> str:
    """The same in single spaces."""
    return " ".join(seen(page).split())


def named_in(page: str, names: Iterator[str]) -> list[str]:
    """Those of the names that are words of the page."""
    text = seen(page)
    return [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


def links(page: str) -> list[int]:
    """The pupils to whose insight the page leads, in order."""
    return [int(one) for one in re.findall(r'href="/results/pupils/(\d+)"', page)]


def audited(home: Home) -> list[tuple[str, str, str]]:
    """Who was shown or made what, and where, in order."""
    with acting(home) as office:
        query = "select account, action, subject from audit where action in (?, ?) order by id"
        return [tuple(row) for row in office.db.execute(query, ("results.shown", "report.made"))]


def test_a_class_is_shown_with_each_pupil(head: Visitor) -> None:
    """Each leads to the pupil's page; two checks, a reason and nothing yet have a line without a score."""
    page = head.get(f"{CLASS}?group=4A").text
    assert "4A" in heading(page)
    assert set(links(page)) == set(range(1, len(CLASS_4A) + 1))
    assert f"{SCORED_4A} of {len(CLASS_4A)} have a score" in words(page)
    assert links(table(page))[-3:] == [REASON, LATER, TWO]
    assert "Thompson, Grace took two checks" in words(page)
    assert ANOTHER_CHECK in words(page)


def test_the_first_group_is_ones_own(there: Home, head: Visitor) -> None:
    """A head sees everybody first; who has one group that one; whoever asks for all gets all they may see."""
    everybody = len(CLASS_4A) + len(CLASS_4B)
    assert len(set(links(head.get(CLASS).text))) == everybody
    both = console(there, staff=Staff("h.both", frozenset({Role.HEAD, Role.TEACHER}), frozenset({"4B"})))
    page = both.get(CLASS).text
    assert '<option value="4B" selected>' in page
    assert len(set(links(page))) == len(CLASS_4B)
    assert len(set(links(both.get(f"{CLASS}?group=").text))) == everybody


def test_pupils_can_be_listed_by_score_surname_and_think_time(head: Visitor) -> None:
    """By a form without script; an order that there is not is no error."""
    by_name = links(table(head.get(f"{CLASS}?group=4A&sort=name").text))
    assert by_name == sorted(by_name)
    by_score = links(table(head.get(f"{CLASS}?group=4A").text))
    assert (by_score[0], by_score) == (PUPIL["Walker"], links(table(head.get(f"{CLASS}?group=4A&sort=x").text)))
    slowest = links(table(head.get(f"{CLASS}?group=4A&sort=time").text))
    assert slowest[:3] == [PUPIL["Walker"], PUPIL["Okoro"], PUPIL["Marsh"]]


def table(page: str) -> str:
    """The part of a class's page that lists the pupils."""
    return page[page.rindex("<h2>Pupils") :]


def test_a_group_and_a_year_that_there_are_not(head: Visitor) -> None:
    """Each is said in a sentence."""
    page = head.get(f"{CLASS}?group=9Z")
    assert page.status_code == 200
    assert "No pupil of this group is in your list" in page.text
    for url in (f"{CLASS}?year=1999", f"{CLASS}?year=x", f"{GOVERNORS}?year=9"):
        page = head.get(url)
        assert page.status_code == 200
        assert "No national figures of that year are here" in page.text, url


def test_a_teacher_gets_nobody_of_another_group(of_4a: Visitor, head: Visitor) -> None:
    """Not by an address, not by a form, not in a file, not as one of two sides."""
    visitor = of_4a
    others = [one.surname for one in CLASS_4B]
    for url in (CLASS, f"{CLASS}?group=", f"{CLASS}?group=4B", SIDES, f"/results/pupils/{SEVENS}"):
        assert named_in(visitor.get(url).text, iter(others)) == [], url
    for number in range(FIRST_OF_4B, FIRST_OF_4B + len(CLASS_4B)):
        answer = visitor.get(f"/results/pupils/{number}")
        assert answer.status_code == 409
        assert "not in your groups" in answer.text
    content, _ = saved(visitor, CLASS, "/results/class/file")
    assert named_in(content, iter(others)) == []
    token = hidden(visitor.get(CLASS).text, "/results/class/file")
    for file, fields in ((f"/results/pupils/{FIRST_OF_4B}/file", {}), ("/results/class/file", {"group": "4B"})):
        answer = visitor.post(file, {**token, "once": f"another {file}", **fields})
        assert named_in(answer.text, iter(others)) == []
    of_head, own = (set(re.findall(r'<option value="([^"]+)"', one.get(SIDES).text)) for one in (head, visitor))
    assert len(own) > 1
    assert of_head - own
    for key in of_head - own:
        answer = visitor.ask(SIDES, query_string={"one": min(own), "other": key})
        assert "Choose both. One of them is no longer there" in answer.text
        sent = {**token, "once": f"side {key}", "one": min(own), "other": key}
        assert visitor.post(f"{SIDES}/file", sent).status_code == 409


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN, Role.SENCO, Role.COVER])
def test_other_roles_see_no_insight(school: Home, role: Role) -> None:
    """The page says who may; nothing is noted as shown."""
    for url in (CLASS, f"/results/pupils/{SEVENS}", SIDES, *([] if role is Role.ADMIN else [GOVERNORS])):
        answer = console(school, role).get(url)
        assert answer.status_code == 403, url
    assert audited(school) == []


@pytest.mark.parametrize("role", [Role.HEAD, Role.ADMIN])
def test_the_page_for_governors_has_no_name(there: Home, role: Role) -> None:
    """Of none of the pupils, neither on the page nor in the file."""
    visitor = console(there, role)
    page = visitor.get(GOVERNORS).text
    content, _ = saved(visitor, GOVERNORS, "/results/governors/file")
    everybody = [name for one in (*CLASS_4A, *CLASS_4B) for name in (one.surname, one.forename)]
    for text in (page, content):
        assert named_in(text, iter(everybody)) == []
        assert links(text) == []
        assert ANOTHER_CHECK in seen(text)


def test_the_page_for_governors_of_another_school_has_no_name(furnished: Home) -> None:
    """Where only two took it, with the longest and oddest names."""
    page = console_of(furnished, Role.HEAD, at=furnished_school.AT).get(GOVERNORS).text
    everybody = [name for surname, forename, _ in furnished_school.NAMES for name in (surname, forename)]
    assert named_in(page, iter(everybody)) == []
    assert "Too few checks are in" in page


def test_the_page_for_governors_waits_for_whoever_is_to_come(there: Home) -> None:
    """Until the check is over: it says for how many and why, names nobody, and no file comes."""
    visitor = console_of(there, Role.HEAD, at=LAST_DAY)
    page = visitor.get(GOVERNORS)
    assert page.status_code == 200
    assert heading(page.text) == "2 pupils have neither a score nor a reason yet"
    assert "once each has one, or after the last day of the check" in words(page.text)
    assert "two reports would differ by one child" in words(page.text)
    assert named_in(page.text, iter(("Reid", "Thompson"))) == []
    assert f"{GOVERNORS}/file" not in page.text
    form = hidden(visitor.get(CLASS).text, f"{CLASS}/file")
    before = audited(there)
    answer = visitor.post(f"{GOVERNORS}/file", {**form, "once": "governors"})
    assert (answer.status_code, "neither a score nor a reason yet" in answer.text) == (409, True)
    assert audited(there) == before


def test_a_group_of_three_is_kept_back(head: Visitor) -> None:
    """Three girls of 4B: neither theirs nor the boys' figures, from which theirs could be worked out."""
    page = seen(head.get(f"{CLASS}?group=4B").text)
    assert "Groups of fewer than 5 pupils are not shown" in page


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (f"{CLASS}?group=4A", "class-report-2027-06-11.html"),
        (f"/results/pupils/{SEVENS}", "pupil-report-2027-06-11.html"),
        (GOVERNORS, "governors-report-2027-06-11.html"),
    ],
)
def test_a_page_can_be_saved_as_one_file(school: Home, page: str, name: str) -> None:
    """It needs nothing else, says whose check it was, names no pupil in its name, and is noted as handed out."""
    visitor = console(school)
    content, called = saved(visitor, page, page.partition("?")[0] + "/file")
    assert called == name
    assert OWN_CHECK in html.unescape(content)
    assert MADE_UP in content
    assert heading(content) == heading(visitor.get(page).text)
    assert "<script" not in content
    assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*"|url\((?!"?data:)[^)]*\)|@import', content) == []
    noted = ("report.made", "governors") if page == GOVERNORS else ("results.shown", "report")
    assert ("a.adeyemi", *noted) in audited(school)


def test_two_sides_are_chosen_and_saved(school: Home) -> None:
    """By a form without script; the same twice, or one that is gone, is said in a sentence."""
    visitor = console(school)
    page = visitor.get(SIDES).text
    assert heading(page) == "Which two do you want to compare?"
    assert re.findall(r"<option [^>]*selected[^>]*>([^<]*)<", page) == ["4A, the check", "4B, the check"]
    one, other = list(dict.fromkeys(re.findall(r'<option value="([^"]+)"', page)))[:2]
    both = visitor.ask(SIDES, query_string={"one": one, "other": other})
    assert both.status_code == 200
    file = visitor.post(f"{SIDES}/file", hidden(both.text, f"{SIDES}/file"))
    assert (file.status_code, "side-by-side-report-2027-06-11.html" in file.headers["Content-Disposition"]) == (
        200,
        True,
    )
    assert "Choose two different ones." in visitor.ask(SIDES, query_string={"one": one, "other": one}).text
    assert "Choose both." in visitor.ask(SIDES, query_string={"one": one, "other": "x"}).text


def test_looking_is_one_showing_and_each_file_another(school: Home) -> None:
    """The audit has one row for a class that is looked at and sorted, and one for each file."""
    visitor = console(school)
    for url in (f"{CLASS}?group=4A", f"{CLASS}?group=4A&sort=name", f"/results/pupils/{SEVENS}"):
        assert visitor.get(url).status_code == 200
    looked = ("a.adeyemi", "results.shown", "page")
    assert audited(school) == [looked]
    for _ in range(2):
        saved(visitor, f"/results/pupils/{SEVENS}", f"/results/pupils/{SEVENS}/file")
    assert audited(school) == [looked, *[("a.adeyemi", "results.shown", "report")] * 2]


def test_before_their_release_nothing_is_shown(school: Home) -> None:
    """Each page says until when; no file comes; the governors' page names nobody who is missing either."""
    visitor = console(school)
    forms = {f"{page}/file": hidden(visitor.get(page).text, f"{page}/file") for page in (CLASS, GOVERNORS)}
    before = audited(school)
    (school.config_dir / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    for url in (CLASS, f"/results/pupils/{SEVENS}", SIDES, GOVERNORS):
        page = visitor.get(url)
        assert heading(page.text) == "Results can be seen on Monday 21 June 2027 at 06:00", url
        assert links(page.text) == []
    assert "Reid" not in visitor.get(GOVERNORS).text
    for file, fields in forms.items():
        answer = visitor.post(file, fields)
        assert (answer.status_code, "Results can be seen on" in answer.text) == (409, True)
    assert audited(school) == before


@pytest.mark.parametrize(
    ("pupil", "says"),
    [(TWO, "took two checks, and only one can count"), (LATER, "has no score"), (REASON, "has no score")],
)
def test_a_pupil_without_a_score_has_a_page_that_says_why(head: Visitor, pupil: int, says: str) -> None:
    """And no file."""
    visitor = head
    page = visitor.get(f"/results/pupils/{pupil}")
    assert page.status_code == 200
    assert says in page.text
    assert f'action="/results/pupils/{pupil}/file"' not in page.text
    assert ("Look at both checks" in page.text) == (pupil == TWO)
    fields = hidden(visitor.get(f"/results/pupils/{SEVENS}").text, f"/results/pupils/{SEVENS}/file")
    assert visitor.post(f"/results/pupils/{pupil}/file", fields).status_code == 409


def test_nobody_is_no_fault(head: Visitor) -> None:
    """A pupil whom there is not."""
    assert head.get("/results/pupils/999").status_code == 409


def test_before_and_after_go_along_the_list_one_came_from(head: Visitor) -> None:
    """The class by score; else the register. The list is one press away, and so is everything about the pupil."""
    visitor = head
    order = list(dict.fromkeys(links(table(visitor.get(f"{CLASS}?group=4A").text))))
    page = visitor.get(f"/results/pupils/{order[5]}").text
    assert links(page) == [order[4], order[6]]
    assert 'href="/results/class?group=4A"' in page
    assert f'href="/pupils/{order[5]}"' in page


def test_a_pupils_own_page_leads_to_insight_where_a_score_is_shown(school: Home, tmp_path: Path) -> None:
    """Not for who sees no results, not where a head must choose, not without a check, not before the release."""
    two = console(two_groups(tmp_path / "two").home)
    assert "/results/pupils/1" in two.get("/pupils/1").text
    assert "/results/pupils/" not in two.get("/pupils/2").text
    there = f'href="/results/pupils/{SEVENS}"'
    assert there in console(school).get(f"/pupils/{SEVENS}").text
    assert there in console(school, staff=OF_4A).get(f"/pupils/{SEVENS}").text
    assert there in console(school).get("/results").text
    assert there not in console(school, Role.SENCO).get(f"/pupils/{SEVENS}").text
    for pupil in (TWO, LATER, REASON):
        assert "/results/pupils/" not in console(school).get(f"/pupils/{pupil}").text
    (school.config_dir / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    assert there not in console(school).get(f"/pupils/{SEVENS}").text


def test_the_tabs_are_for_who_may_open_them(there: Home, head: Visitor, of_4a: Visitor) -> None:
    """The office has the page for governors and the exports; a teacher all but those; each says where one is."""
    page = head.get(GOVERNORS).text
    tabs = re.findall(r'<a href="(/results[^"]*)"(?: aria-current="page")?>([^<]*)</a>', page)
    assert [name for _, name in tabs[:6]] == [
        *("Class", "Pupils", "Side by side", "For governors", "Two checks", "Exports"),
    ]
    for url in (CLASS, SIDES, GOVERNORS):
        assert f'<a href="{url}" aria-current="page">' in head.get(url).text
    assert '<a href="/results" aria-current="page">Pupils' in head.get(f"/results/pupils/{SEVENS}").text
    assert f'href="{CLASS}"' not in console(there, Role.ADMIN).get(GOVERNORS).text
    assert f'href="{GOVERNORS}"' not in of_4a.get(CLASS).text


def test_nothing_yet(home: Home) -> None:
    """An empty school: each page has the hill and a sentence."""
    for url in (CLASS, SIDES, GOVERNORS):
        assert 'class="empty"' in console(home).get(url).text, url


@dataclass(frozen=True)
class Few:
    """A school of a few pupils, and how many took the check."""

    took: int
    said: str


@pytest.mark.parametrize("few", [Few(0, "No check is in yet"), Few(1, "Testerly-1"), Few(3, "Testerly-3")])
def test_a_small_class(tmp_path: Path, few: Few) -> None:
    """One pupil, or three: whoever teaches them sees them; for governors they are too few."""
    made = WithResults(tmp_path / "home", 4)
    for number in range(1, few.took + 1):
        made.take(number, points(number))
    visitor = console(made.home)
    page = visitor.get(CLASS)
    assert page.status_code == 200
    assert few.said in page.text
    assert "Too few checks are in" in visitor.get(GOVERNORS).text


def test_a_record_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """The score is known from before; of the answers the class's page names the pupil, and the pupil's says why."""
    made = two_groups(tmp_path / "home")
    visitor = console(made.home)
    assert "4 of 4" in visitor.get("/results").text
    with made.opened() as home:
        home.db.execute("drop trigger inbox_is_not_changed")
        home.db.execute("update inbox set body = cast(replace(cast(body as text), 'hall-1', 'hall-9') as blob)")
    page = words(visitor.get(CLASS).text)
    assert "Testerly-1, Amy has a score, but the answers cannot be read" in page
    one = visitor.get("/results/pupils/1")
    assert one.status_code == 200
    assert "cannot be read now" in one.text
    assert heading(one.text) == "No answers of Amy Testerly-1 can be shown"


def test_a_name_is_text_and_never_markup(school: Home) -> None:
    """On the pages and in the files."""
    with acting(school, COMMAND_LINE) as office:
        office.db.execute("update pupil set surname = '<b>Bobby & \"Tables\"' where id = ?", (SEVENS,))
    visitor = console(school)
    pages = [visitor.get(url).text for url in (CLASS, f"/results/pupils/{SEVENS}")]
    files = [saved(visitor, url, f"{url}/file")[0] for url in (CLASS, f"/results/pupils/{SEVENS}")]
    for text in (*pages, *files):
        assert "<b>Bobby" not in text
        assert "&lt;b&gt;Bobby" in text

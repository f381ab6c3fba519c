"""The page of results: who sees which score, what is said before their release, and that nothing leaks."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mtc_kiosk.school.staff import Role, Staff
from tests.console.desk import Visitor, console_of
from tests.office.with_results import OUT_OF, WithResults, points, scoring, two_groups

AT = "2027-06-07T14:00:00Z"
NATIONAL = "window: {check_closes: 2027-06-18}\nresults: after_window\n"
OF_4B = Staff("t.four-b", frozenset({Role.TEACHER}), frozenset({"4B"}))
PAGES = (
    *("/results", "/results?group=4A", "/results?sort=score", "/results/conflicts", "/results/exports"),
    *("/results/class", "/results/pupils/1", "/results/pupils/2", "/results/side-by-side", "/results/governors"),
)


@pytest.fixture
def school(tmp_path: Path) -> WithResults:
    """In 4A one has all right and one took two checks; in 4B one has a reason, one has done nothing."""
    return two_groups(tmp_path / "home")


def console(school: WithResults, *roles: Role, staff: Staff | None = None) -> Visitor:
    """The console in the afternoon."""
    return console_of(school.home, *roles, at=AT, staff=staff)


def heading(page: str) -> str:
    """The first heading, as text."""
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found is not None
    return html.unescape(re.sub(r"<[^>]+>", "", found[1]))


def rows(page: str) -> list[list[str]]:
    """The table of the page as text, with its headings."""
    cells = [
        re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    ]
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


def test_the_list_has_a_line_for_each_pupil(school: WithResults) -> None:
    """With score, status, and what happened."""
    page = console(school).get("/results").text
    assert heading(page) == "One of four results is in"
    assert [row[:4] for row in rows(page)] == [
        ["Pupil", "Score", "Status", "What happened"],
        ["Testerly-1, Amy", "4 of 4", "Complete", ""],
        ["Testerly-2, Amy", "none", "Two checks: a head chooses", "No score until a head has chosen."],
        ["Testerly-3, Amy", "none", "Absent during check window", ""],
        ["Testerly-4, Amy", "none", "Not started", ""],
    ]


@pytest.mark.parametrize(
    ("taken", "reasons", "said"),
    [
        ((), (), "No result is in yet"),
        ((), (1, 2), "No pupil took the check"),
        ((1,), (), "One of two results is in"),
        ((1,), (2,), "All two pupils have a result or a reason"),
        ((1, 2), (), "All two results are in"),
    ],
)
def test_the_heading_is_true(tmp_path: Path, taken: tuple[int, ...], reasons: tuple[int, ...], said: str) -> None:
    """However far the class is."""
    school = WithResults(tmp_path / "home", 2)
    for pupil_id in taken:
        school.take(pupil_id, points(2))
    for pupil_id in reasons:
        school.reason(pupil_id)
    assert heading(console(school).get("/results").text) == said


def test_who_waits_for_a_head_is_not_still_to_come(school: WithResults) -> None:
    """Each is counted once, and the heading does not call such a class done."""
    page = console(school).get("/results?group=4A").text
    assert "<b>1</b> waits for a head" in page
    assert "still to come" not in page
    assert heading(page) == "One of two results of 4A is in"


def test_a_group_can_be_chosen_and_the_list_sorted(school: WithResults) -> None:
    """By links and a form without script; an order or a group that there is not is no error."""
    visitor = console(school)
    page = visitor.get("/results?group=4B").text
    assert [row[0] for row in rows(page)[1:]] == ["Testerly-3, Amy", "Testerly-4, Amy"]
    assert heading(page) == "No result of 4B is in yet"
    page = visitor.get("/results?group=4A&sort=score").text
    assert 'aria-sort="ascending"><a class="sort" href="/results?group=4A&amp;sort=score">' in page
    assert visitor.get("/results?sort=nonsense").status_code == 200
    assert "No pupil of this group" in visitor.get("/results?group=9Z").text


def test_a_teacher_sees_the_pupils_of_own_groups(school: WithResults) -> None:
    """And no score, name or conflict of another."""
    visitor = console(school, staff=OF_4B)
    for url in ("/results", "/results?group=4A", "/results?sort=score", "/results/conflicts"):
        page = visitor.get(url).text
        assert "Testerly-1" not in page, url
        assert "Testerly-2" not in page, url
    assert heading(visitor.get("/results").text) == "No result is in yet"


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN, Role.SENCO, Role.COVER])
def test_other_roles_see_no_results(school: WithResults, role: Role) -> None:
    """The page says who may, and nothing is noted as shown."""
    for url in ("/results", "/results/conflicts"):
        answer = console(school, role).get(url)
        assert answer.status_code == 403
        assert "head, teacher" in answer.text
    assert school.audited("results.shown") == []


def test_looking_sorting_and_filtering_is_one_showing(school: WithResults) -> None:
    """The audit has one row for it."""
    visitor = console(school)
    for url in ("/results", "/results?sort=score", "/results?group=4A", "/results"):
        assert visitor.get(url).status_code == 200
    assert [(account, subject) for account, subject, _ in school.audited("results.shown")] == [("a.adeyemi", "page")]


def test_before_their_release_the_page_has_no_score(school: WithResults) -> None:
    """It says how many are in and safe, who is missing, and when they come; nothing is noted as shown."""
    (school.home.config_dir / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    page = console(school).get("/results").text
    assert heading(page) == "Results can be seen on Monday 21 June 2027 at 06:00"
    assert "1 check is in and safe." in page
    assert [row[0] for row in rows(page)] == ["Pupil", "Testerly-2, Amy", "Testerly-4, Amy"]
    assert "of 4</span>" not in page
    assert school.audited("results.shown") == []


def test_a_check_that_cannot_be_trusted_has_no_score(school: WithResults) -> None:
    """The line says that one is left out."""
    with school.opened() as home:
        home.db.execute("drop trigger inbox_is_not_changed")
        home.db.execute("update inbox set body = cast(replace(cast(body as text), 'hall-1', 'hall-9') as blob)")
    page = console(school).get("/results").text
    assert "1 check cannot be trusted, and is left out." in page
    assert rows(page)[1][1] == "none"


def stripped(page: str) -> str:
    """A page without what differs each time: tokens, and the numbers of records."""
    page = re.sub(r'<input[^>]*name="(?:csrf_token|once|version)"[^>]*>', "", page)
    return re.sub(r"\b[0-9a-f]{8,}\b", "", page)


def pages_of(root: Path, first: list[bool], second: list[bool]) -> dict[str, str]:
    """Every page, for a head and for a teacher who exports, where a pupil of two checks answered like this."""
    school = WithResults(root, 2)
    school.take(1, points(3))
    school.take(2, scoring(first))
    school.take(2, scoring(second), "hall-2")
    found = {}
    for role, urls in ((Role.HEAD, (*PAGES, "/results/conflicts/2")), (Role.TEACHER, PAGES)):
        visitor = console(school, role, Role.ADMIN)
        found |= {f"{role} {url}": stripped(visitor.get(url).text) for url in urls}
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages where the pupil had all right in one check and nothing in the other."""
    return pages_of(tmp_path_factory.mktemp("home") / "home", [True] * OUT_OF, [False] * OUT_OF)


ANSWERS = st.lists(st.booleans(), min_size=OUT_OF, max_size=OUT_OF)


@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # an example takes a second
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=ANSWERS, second=ANSWERS)
def test_no_page_depends_on_the_answers_of_a_contested_pupil(
    tmp_path_factory: pytest.TempPathFactory, expected: dict[str, str], first: list[bool], second: list[bool]
) -> None:
    """Whatever the pupil of two checks answered in each, every page is the same: no score, no average, no order."""
    assert pages_of(tmp_path_factory.mktemp("home") / "home", first, second) == expected


def test_a_name_is_text_and_never_markup(school: WithResults) -> None:
    """Also where it is a link; a name that a list was given is not trusted."""
    with school.opened() as home:
        home.db.execute("update pupil set surname = '<b>Bobby & \"Tables\"' where id = 1")
    for url in ("/results", "/results/conflicts"):
        page = console(school).get(url).text
        assert "<b>Bobby" not in page
    assert '<a href="/pupils/1">&lt;b&gt;Bobby &amp; &#34;Tables&#34;, Amy</a>' in console(school).get("/results").text

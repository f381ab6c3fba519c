"""The page of exports: one press for a file, no pupil in its name, and who may."""

import io
import zipfile
from pathlib import Path

import pytest

from mtc_kiosk.school.staff import Role
from tests.console.desk import Visitor, console_of, hidden
from tests.office.with_results import WithResults, points

AT = "2027-06-07T14:00:00Z"
NATIONAL = "window: {check_closes: 2027-06-18}\nresults: after_window\n"


@pytest.fixture
def school(tmp_path: Path) -> WithResults:
    """One pupil has three of four right, one a reason."""
    school = WithResults(tmp_path / "home")
    school.take(1, points(3))
    school.reason(3)
    return school


def console(school: WithResults, *roles: Role) -> Visitor:
    """The console in the afternoon."""
    return console_of(school.home, *(roles or (Role.ADMIN,)), at=AT)


@pytest.mark.parametrize("what", ["results", "reasons"])
@pytest.mark.parametrize(
    ("kind", "ends", "begins"), [("xlsx", "xlsx", b"PK"), ("csv", "zip", b"PK"), ("json", "json", b'{\n  "about"')]
)
def test_one_press_downloads_a_file(school: WithResults, what: str, kind: str, ends: str, begins: bytes) -> None:
    """It is not kept by the browser's cache, and its name has no pupil."""
    answer = console(school).send("/results/exports", {}, f"/results/exports/{what}/{kind}")
    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'filename="{what}-2027-06-07-1500.{ends}"' in answer.headers["Content-Disposition"]


def test_a_csv_comes_with_its_text(school: WithResults) -> None:
    """In one ZIP file."""
    answer = console(school).send("/results/exports", {}, "/results/exports/results/csv")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert packed.namelist() == ["results.csv", "results.about.txt"]


def test_each_press_is_noted(school: WithResults) -> None:
    """Two presses of the same button are two files, and two rows."""
    visitor = console(school)
    fields = hidden(visitor.get("/results/exports").text, "/results/exports/results/csv")
    for _ in range(2):
        assert visitor.post("/results/exports/results/csv", fields).status_code == 200
    assert [account for account, _, _ in school.audited("results.shown")] == ["a.adeyemi"] * 2


def test_the_page_says_what_each_leaves_out_and_why_ctf_is_off(school: WithResults) -> None:
    """In sentences, and shows no score."""
    school.take(2, points(1))
    school.take(2, points(2), "hall-2")
    page = console(school).get("/results/exports").text
    assert "Left out: the scores of 1 pupil with two checks, until a head has chosen." in page
    assert "it could overwrite the statutory score there." in page
    assert school.audited("results.shown") == []


def test_before_their_release_results_wait(school: WithResults) -> None:
    """Their buttons are locked and the page says until when; a form sent all the same gets no file."""
    visitor = console(school)
    fields = hidden(visitor.get("/results/exports").text, "/results/exports/results/csv")
    (school.home.config_dir / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    page = visitor.get("/results/exports").text
    assert "Results can be seen on Monday 21 June 2027 at 06:00" in page
    assert 'action="/results/exports/results/csv"' not in page
    assert 'action="/results/exports/reasons/csv"' in page
    answer = visitor.post("/results/exports/results/csv", fields)
    assert answer.status_code == 409
    assert "Results can be seen on" in answer.text


@pytest.mark.parametrize("role", [Role.OWNER, Role.TEACHER, Role.SENCO, Role.COVER])
def test_only_head_and_admin_export(school: WithResults, role: Role) -> None:
    """Neither the page nor a file, even with a form of somebody who may."""
    fields = hidden(console(school).get("/results/exports").text, "/results/exports/results/csv")
    visitor = console(school, role)
    assert visitor.get("/results/exports").status_code == 403
    assert visitor.post("/results/exports/results/csv", fields).status_code in (400, 403)
    assert school.audited("results.shown") == []


@pytest.mark.parametrize("url", ["/results/exports/letters/csv", "/results/exports/results/pdf"])
def test_an_export_that_there_is_not_is_no_fault(school: WithResults, url: str) -> None:
    """It says that there is no such page."""
    visitor = console(school)
    fields = hidden(visitor.get("/results/exports").text, "/results/exports/results/csv")
    assert visitor.post(url, fields).status_code == 404
    assert visitor.get("/results/exports/results/csv").status_code == 405

"""Results leave the office after their release alone, and never without an audit row."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.results import FileKind, show_results, write_reasons, write_results
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.staff import Staff, kiosk_staff
from mtc_kiosk.store.made_up import open_made_up_home
from tests.record.homes import attempt, school_home
from tests.store.a_school import rows

from .as_staff import HEAD, TEACHER, open_as

NATIONAL = "window: {check_closes: 2027-06-18}\nresults: after_window\n"
LAST_SECOND_BEFORE, RELEASE = "2027-06-21T04:59:59Z", "2027-06-21T05:00:00Z"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A home of made-up pupils: one took the check, its record waits to be made; one has done nothing."""
    open_made_up_home(tmp_path / "home")
    with school_home(tmp_path / "home", made_up=True) as home:
        for number in (1, 2):
            home.add_pupil(number)
        home.take(attempt(1, 1))
    return tmp_path / "home"


def audited(root: Path) -> list[tuple[str, str, dict[str, object]]]:
    """Who was shown results, where, and what the row says of it."""
    with school_home(root, made_up=True) as home:
        query = "select account, subject, after from audit where action = 'results.shown'"
        return [(account, subject, json.loads(after)) for account, subject, after in home.db.execute(query).fetchall()]


@pytest.mark.parametrize("staff", [HEAD, TEACHER, kiosk_staff("hall-1")])
@pytest.mark.parametrize(
    "give", [lambda home: show_results(home, "page"), lambda home: write_results(home, FileKind.CSV)]
)
def test_nobody_is_given_results_before_their_release(
    root: Path, staff: Staff, give: Callable[[OpenHome], object]
) -> None:
    """Neither on a page nor in a file; not even a record is made, and nothing is written."""
    (root / "config" / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    with open_as(root, staff, LAST_SECOND_BEFORE) as home:
        before = rows(home.db)
        with pytest.raises(Refused) as refused:
            give(home)
        assert rows(home.db) == before
    assert [one.obstacle.code for one in refused.value.obstacles] == [ObstacleCode.NOT_RELEASED]
    assert list((root / "exports").iterdir()) == []


def test_reasons_wait_for_nothing(root: Path) -> None:
    """They may be written into a file before results are released."""
    (root / "config" / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    with open_as(root, TEACHER, LAST_SECOND_BEFORE) as home:
        assert write_reasons(home, FileKind.JSON).path.exists()


def test_results_are_given_from_their_release_on(root: Path) -> None:
    """At that very second, with the record that was still to be made."""
    (root / "config" / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    with open_as(root, HEAD, RELEASE) as home:
        assert [row.result.score for row in show_results(home, "page").rows] == [4, None]


def test_whoever_is_shown_results_is_in_the_audit(root: Path) -> None:
    """With where, how many pupils, and of whom there was a score."""
    with open_as(root, TEACHER) as home:
        show_results(home, "page")
    with open_as(root, HEAD) as home:
        write_results(home, FileKind.JSON)
    said = {"pupils": 2, "scores": [1]}
    assert audited(root) == [("t.teacher", "page", said), ("cli", "json", said)]


def test_results_that_could_not_be_written_were_shown_to_nobody(root: Path, tmp_path: Path) -> None:
    """The refusal names the file, and the audit has no row about results."""
    out = tmp_path / "missing" / "results.csv"
    with open_as(root) as home, pytest.raises(OfficeRefused) as refused:
        write_results(home, FileKind.CSV, out)
    (problem,) = refused.value.problems
    assert (problem.code, problem.file) == ("not_written", str(out))
    assert audited(root) == []

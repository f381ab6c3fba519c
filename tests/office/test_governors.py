"""The governors' report has the whole school, no name, and no child's score."""

import dataclasses
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mtc_kiosk.export.reports.shared_words import LEFT_OUT, governors_lead
from mtc_kiosk.insight.groups import WHY_HIDDEN
from mtc_kiosk.office.governors import StillToCome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.reports import governors_report
from mtc_kiosk.school.staff import Role, staff_of

from .as_staff import HEAD, open_as
from .with_results import WithResults, points

AFTER = "2027-06-21T09:00:00Z"
"""After the last day of the check."""

ADMIN = staff_of("o.ffice", Role.ADMIN)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight of each sex in 4A and in 4B, two in no group; 31 pupils took it, six have a reason, two are to come."""
    made = WithResults(tmp_path_factory.mktemp("school"), pupils=42)
    made.in_group("4A", range(1, 17))
    made.in_group("4B", range(17, 33))
    made.in_group("", range(33, 43))
    with made.opened() as home:
        home.db.execute("update pupil set sex = 'M' where id % 2")
    for pupil in range(1, 35):
        made.take(pupil, points(pupil % 5))
    for pupil in range(35, 41):
        made.reason(pupil, "ABSNT")
    (made.root / "config" / "school.yaml").write_text("window: {check_closes: 2027-06-18}\n", encoding="utf-8")
    return made.root


def texts(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if dataclasses.is_dataclass(value):
        value = [getattr(value, field.name) for field in dataclasses.fields(value)]
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


def test_it_has_the_whole_school(made: Path) -> None:
    """But for the two in no group, whom subtraction would give away."""
    with open_as(made, HEAD, AFTER) as home:
        found = governors_report(home, "page")
    assert found.pupils == 32
    assert [(one.name, one.pupils) for one in found.by_class] == [("4A", 16), ("4B", 16), ("No group", None)]
    assert [(one.name, one.pupils) for one in found.by_sex] == [("Girls", 16), ("Boys", 16)]
    assert sum(band.pupils for band in found.bands) == 32
    assert all(band.pupils >= 5 for band in found.bands)
    assert found.average == sum(pupil % 5 for pupil in range(1, 33)) / 32
    assert sum(row.asked for row in found.rows) == 32 * 4
    assert found.about.notes == (WHY_HIDDEN,)
    assert LEFT_OUT in governors_lead(found)


def test_counts_of_fewer_than_five_are_kept_back(made: Path, tmp_path: Path) -> None:
    """Six have a reason and two are still to come."""
    shutil.copytree(made, tmp_path / "copy")
    with open_as(tmp_path / "copy", HEAD, AFTER) as home:
        found = governors_report(home, "page")
        assert (found.with_reason, found.still_to_come) == (6, None)
        assert [count for _, count in found.reasons] == [6]
    WithResults.at(tmp_path / "copy", taken=34).reason(41, "LEFTT")
    with open_as(tmp_path / "copy", HEAD, AFTER) as home:
        found = governors_report(home, "page")
    assert (found.with_reason, found.reasons) == (7, ()), "the one other reason would be had from the seven"


def test_it_is_made_once_nobody_is_still_to_come(made: Path, tmp_path: Path) -> None:
    """Or the check is over: two reports would differ by the one child who took it in between."""
    shutil.copytree(made, tmp_path / "copy")
    copy = WithResults.at(tmp_path / "copy", taken=34)
    before = copy.audited("report.made")
    with open_as(tmp_path / "copy", ADMIN, "2027-06-18T20:00:00Z") as home:
        with pytest.raises(
            StillToCome, match=r"^2 pupils have neither a score nor a reason yet\. The report"
        ) as refused:
            governors_report(home, "page")
        assert [problem.code for problem in refused.value.problems] == ["still_to_come"]
    assert copy.audited("report.made") == before
    copy.reason(41, "LEFTT")
    copy.take(1, points(1), "hall-2")  # two checks, until a head has chosen
    copy.take(42, points(1))
    with (
        open_as(tmp_path / "copy", HEAD, "2027-06-18T20:00:00Z") as home,
        pytest.raises(StillToCome, match=r"^1 pupil has neither"),
    ):
        governors_report(home, "report")
    with open_as(tmp_path / "copy", HEAD, AFTER) as home:
        assert governors_report(home, "report").pupils == 31
    last = WithResults(tmp_path / "last", pupils=6)
    last.in_group("4A", range(1, 7))
    for pupil in range(1, 7):
        last.take(pupil, points(pupil % 5))
    with open_as(tmp_path / "last", HEAD, "2027-06-08T20:00:00Z") as home:
        assert governors_report(home, "page").pupils == 6


def test_nobody_is_named(made: Path, tmp_path: Path) -> None:
    """Not even a pupil with two checks."""
    shutil.copytree(made, tmp_path / "copy")
    WithResults.at(tmp_path / "copy", taken=34).take(1, points(1), "hall-2")
    with open_as(tmp_path / "copy", HEAD, AFTER) as home:
        found = governors_report(home, "page")
    said = " ".join(texts(found))
    assert "4B" in said
    assert "Testerly" not in said
    assert "G2011" not in said


def test_a_school_of_four_has_no_figures(tmp_path: Path) -> None:
    """Nor how many they are."""
    school = WithResults(tmp_path)
    for pupil in range(1, 5):
        school.take(pupil, points(pupil))
    with open_as(tmp_path, HEAD) as home:
        found = governors_report(home, "page")
    assert (found.pupils, found.average, found.full_marks, found.days) == (None, None, None, None)
    assert found.bands == found.by_class == found.by_sex == found.rows == found.tables == ()
    assert found.about.notes == (WHY_HIDDEN,)
    assert not found.leaves_out


def test_the_office_may_make_it_and_a_teacher_may_not(made: Path) -> None:
    """It is an export."""
    with open_as(made, ADMIN, AFTER) as home:
        assert governors_report(home, "page").pupils == 32
    for role in (Role.TEACHER, Role.OWNER, Role.SENCO, Role.COVER):
        with open_as(made, staff_of("a.person", role), AFTER) as home, pytest.raises(OfficeRefused, match="the head"):
            governors_report(home, "page")


def test_it_is_noted_once_a_day_for_a_page_and_each_time_for_a_file(tmp_path: Path) -> None:
    """Without any pupil's score: a head who later chooses between two checks has seen none in it."""
    school = WithResults(tmp_path)
    school.take(1, points(3))
    for at in ("2027-06-09T09:00:00Z", "2027-06-09T12:00:00Z", "2027-06-10T09:00:00Z"):
        with open_as(tmp_path, HEAD, at) as home:
            governors_report(home, "page")
    for _ in range(2):
        with open_as(tmp_path, HEAD, at) as home:
            governors_report(home, "report")
    rows = school.audited("report.made")
    assert [(subject, json.loads(after)) for _, subject, after in rows] == [
        ("governors", {"where": where, "pupils": 0}) for where in ("page", "page", "report", "report")
    ]
    assert school.audited("results.shown") == []

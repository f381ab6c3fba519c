"""Reports hold what the account may see, and nothing before its time."""

import json
from datetime import date
from pathlib import Path

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.reports import FILE, class_report, governors_report, pupil_report, sides
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.staff import Role, staff_of

from .as_staff import HEAD, open_as
from .test_insight import NATIONAL
from .test_side_by_side import TEACHER_OF_4A
from .with_results import WithResults, points, two_groups


def test_a_class_report_has_a_line_for_each_pupil_in_list_order(tmp_path: Path) -> None:
    """With the score, or why there is none."""
    two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        found = class_report(home, "page")
    assert [(line.id, line.score, line.insight is not None) for line in found.lines] == [
        (1, 4, True),
        (2, None, False),
        (3, None, False),
        (4, None, False),
    ]
    assert (found.with_reason, found.still_to_come) == (1, 1)
    assert found.two == (found.names[2],)


def test_a_pupil_report_names_one_pupil_in_the_audit(tmp_path: Path) -> None:
    """And opening the page again leaves no second row."""
    school = two_groups(tmp_path)
    with open_as(tmp_path, HEAD, "2027-06-07T15:00:00Z") as home:
        found = pupil_report(home, "page", 1)
        pupil_report(home, "page", 1)
    assert (found.insight.attempt.score, [go.go.is_check for go in found.goes]) == (4, [True])
    assert [(where, after) for _, where, after in school.audited("results.shown")] == [
        ("page", '{"pupils":1,"scores":[1]}')
    ]


@pytest.mark.parametrize(("pupil", "code"), [(2, ObstacleCode.TWO_CHECKS), (3, ObstacleCode.NOT_COMPLETE)])
def test_a_pupil_without_a_score_has_no_report(tmp_path: Path, pupil: int, code: ObstacleCode) -> None:
    """A sentence says why, and no audit row says that a score was shown."""
    school = two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home, pytest.raises(Refused) as refused:
        pupil_report(home, "page", pupil)
    assert [(one.obstacle.code, one.pupil_id) for one in refused.value.obstacles] == [(code, pupil)]
    assert school.audited("results.shown") == []


def test_sides_and_governors(tmp_path: Path) -> None:
    """A small school has neither figures for governors nor a gap."""
    two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        assert [side.title for side in sides(home)] == ["All pupils, the check"]
        found = governors_report(home, "page")
    assert (found.pupils, found.bands, found.rows) == (None, (), ())


def test_a_teacher_has_reports_of_their_own_pupils_alone(tmp_path: Path) -> None:
    """Neither a pupil of another group nor the figures of one."""
    school = WithResults(tmp_path, pupils=12)
    school.in_group("4A", range(1, 7))
    school.in_group("4B", range(7, 13))
    for pupil in range(1, 13):
        school.take(pupil, points(pupil % 5))
    with open_as(tmp_path, TEACHER_OF_4A) as home:
        found = class_report(home, "page")
        assert [line.id for line in found.lines] == [1, 2, 3, 4, 5, 6]
        assert (found.groups, [one.name for one in found.by_group]) == (("4A",), ["4A"])
        assert class_report(home, "page", "4B").lines == ()
        assert pupil_report(home, "page", 1).group == "4A"
        with pytest.raises(OfficeRefused, match="not in your groups"):
            pupil_report(home, "page", 7)
    assert {score for *_, after in school.audited("results.shown") for score in json.loads(after)["scores"]} == set(
        range(1, 7)
    )


@pytest.mark.parametrize("role", [Role.ADMIN, Role.OWNER, Role.SENCO, Role.COVER])
def test_whoever_may_not_see_results_has_no_report(tmp_path: Path, role: Role) -> None:
    """Of a pupil, a class or two sides."""
    two_groups(tmp_path)
    with open_as(tmp_path, staff_of("a.person", role)) as home:
        assert class_report(home, "page").lines == ()
        assert sides(home) == ()
        with pytest.raises(OfficeRefused):
            pupil_report(home, "page", 1)


def test_no_report_is_made_before_the_release(tmp_path: Path) -> None:
    """And none leaves an audit row."""
    school = two_groups(tmp_path)
    (tmp_path / "config" / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    with open_as(tmp_path, HEAD, "2027-06-21T04:59:59Z") as home:
        for make in (
            lambda: class_report(home, "page"),
            lambda: pupil_report(home, "page", 1),
            lambda: governors_report(home, "page"),
        ):
            with pytest.raises(Refused):
                make()
    assert school.audited("results.shown") == school.audited("report.made") == []


def test_a_class_of_thirty(tmp_path: Path) -> None:
    """Everybody has a line and insight; the figures are of all of them."""
    school = WithResults(tmp_path, pupils=30)
    school.in_group("4A", range(1, 31))
    for pupil in range(1, 31):
        school.take(pupil, points(pupil % 5), days=pupil % 2)
    with school.opened() as beside:
        beside.db.execute("update pupil set sex = 'M' where id > 10")
    with open_as(tmp_path, HEAD, "2027-06-08T15:00:00Z") as home:
        found = class_report(home, "page", "4A")
    assert found.days == (date(2027, 6, 7), date(2027, 6, 8))
    assert len(found.lines) == 30
    assert all(line.insight is not None and line.insight.attempt.score == line.score for line in found.lines)
    assert found.insight.distribution is not None
    assert found.insight.distribution.counts == (6,) * 5
    assert found.insight.average == 2
    assert [(one.name, one.pupils) for one in found.by_sex] == [("Girls", 10), ("Boys", 20)]
    assert (found.by_group, found.two, found.unread) == ((), (), ())
    assert (found.national, found.years) == (None, ()), "four questions are not the statutory check"


def test_a_small_sex_is_hidden_on_the_page_of_a_class(tmp_path: Path) -> None:
    """With the other one, which would give it away."""
    school = WithResults(tmp_path, pupils=12)
    school.in_group("4A", range(1, 13))
    for pupil in range(1, 13):
        school.take(pupil, points(pupil % 5))
    with school.opened() as beside:
        beside.db.execute("update pupil set sex = 'M' where id > 9")
    with open_as(tmp_path, HEAD) as home:
        assert [one.is_hidden for one in class_report(home, "page").by_sex] == [True, True]


def test_namesakes_are_told_apart(tmp_path: Path) -> None:
    """As in every list."""
    school = WithResults(tmp_path, pupils=2)
    school.take(1, points(1))
    with school.opened() as beside:
        beside.db.execute("update pupil set surname = 'Testerly', date_of_birth = '2018-0' || id || '-01'")
    with open_as(tmp_path, HEAD) as home:
        assert pupil_report(home, "page", 1).name == "Testerly, Amy (born 1 January 2018)"
        assert class_report(home, "page").names[2] == "Testerly, Amy (born 1 February 2018)"


def test_progress_has_the_days_of_the_school(tmp_path: Path) -> None:
    """The goes of "try it out", and the check, in their order."""
    school = WithResults(tmp_path)
    school.take(1, points(1), kind=Kind.TRY, days=-14)
    school.take(1, points(4))
    school.take(1, points(2), kind=Kind.TRY, days=3)
    with open_as(tmp_path, HEAD, "2027-06-30T09:00:00Z") as home:
        goes = pupil_report(home, "page", 1).goes
    assert [(one.day.isoformat(), one.go.score, one.go.is_check) for one in goes] == [
        ("2027-05-24", 1, False),
        ("2027-06-07", 4, True),
        ("2027-06-10", 2, False),
    ]


def test_a_report_in_a_file_is_noted_each_time(tmp_path: Path) -> None:
    """A file can be handed on."""
    school = two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        for _ in range(2):
            pupil_report(home, FILE, 1)
    assert [where for _, where, _ in school.audited("results.shown")] == [FILE, FILE]

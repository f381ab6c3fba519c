"""Reports hold what the account may see, and nothing before its time."""

from pathlib import Path

import pytest

from mtc_kiosk.office.reports import class_report, governors_report, pupil_report, sides, write_report
from mtc_kiosk.school.obstacle import ObstacleCode, Refused

from .as_staff import HEAD, open_as
from .with_results import two_groups


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
    assert (found.with_reason, found.still_to_come) == (1, 2)
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


def test_a_report_is_written_whole(tmp_path: Path) -> None:
    """Under the name that was asked for."""
    two_groups(tmp_path / "home")
    with open_as(tmp_path / "home", HEAD) as home:
        assert write_report(home, tmp_path / "a.html", b"<p>").read_bytes() == b"<p>"

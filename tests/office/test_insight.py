"""Insight is of the checks that count alone, and is a showing of results."""

from pathlib import Path

import pytest

from mtc_kiosk.office import assistants, notes
from mtc_kiosk.office.insight import insight_of_class
from mtc_kiosk.school.obstacle import Refused

from .as_staff import HEAD, TEACHER, open_as
from .with_results import two_groups

NATIONAL = "window: {check_closes: 2027-06-18}\nresults: after_window\n"


def test_a_pupil_with_two_checks_has_no_insight_and_is_named(tmp_path: Path) -> None:
    """Until a head has chosen, neither check is in any figure."""
    two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        found = insight_of_class(home, "page")
    assert list(found.insight.pupils) == [1]
    assert [pupil.id for pupil in found.two] == [2]
    assert found.insight.full_marks == 1
    assert found.insight.distribution is not None
    assert found.insight.distribution.pupils == 1


def test_answers_have_the_times_of_the_journal(tmp_path: Path) -> None:
    """Results have none; insight reads the keys as they were pressed."""
    two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        answers = insight_of_class(home, "page").insight.pupils[1].attempt.answers
    assert [answer.right for answer in answers] == [True] * 4
    assert all(answer.think_ms is not None for answer in answers)


def test_a_note_and_an_assistant_reach_insight(tmp_path: Path) -> None:
    """Where somebody typed no time is the pupil's; a note is a reason to look twice."""
    two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        assistants.add(home, 1, "Ann", "Testerly", "Broke a wrist that morning")
        notes.add(home, 1, "Was unwell")
        one = insight_of_class(home, "page").insight.pupils[1]
    assert one.attempt.assisted
    assert one.times.think_ms is None
    assert [str(doubt.reason) for doubt in one.doubts] == ["note"]


def test_insight_is_audited_as_results_are(tmp_path: Path) -> None:
    """With where it was shown, and the pupils with a score."""
    school = two_groups(tmp_path)
    with open_as(tmp_path, TEACHER) as home:
        insight_of_class(home, "report")
    ((_, where, after),) = school.audited("results.shown")
    assert (where, '"scores": [1]' in after or '"scores":[1]' in after) == ("report", True)


def test_there_is_no_insight_before_the_release(tmp_path: Path) -> None:
    """It would give the scores away."""
    two_groups(tmp_path)
    (tmp_path / "config" / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    with open_as(tmp_path, HEAD, "2027-06-21T04:59:59Z") as home, pytest.raises(Refused):
        insight_of_class(home, "page")


def test_a_group_without_checks_has_an_empty_insight(tmp_path: Path) -> None:
    """Nobody in it took the check."""
    two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        found = insight_of_class(home, "page", "4B")
    assert (dict(found.insight.pupils), found.insight.distribution, found.two) == ({}, None, ())

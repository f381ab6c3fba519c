"""The list of results: who sees which, what is said of each, and when showing it is noted."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mtc_kiosk.office.conflicts import choose
from mtc_kiosk.office.results_list import ListOrder, kept_back, results_listed
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.staff import Role, Staff, staff_of
from tests.check.robot import PLAIN, Robot

from .acting import HEAD
from .as_staff import open_as
from .with_results import AFTERNOON, WithResults, points, two_groups

TEACHER = staff_of("t.teacher", Role.TEACHER)
OF_4B = Staff("t.four-b", frozenset({Role.TEACHER}), frozenset({"4B"}))
NATIONAL = "window: {check_closes: 2027-06-18}\nresults: after_window\n"


@pytest.fixture
def school(tmp_path: Path) -> WithResults:
    """Of two pupils in 4A one has all right and one took two checks; in 4B one has a reason, one has done nothing."""
    return two_groups(tmp_path / "home")


def test_each_pupil_has_a_line(school: WithResults) -> None:
    """With a score where there is one; not of two checks."""
    with open_as(school.root, HEAD, AFTERNOON) as home:
        found = results_listed(home)
    assert [(line.name, line.score, line.out_of) for line in found.lines] == [
        ("Testerly-1, Amy", 4, 4),
        ("Testerly-2, Amy", None, 25),
        ("Testerly-3, Amy", None, 25),
        ("Testerly-4, Amy", None, 25),
    ]
    assert [line.has_two for line in found.lines] == [False, True, False, False]
    assert "No score until a head has chosen." in found.lines[1].happened
    assert (found.scores, found.with_reason, found.two_checks, found.still_to_come) == ((4,), 1, 1, 1)
    assert (found.average, found.middle, found.are_alike) == ("4.0", "4", True)
    assert found.groups == ("4A", "4B")


def test_scores_under_changed_rules_are_marked_and_not_averaged_with_others(school: WithResults) -> None:
    """An average of both would be of neither."""
    robot = Robot(replace(PLAIN, changed_rules=True))
    robot.reach_end()
    school.take(4, robot)
    with open_as(school.root, HEAD, AFTERNOON) as home:
        found = results_listed(home)
    assert [line.changed_rules for line in found.lines] == [False, False, False, True]
    assert "Not under the national rules." in found.lines[3].happened
    assert not found.are_alike


def test_namesakes_are_told_apart(school: WithResults) -> None:
    """Also by a pupil of another group, whom the list does not show."""
    with school.opened() as home:
        home.db.execute("update pupil set surname = 'Testerly-1', date_of_birth = '2017-09-02' where id = 4")
    with open_as(school.root, HEAD, AFTERNOON) as home:
        assert results_listed(home, "4A").lines[0].name == "Testerly-1, Amy (born 14 March 2017)"


@pytest.mark.parametrize(
    ("order", "ids"),
    [(ListOrder.NAME, [1, 2, 3, 4]), (ListOrder.SCORE, [4, 1, 2, 3]), (ListOrder.STATUS, [3, 1, 4, 2])],
)
def test_a_list_can_be_sorted(school: WithResults, order: ListOrder, ids: list[int]) -> None:
    """By name, by score with the lowest first and those without last, by status."""
    school.take(4, points(2))
    with open_as(school.root, HEAD, AFTERNOON) as home:
        found = results_listed(home, order=order)
    assert [line.pupil.id for line in found.lines] == ids
    if order is ListOrder.SCORE:
        assert found.middle == "3"


def test_a_middle_between_two_scores_is_a_half(school: WithResults) -> None:
    """As in the figures above a list."""
    school.take(4, points(1))
    with open_as(school.root, HEAD, AFTERNOON) as home:
        found = results_listed(home)
    assert (found.scores, found.average, found.middle) == ((4, 1), "2.5", "2½")


def test_a_teacher_has_the_results_of_own_groups(school: WithResults) -> None:
    """No line and no group of another, and the audit names only those that were shown."""
    with open_as(school.root, OF_4B, AFTERNOON) as home:
        found = results_listed(home)
        assert results_listed(home, "4A").lines == ()
    assert ([line.pupil.id for line in found.lines], found.groups) == ([3, 4], ("4B",))
    assert [json.loads(after) for _, _, after in school.audited("results.shown")] == [{"pupils": 2, "scores": []}]


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN, Role.SENCO, Role.COVER])
def test_who_may_not_see_results_sees_none(school: WithResults, role: Role) -> None:
    """Whatever asks in their name."""
    with open_as(school.root, staff_of("o.other", role), AFTERNOON) as home:
        assert results_listed(home).lines == ()


def test_looking_again_is_one_showing(school: WithResults) -> None:
    """Sorting and filtering leave no further row on that day; another account, and another day, do."""
    with open_as(school.root, TEACHER, AFTERNOON) as home:
        for order in ListOrder:
            results_listed(home, order=order)
        results_listed(home, "4A")
    with open_as(school.root, HEAD, AFTERNOON) as home:
        results_listed(home)
    with open_as(school.root, TEACHER, "2027-06-08T08:00:00Z") as home:
        results_listed(home)
    assert [account for account, _, _ in school.audited("results.shown")] == ["t.teacher", "h.head", "t.teacher"]


def test_a_group_first_and_then_all_is_two_showings(school: WithResults) -> None:
    """The second one shows scores that the first did not."""
    with open_as(school.root, TEACHER, AFTERNOON) as home:
        results_listed(home, "4B")
        results_listed(home)
    said = [json.loads(after) for _, _, after in school.audited("results.shown")]
    assert said == [{"pupils": 2, "scores": []}, {"pupils": 4, "scores": [1]}]


def test_a_score_that_may_have_changed_is_a_new_showing(school: WithResults) -> None:
    """A choice of a head shows another pupil's; a check that came in may replace the one that was seen."""
    with open_as(school.root, HEAD, AFTERNOON) as home:
        results_listed(home)
        digits = school.take(1, points(1))
    with open_as(school.root, HEAD, "2027-06-07T14:05:00Z") as home:
        results_listed(home)
        choose(home, digits, "The first was a mistake.")
    with open_as(school.root, HEAD, "2027-06-07T14:10:00Z") as home:
        assert results_listed(home).lines[0].score == 1
    assert [json.loads(after)["scores"] for _, _, after in school.audited("results.shown")] == [[1], [1]]


def test_before_their_release_there_is_no_score(school: WithResults) -> None:
    """How many checks are in and safe, and who is missing, by status alone."""
    (school.home.config_dir / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    with open_as(school.root, HEAD, AFTERNOON) as home:
        with pytest.raises(Refused):
            results_listed(home)
        kept = kept_back(home)
    assert kept is not None
    assert (kept.safe, kept.with_reason, kept.total) == (1, 1, 4)
    assert [one.pupil.id for one in kept.missing] == [2, 4]
    assert "Monday 21 June 2027 at 06:00" in kept.sentence
    with open_as(school.root, OF_4B, AFTERNOON) as home:
        kept = kept_back(home)
    assert kept is not None
    assert (kept.safe, [one.pupil.id for one in kept.missing]) == (0, [4])


def test_released_results_are_not_kept_back(school: WithResults) -> None:
    """At once under the school's own scheme."""
    with open_as(school.root, HEAD, AFTERNOON) as home:
        assert kept_back(home) is None

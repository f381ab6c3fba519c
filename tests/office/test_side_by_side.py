"""Two classes or two days side by side: what can be chosen, whose gap may be judged, and what is noted."""

from dataclasses import replace
from pathlib import Path

import pytest

from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.export.reports.content import SideBySide
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.reports import side_by_side, sides
from mtc_kiosk.office.side_by_side import OTHER_LENGTHS, OTHER_RULES, SAME_CHECKS, SMALL_SIDE, TOO_FEW
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.staff import Role, Staff
from tests.check.robot import PLAIN, SPARES, Robot

from .as_staff import HEAD, open_as
from .test_insight import NATIONAL
from .with_results import WithResults, points, two_groups

TEACHER_OF_4A = Staff("t.teacher", frozenset({Role.TEACHER}), frozenset({"4A"}))
LATER = "2027-06-30T09:00:00Z"


@pytest.fixture
def school(tmp_path: Path) -> WithResults:
    """Two in each of 4A and 4B took the check, on three days; two tried it out before, one of them twice in a day."""
    made = WithResults(tmp_path, pupils=5)
    made.take(1, points(1), kind=Kind.TRY, days=-7)
    made.take(1, points(2), kind=Kind.TRY, days=-7)
    made.take(3, points(3), kind=Kind.TRY, days=-7)
    made.take(1, points(4))
    made.take(2, points(3))
    made.take(3, points(1), days=1)
    made.take(4, points(2), days=2)
    return made


def titles(root: Path, staff: Staff = HEAD) -> list[str]:
    """What the account may choose from."""
    with open_as(root, staff, LATER) as home:
        return [side.title for side in sides(home)]


def compared(root: Path, one: str, other: str, staff: Staff = HEAD) -> SideBySide:
    """Two sides by the titles in a list."""
    with open_as(root, staff, LATER) as home:
        keys = {side.title: side.key for side in sides(home)}
        return side_by_side(home, "page", keys[one], keys[other])


def test_what_can_be_chosen(school: WithResults) -> None:
    """The check and each day of it, then each day of "try it out"; a group only where it is not everybody."""
    assert titles(school.root) == [
        "All pupils, the check",
        "4A, the check",
        "4B, the check",
        "All pupils, the check on 7 June 2027",
        "All pupils, the check on 8 June 2027",
        "All pupils, the check on 9 June 2027",
        "All pupils, try it out on 31 May 2027",
        "4A, try it out on 31 May 2027",
        "4B, try it out on 31 May 2027",
    ]


def test_one_day_of_checks_is_not_offered_beside_the_check_itself(tmp_path: Path) -> None:
    """It is the same."""
    two_groups(tmp_path)
    assert titles(tmp_path) == ["All pupils, the check"]


def test_a_teacher_chooses_among_their_own_pupils(school: WithResults) -> None:
    """And cannot have another side by its key."""
    assert titles(school.root, TEACHER_OF_4A) == [
        "All your pupils, the check",
        "All your pupils, try it out on 31 May 2027",
    ]
    with open_as(school.root, HEAD, LATER) as home:
        other = next(side.key for side in sides(home) if side.title == "4B, the check")
    with open_as(school.root, TEACHER_OF_4A, LATER) as home, pytest.raises(OfficeRefused, match="is not there"):
        side_by_side(home, "page", "official/all/", other)


def test_two_classes(school: WithResults) -> None:
    """Each with its own figures; the gap is of their averages."""
    found = compared(school.root, "4A, the check", "4B, the check")
    assert (found.one.pupils, found.one.average, found.other.average) == (2, 3.5, 1.5)
    assert found.one.distribution is not None
    assert found.one.distribution.counts == (0, 0, 0, 1, 1)
    assert found.gap is not None
    assert found.gap.marks == pytest.approx(2)
    assert (found.same_pupils, found.why_no_gap) == (0, "")
    assert found.about.notes == (SMALL_SIDE,)


def test_a_class_beside_the_school_it_is_part_of_has_no_gap(school: WithResults) -> None:
    """The same checks on both sides hide a part of any gap, so none is judged."""
    found = compared(school.root, "All pupils, the check", "4A, the check")
    assert (found.gap, found.why_no_gap) == (None, SAME_CHECKS)
    assert (found.same_pupils, found.about.notes) == (2, ("On both sides: 2 pupils.", SMALL_SIDE))


def test_of_two_goes_on_one_day_the_last_counts(school: WithResults) -> None:
    """A pupil is on a side once."""
    found = compared(school.root, "4A, try it out on 31 May 2027", "4B, try it out on 31 May 2027")
    assert (found.one.pupils, found.one.average) == (1, 2)
    assert (found.gap, found.why_no_gap) == (None, TOO_FEW)


def test_two_days_of_the_same_pupils_say_so(school: WithResults) -> None:
    """A pupil and the same pupil later."""
    found = compared(school.root, "All pupils, the check", "All pupils, try it out on 31 May 2027")
    assert found.same_pupils == 2
    assert found.about.notes[0].startswith("On both sides: 2 pupils.")


def test_the_change_of_five_pupils_on_both_sides(tmp_path: Path) -> None:
    """Of the pupils on both sides alone, in either order; not of four, nor of checks of two lengths."""
    school = WithResults(tmp_path, pupils=6)
    for pupil in range(1, 6):
        school.take(pupil, points(1), kind=Kind.TRY, days=-7)
        school.take(pupil, points(2 + pupil % 2))
    school.take(6, points(4))
    check, tried = "All pupils, the check", "All pupils, try it out on 31 May 2027"
    assert compared(tmp_path, check, tried).change_of_same == pytest.approx(1.6)
    assert compared(tmp_path, tried, check).change_of_same == pytest.approx(-1.6)
    assert compared(tmp_path, "4A, the check", tried).change_of_same is None
    robot = Robot(form=Form("short", (Item(7, 8), Item(6, 9)), SPARES))
    robot.reach_end()
    school.take(5, robot, kind=Kind.TRY, days=-7)
    assert compared(tmp_path, check, tried).change_of_same is None


def test_only_scores_of_checks_are_noted(school: WithResults) -> None:
    """A go of "try it out" is no result."""
    compared(school.root, "4A, try it out on 31 May 2027", "4B, try it out on 31 May 2027")
    compared(school.root, "4B, the check", "4A, try it out on 31 May 2027")
    compared(school.root, "4B, the check", "4A, try it out on 31 May 2027")
    assert [after for *_, after in school.audited("results.shown")] == [
        '{"pupils":0,"scores":[]}',
        '{"pupils":2,"scores":[3,4]}',
    ]


def test_checks_of_other_lengths_have_no_gap(school: WithResults) -> None:
    """Nor an average where they are on one side."""
    robot = Robot(form=Form("short", (Item(7, 8), Item(6, 9)), SPARES))
    robot.reach_end()
    school.take(5, robot)
    found = compared(school.root, "4A, the check", "4B, the check")
    assert (found.gap, found.why_no_gap) == (None, OTHER_LENGTHS)
    assert (found.other.distribution, found.other.average) == (None, None)


def test_checks_under_other_rules_have_no_gap(school: WithResults) -> None:
    """A longer time is another check."""
    robot = Robot(replace(PLAIN, changed_rules=True))
    robot.reach_end()
    school.take(5, robot)
    found = compared(school.root, "4A, the check", "4B, the check")
    assert (found.gap, found.why_no_gap) == (None, OTHER_RULES)
    assert found.other.distribution is None


def test_a_pupil_with_two_checks_is_on_no_side(school: WithResults) -> None:
    """Until a head has chosen."""
    school.take(2, points(1), "hall-2")
    found = compared(school.root, "4A, the check", "4B, the check")
    assert (found.one.pupils, found.one.average) == (1, 4)


def test_the_same_side_twice_is_refused(school: WithResults) -> None:
    """There is nothing to compare."""
    with pytest.raises(OfficeRefused, match="the same side twice"):
        compared(school.root, "4A, the check", "4A, the check")


def test_nothing_is_compared_before_the_release(school: WithResults) -> None:
    """Not even what there is to choose from."""
    (school.root / "config" / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    with open_as(school.root, HEAD, "2027-06-21T04:59:59Z") as home:
        with pytest.raises(Refused):
            sides(home)
        with pytest.raises(Refused):
            side_by_side(home, "page", "official/all/4A", "official/all/4B")
    assert school.audited("results.shown") == []


def test_twelve_and_twelve_have_a_gap_that_can_be_judged(tmp_path: Path) -> None:
    """Without a word about small sides."""
    school = WithResults(tmp_path, pupils=24)
    school.in_group("4A", range(1, 13))
    for pupil in range(1, 25):
        school.take(pupil, points(4 if pupil <= 12 else pupil % 2))
    found = compared(tmp_path, "4A, the check", "4B, the check")
    assert found.gap is not None
    assert found.gap.is_more
    assert found.about.notes == ()

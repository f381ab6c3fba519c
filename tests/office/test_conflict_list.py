"""The conflicts as a page lists them: no scores, a teacher's own groups, and a choice between what was seen."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mtc_kiosk.office.conflict_list import TwoChecks, conflicts_listed, two_checks_of, two_records_with
from mtc_kiosk.office.conflicts import choose, undo
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.rivals import NotSettled
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.db.times import written

from .acting import HEAD
from .as_staff import open_as
from .with_results import AFTERNOON, WithResults, begun_at, points

TEACHER = staff_of("t.teacher", Role.TEACHER)
WHY = "She had the wrong slip."


@pytest.fixture
def school(tmp_path: Path) -> WithResults:
    """A pupil of 4A took two checks, at hall-1 and ten minutes later at hall-2."""
    school = WithResults(tmp_path / "home")
    school.take(1, points(4))
    school.take(2, points(4))
    school.take(2, points(1), "hall-2")
    return school


def test_two_checks_are_listed_with_where_and_when(school: WithResults) -> None:
    """And which is proposed, to everybody who may see results."""
    with open_as(school.root, TEACHER, AFTERNOON) as home:
        (one,) = conflicts_listed(home).checks
    assert (one.pupil.id, one.name, one.is_open, one.by, one.at, one.lost) == (2, "Testerly-2, Amy", True, "", None, 0)
    assert [(each.kiosk, each.state, each.counts, each.is_proposed) for each in one.checks] == [
        ("hall-1", "complete", False, True),
        ("hall-2", "complete", False, False),
    ]
    first, second = (written(each.at) for each in one.checks)
    assert begun_at(2) < first < begun_at(3) < second


def test_a_choice_counts_and_can_be_changed_and_taken_back(school: WithResults) -> None:
    """In the head's name, with the reason."""
    with open_as(school.root, HEAD, AFTERNOON) as home:
        before = conflicts_listed(home).checks[0]
        choose(home, before.checks[1].number, WHY, before.version)
        (chosen,) = conflicts_listed(home).checks
        assert (chosen.is_open, chosen.by, chosen.why) == (False, "by h.head", WHY)
        assert [(each.kiosk, each.counts) for each in chosen.checks] == [("hall-2", True), ("hall-1", False)]
        choose(home, chosen.checks[1].number, "It was the other one.", chosen.version)
        changed = two_checks_of(home, 2)
        assert changed is not None
        assert [each.kiosk for each in changed.checks] == ["hall-1", "hall-2"]
        undo(home, 2, "Ask her first.", changed.version)
        assert conflicts_listed(home).open_checks == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda home, seen: choose(home, seen.checks[0].number, "I did not know.", seen.version),
        lambda home, seen: undo(home, 2, "I did not know.", seen.version),
    ],
)
def test_what_another_head_did_meanwhile_is_not_overwritten(
    school: WithResults, act: Callable[[OpenHome, TwoChecks], object]
) -> None:
    """The second of two is refused, and the first one's choice stays."""
    with open_as(school.root, HEAD, AFTERNOON) as home:
        seen = conflicts_listed(home).checks[0]
        choose(home, seen.checks[1].number, WHY, seen.version)
        with pytest.raises(NotSettled, match="changed while you looked"):
            act(home, seen)
        assert conflicts_listed(home).checks[0].checks[0].kiosk == "hall-2"


def test_a_check_that_came_in_meanwhile_is_looked_at_first(school: WithResults) -> None:
    """A choice between two is not one between three."""
    with open_as(school.root, HEAD, AFTERNOON) as home:
        seen = conflicts_listed(home).checks[0]
    school.take(2, points(2), "hall-3")
    with open_as(school.root, HEAD, AFTERNOON) as home, pytest.raises(NotSettled, match="changed while you looked"):
        choose(home, seen.checks[0].number, WHY, seen.version)


def test_a_teacher_sees_the_conflicts_of_own_groups(school: WithResults) -> None:
    """Nothing of another group."""
    of_4b = Staff("t.four-b", frozenset({Role.TEACHER}), frozenset({"4B"}))
    with open_as(school.root, of_4b, AFTERNOON) as home:
        assert conflicts_listed(home).checks == ()
        assert two_checks_of(home, 2) is None


def test_it_is_said_that_a_score_was_shown_before(school: WithResults) -> None:
    """So that a head knows that the choice may be doubted."""
    with open_as(school.root, HEAD, AFTERNOON) as home:
        assert not conflicts_listed(home).checks[0].score_was_shown
        home.db.execute(
            "insert into audit (at, account, action, subject, after) values (?, 'cli', 'results.shown', 'csv', ?)",
            (AFTERNOON.replace("Z", ".000Z"), '{"pupils":1,"scores":[2]}'),
        )
        assert conflicts_listed(home).checks[0].score_was_shown


def test_a_number_that_no_record_has_is_no_conflict(school: WithResults) -> None:
    """Also not where an address was typed by hand."""
    with open_as(school.root, HEAD, AFTERNOON) as home:
        assert two_records_with(home, "0" * 12) is None
        assert two_checks_of(home, 1) is None

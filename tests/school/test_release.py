"""When results may be seen: at once, or from a Monday on, by the school's clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mtc_kiosk.school.obstacle import ObstacleCode
from mtc_kiosk.school.release import results_bar, results_open_at
from mtc_kiosk.school.timetable import Timetable
from tests.school.known import LONDON, NATIONAL, NOW, OWN

MONDAY = datetime(2027, 6, 21, 6, tzinfo=LONDON)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("closes", "monday"), [(18, 21), (20, 21), (21, 28), (13, 14)])
def test_results_open_on_the_monday_after_the_week_the_check_closes_in(closes: int, monday: int) -> None:
    """At six in the morning: the Monday of the week that holds the day seven days after the last (reference 9.1)."""
    timetable = replace(NATIONAL, check_closes=date(2027, 6, closes))
    assert results_open_at(timetable) == datetime(2027, 6, monday, 6, tzinfo=LONDON)


def test_without_a_last_day_no_monday_is_known() -> None:
    """A school's own check is open all year."""
    assert results_open_at(OWN) is None


@pytest.mark.parametrize("timetable", [OWN, NATIONAL])
def test_a_school_that_does_not_wait_sees_results_at_once(timetable: Timetable) -> None:
    """Whatever its dates are."""
    assert results_bar(timetable, NOW, after_window=False) is None


def test_results_that_wait_open_at_that_second() -> None:
    """Not a second before; the sentence has the school's own time."""
    bar = results_bar(NATIONAL, MONDAY.astimezone(UTC) - SECOND, after_window=True)
    assert bar is not None
    assert bar.code is ObstacleCode.NOT_RELEASED
    assert bar.sentence == "Results come out on Monday 21 June 2027 at 06:00 (school.yaml, results)."
    assert results_bar(NATIONAL, MONDAY.astimezone(UTC), after_window=True) is None


def test_results_that_wait_for_a_last_day_that_nobody_set_do_not_come_out() -> None:
    """However much time passes."""
    bar = results_bar(OWN, NOW + timedelta(days=1000), after_window=True)
    assert bar is not None
    assert bar.sentence == "Results come out after the last day of the check (school.yaml, results)."

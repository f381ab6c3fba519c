"""When the register may be changed, and when results may be seen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mtc_kiosk.school.obstacle import ObstacleCode
from mtc_kiosk.school.phases import register_obstacle, results_obstacle, results_open_at
from mtc_kiosk.school.timetable import Timetable
from tests.school import known
from tests.school.known import LONDON, NOW

NATIONAL = Timetable(
    zone=ZoneInfo("Europe/London"),
    national=True,
    register_opens=date(2027, 4, 12),
    check_closes=date(2027, 6, 18),
    register_closes=date(2027, 7, 2),
)
OWN = Timetable(zone=ZoneInfo("Europe/London"), register_opens=date(2027, 4, 12), check_closes=date(2027, 6, 18))


def why(
    timetable: Timetable, month: int, day: int, hour: int = 12, *, many: bool = False, declared: bool = False
) -> ObstacleCode | None:
    """What stands in the way at this hour of 2027, by UTC."""
    obstacle = register_obstacle(timetable, datetime(2027, month, day, hour, tzinfo=UTC), many=many, declared=declared)
    return obstacle.code if obstacle is not None else None


@pytest.mark.parametrize("many", [True, False])
def test_the_register_opens_at_midnight_of_the_schools_own_clocks(many: bool) -> None:
    """In summer 23:00 by UTC is the next day."""
    assert why(NATIONAL, 4, 11, 22, many=many) is ObstacleCode.NOT_OPEN_YET
    assert why(NATIONAL, 4, 11, 23, many=many) is None


def test_class_lists_are_taken_until_the_check_closes_and_pupils_until_the_register_does() -> None:
    """The last day counts as a whole."""
    assert why(NATIONAL, 6, 18, 22, many=True) is None
    assert why(NATIONAL, 6, 18, 23, many=True) is ObstacleCode.CLOSED
    assert why(NATIONAL, 7, 2, 22) is None
    assert why(NATIONAL, 7, 2, 23) is ObstacleCode.CLOSED


def test_a_signed_declaration_closes_the_register_under_the_national_scheme() -> None:
    """What the head has signed for stays as it is."""
    assert why(NATIONAL, 5, 1, declared=True) is ObstacleCode.CLOSED
    assert why(OWN, 5, 1, declared=True) is None


def test_the_schools_own_scheme_has_no_dates_unless_they_are_written() -> None:
    """The next class may come onto the register as soon as the last one is through."""
    assert why(Timetable(), 1, 1, many=True) is None
    assert why(OWN, 6, 30, many=True) is None
    assert why(OWN, 4, 1, many=True) is ObstacleCode.NOT_OPEN_YET


MONDAY = datetime(2027, 6, 21, 6, tzinfo=LONDON)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("closes", "monday"), [(18, 21), (20, 21), (21, 28), (13, 14)])
def test_results_open_on_the_monday_after_the_week_the_check_closes_in(closes: int, monday: int) -> None:
    """At six in the morning: the Monday of the week that holds the day seven days after the last (reference 9.1)."""
    timetable = replace(known.NATIONAL, check_closes=date(2027, 6, closes))
    assert results_open_at(timetable) == datetime(2027, 6, monday, 6, tzinfo=LONDON)


def test_without_a_last_day_no_monday_is_known() -> None:
    """A school's own check is open all year."""
    assert results_open_at(known.OWN) is None


@pytest.mark.parametrize("timetable", [known.OWN, known.NATIONAL])
def test_a_school_that_does_not_wait_sees_results_at_once(timetable: Timetable) -> None:
    """Whatever its dates are."""
    assert results_obstacle(timetable, NOW, after_window=False) is None


def test_results_that_wait_open_at_that_second() -> None:
    """Not a second before; the sentence has the school's own time."""
    obstacle = results_obstacle(known.NATIONAL, MONDAY.astimezone(UTC) - SECOND, after_window=True)
    assert obstacle is not None
    assert obstacle.code is ObstacleCode.NOT_RELEASED
    assert obstacle.sentence == "Results can be seen on Monday 21 June 2027 at 06:00 (school.yaml, results)."
    assert results_obstacle(known.NATIONAL, MONDAY.astimezone(UTC), after_window=True) is None


def test_results_that_wait_for_a_last_day_that_nobody_set_do_not_come_out() -> None:
    """However much time passes."""
    obstacle = results_obstacle(known.OWN, NOW + timedelta(days=1000), after_window=True)
    assert obstacle is not None
    assert obstacle.sentence == "Results can be seen after the last day of the check (school.yaml, results)."

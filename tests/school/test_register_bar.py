"""When the register may be changed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from mtc_kiosk.school.obstacle import ObstacleCode
from mtc_kiosk.school.register_bar import register_bar
from mtc_kiosk.school.timetable import Timetable

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
    bar = register_bar(timetable, datetime(2027, month, day, hour, tzinfo=UTC), many=many, declared=declared)
    return bar.code if bar is not None else None


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

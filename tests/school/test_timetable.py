"""When a session may be started, how long it lasts, and when staff may do what: in the school's own time zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.timetable import Timetable
from tests.school.known import LONDON, NATIONAL, NOW, OWN


def at(hour: int, minute: int = 0, *, day: int = 7) -> datetime:
    """A time in June 2027 by the clocks of London."""
    return datetime(2027, 6, day, hour, minute, tzinfo=LONDON)


def why(timetable: Timetable, now: datetime, kind: Kind = Kind.OFFICIAL, day: date | None = None) -> ObstacleCode:
    """Why no session may be started then."""
    with pytest.raises(Refused) as refused:
        timetable.session_times(kind, now, day, None)
    return refused.value.obstacles[0].obstacle.code


def test_a_session_ends_at_four_unless_told() -> None:
    """It opens at once and closes at 16:00 by the school's clocks, an hour earlier in UTC in summer."""
    times = OWN.session_times(Kind.OFFICIAL, NOW, None, None)
    assert times.opens_at == NOW
    assert times.closes_at == datetime(2027, 6, 7, 15, 0, tzinfo=UTC)


def test_in_winter_four_is_four() -> None:
    """The school's clocks, not a fixed offset."""
    times = OWN.session_times(Kind.OFFICIAL, datetime(2027, 1, 18, 9, tzinfo=UTC), None, None)
    assert times.closes_at == datetime(2027, 1, 18, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(("now", "ends"), [(at(15, 59), time(16)), (at(16), time(23, 59)), (at(22), time(23, 59))])
def test_where_four_has_passed_it_ends_at_the_end_of_the_day(now: datetime, ends: time) -> None:
    """An after-school club may take the check as well."""
    times = OWN.session_times(Kind.OFFICIAL, now, None, None)
    assert times.closes_at.astimezone(LONDON).time() == ends


def test_the_last_minute_of_a_day_is_too_late() -> None:
    """A session that would be over already is refused."""
    assert why(OWN, at(23, 59)) is ObstacleCode.TOO_LATE


def test_it_ends_when_it_is_told_to() -> None:
    """``--until`` is by the school's clocks."""
    times = OWN.session_times(Kind.OFFICIAL, NOW, None, time(11, 30))
    assert times.closes_at == at(11, 30)


def test_it_cannot_end_before_it_begins() -> None:
    """An end that has passed is refused, and one at this very moment."""
    for until in (time(9), time(10)):
        with pytest.raises(Refused, match="cannot end"):
            OWN.session_times(Kind.OFFICIAL, NOW, None, until)


def test_the_day_is_the_schools() -> None:
    """At 22:30 UTC it is tomorrow in Cyprus: tomorrow's date there is today."""
    cyprus = Timetable(ZoneInfo("Asia/Nicosia"))
    late = datetime(2027, 6, 7, 22, 30, tzinfo=UTC)
    assert cyprus.session_times(Kind.OFFICIAL, late, date(2027, 6, 8), None).opens_at == late
    assert why(cyprus, late, day=date(2027, 6, 7)) is ObstacleCode.PAST_DAY


def test_a_session_may_be_for_a_day_to_come() -> None:
    """It takes pupils in from the first minute of that day, so that slips can be printed the evening before."""
    times = OWN.session_times(Kind.OFFICIAL, NOW, date(2027, 6, 9), None)
    assert (times.opens_at, times.closes_at) == (at(0, day=9), at(16, day=9))


def test_a_day_that_is_past_is_refused() -> None:
    """Yesterday's session is not started today."""
    assert why(OWN, NOW, day=date(2027, 6, 6)) is ObstacleCode.PAST_DAY


def test_hours_that_a_school_writes_hold_under_its_own_scheme() -> None:
    """PINs are made from, pupils sign in from, and both lapse at, the hours of school.yaml."""
    hours = replace(OWN, pins_from=time(7), sign_in_from=time(9), until=time(15, 30))
    assert why(hours, at(6, 59)) is ObstacleCode.TOO_EARLY
    times = hours.session_times(Kind.OFFICIAL, at(7), None, None)
    assert (times.opens_at, times.closes_at) == (at(9), at(15, 30))
    with pytest.raises(Refused, match="PINs ended at 15:30"):
        hours.session_times(Kind.OFFICIAL, at(15, 30), None, None)
    assert hours.session_times(Kind.OFFICIAL, at(9), None, time(15, 30)).closes_at == at(15, 30)
    with pytest.raises(Refused, match="must end by 15:30"):
        hours.session_times(Kind.OFFICIAL, at(9), None, time(15, 31))


def test_a_day_to_come_keeps_the_hours_of_signing_in() -> None:
    """Its session opens when pupils may sign in, whatever time it is now."""
    hours = replace(OWN, pins_from=time(7), sign_in_from=time(9), until=time(15, 30))
    times = hours.session_times(Kind.OFFICIAL, at(18), date(2027, 6, 8), None)
    assert (times.opens_at, times.closes_at) == (at(9, day=8), at(15, 30, day=8))


@pytest.mark.parametrize(
    ("now", "refused"),
    [(at(5, 59), ObstacleCode.TOO_EARLY), (at(16), ObstacleCode.TOO_LATE), (at(9, day=19), ObstacleCode.CLOSED)],
)
def test_the_national_hours_and_dates(now: datetime, refused: ObstacleCode) -> None:
    """PINs from 6 in the morning until 4 in the afternoon, within the dates of the check."""
    assert why(NATIONAL, now) is refused


def test_the_last_day_of_the_check_is_one_of_its_days() -> None:
    """As is the first."""
    for day in (7, 18):
        assert NATIONAL.session_times(Kind.OFFICIAL, at(9, day=day), None, None).closes_at == at(16, day=day)


def test_national_pins_work_from_eight() -> None:
    """One made at seven opens nothing before eight."""
    times = NATIONAL.session_times(Kind.OFFICIAL, at(7), None, None)
    assert (times.opens_at, times.closes_at) == (at(8), at(16))


def test_the_check_and_trying_it_out_have_dates_of_their_own() -> None:
    """In May pupils may try it out, and not take the check."""
    may = datetime(2027, 5, 10, 9, tzinfo=UTC)
    assert why(NATIONAL, may) is ObstacleCode.NOT_OPEN_YET
    assert NATIONAL.session_times(Kind.TRY, may, None, None).opens_at == may
    assert why(NATIONAL, datetime(2027, 4, 25, 9, tzinfo=UTC), Kind.TRY) is ObstacleCode.NOT_OPEN_YET


def test_national_pins_are_made_on_their_own_day() -> None:
    """Not for tomorrow."""
    assert why(NATIONAL, NOW, day=date(2027, 6, 8)) is ObstacleCode.OTHER_DAY


@pytest.mark.parametrize(
    ("day", "restarts", "reasons"),
    [
        (date(2027, 3, 21), ObstacleCode.NOT_OPEN_YET, ObstacleCode.NOT_OPEN_YET),
        (date(2027, 3, 22), ObstacleCode.NOT_OPEN_YET, None),
        (date(2027, 6, 7), None, None),
        (date(2027, 6, 18), None, None),
        (date(2027, 6, 19), ObstacleCode.CLOSED, None),
        (date(2027, 6, 26), ObstacleCode.CLOSED, ObstacleCode.CLOSED),
    ],
)
def test_restarts_and_reasons_have_their_dates(
    day: date, restarts: ObstacleCode | None, reasons: ObstacleCode | None
) -> None:
    """Restarts from the first to the last day of the check, reasons while the register is open; each day whole."""
    for clock in (time(0), time(23, 59)):
        now = NATIONAL.at(day, clock)
        found = NATIONAL.restarts_obstacle(now), NATIONAL.reasons_obstacle(now)
        assert tuple(obstacle.code if obstacle is not None else None for obstacle in found) == (restarts, reasons)


def test_without_dates_nothing_is_closed() -> None:
    """A school's own check is open all year."""
    assert OWN.restarts_obstacle(NOW) is None
    assert OWN.reasons_obstacle(NOW) is None
    assert not OWN.is_check_over(NOW)


def test_the_check_is_over_after_its_last_day() -> None:
    """That day counts whole."""
    assert not NATIONAL.is_check_over(at(23, 59, day=18))
    assert NATIONAL.is_check_over(at(0, day=19))

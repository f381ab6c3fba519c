"""Small words that sentences share: counts, dates and times."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from mtc_kiosk.school.words import counted, date_in_words, time_in_words


def test_one_is_not_several() -> None:
    """One is counted without a plural; a plural that is not made with an s is given."""
    assert [counted(count, "pupil") for count in (0, 1, 2)] == ["0 pupils", "1 pupil", "2 pupils"]
    assert counted(2, "child", "children") == "2 children"


def test_a_date_has_its_month_in_words_and_no_leading_zero() -> None:
    """Nobody can read it as the month first."""
    assert date_in_words(date(2017, 3, 4)) == "4 March 2017"


def test_a_time_is_said_by_the_schools_own_clocks() -> None:
    """In summer, an hour after UTC; at midnight the date is the next one."""
    late = datetime(2027, 6, 6, 23, 5, tzinfo=UTC)
    assert time_in_words(late, UTC) == "6 June 2027 at 23:05"
    assert time_in_words(late, ZoneInfo("Europe/London")) == "7 June 2027 at 00:05"

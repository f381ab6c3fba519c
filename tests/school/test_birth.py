"""Dates of birth, and who is of year 4."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.birth import (
    SAID,
    BirthFault,
    british,
    nationally_allowed,
    other_way_round,
    read_birth,
    school_year,
    year_four,
)
from tests.check.profile import QUICK

TODAY = date(2026, 6, 3)
BORN = date(2017, 3, 14)


@pytest.mark.parametrize("written", ["14/03/2017", "14/3/2017", " 14/03/2017 "])
def test_the_national_form_has_one_or_two_digits(written: str) -> None:
    """Day and month may have one digit; spaces around do not matter."""
    assert read_birth(written, TODAY, national=True) == BORN


OTHER_FORMS = (
    *("14-03-2017", "14.3.2017", "2017-03-14", "2017-03-14 00:00:00", "2017-03-14T00:00:00.000Z", "14 Mar 2017"),
    *("14 March 2017", "14-Mar-2017", "14/03/2017 00:00", "14 mar. 2017"),
    *("14-Mar-17", "14 Mar 17", "14th March 2017", "14.03.17", "14-3-17", "14 / 03 / 2017", "14\u201303\u20132017"),
)


@pytest.mark.parametrize("written", [*OTHER_FORMS, "14/03/17", "2017/3/14", "\u200e14/03/17\u200e"])
def test_other_systems_write_dates_in_other_ways(written: str) -> None:
    """The forms that exports have are read where the columns are another system's."""
    assert read_birth(written, TODAY, national=False) == BORN


@pytest.mark.parametrize("written", OTHER_FORMS)
def test_the_national_columns_have_the_national_form_alone(written: str) -> None:
    """There a date in another form is a mistake, which the national service would find too."""
    assert read_birth(written, TODAY, national=True) is BirthFault.NOT_A_DATE


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", BirthFault.MISSING),
        ("  ", BirthFault.MISSING),
        ("14 of March", BirthFault.NOT_A_DATE),
        ("aa/03/2017", BirthFault.NOT_A_DATE),
        ("42808", BirthFault.NOT_A_DATE),
        ("14/03/2017 23:00", BirthFault.TIME),
        ("14/03/2017 12:30 AM", BirthFault.TIME),
        ("2017-03-14T00:00:01Z", BirthFault.TIME),
        ("14/03/2017 00:01", BirthFault.TIME),
        ("114/03/2017", BirthFault.DAY),
        ("14/003/2017", BirthFault.MONTH),
        ("14/03/20176", BirthFault.YEAR),
        ("14/03/017", BirthFault.YEAR),
        ("14/03/0017", BirthFault.YEAR),
        ("14/03/1899", BirthFault.YEAR),
        ("32/01/2017", BirthFault.NO_SUCH_DAY),
        ("03/14/2017", BirthFault.SWAPPED),
        ("03/32/2017", BirthFault.NO_SUCH_DAY),
        ("13/13/2017", BirthFault.NO_SUCH_DAY),
        ("29/02/2017", BirthFault.NO_SUCH_DAY),
        ("0/0/2017", BirthFault.NO_SUCH_DAY),
        ("04/06/2026", BirthFault.FUTURE),
    ],
)
@pytest.mark.parametrize("national", [True, False])
def test_each_mistake_has_its_own_words(written: str, fault: BirthFault, national: bool) -> None:
    """The fault is named, whichever system wrote the columns."""
    assert read_birth(written, TODAY, national=national) is fault


def test_two_digits_are_a_year_of_this_century() -> None:
    """The national form needs four; a year to come is no year of the last century."""
    assert read_birth("14/03/17", TODAY, national=True) is BirthFault.YEAR
    assert read_birth("03/06/26", TODAY, national=False) == TODAY
    assert read_birth("04/06/26", TODAY, national=False) is BirthFault.FUTURE
    assert read_birth("14/03/99", TODAY, national=False) is BirthFault.FUTURE


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("04/05/2017", date(2017, 4, 5)),
        ("4.5.17", date(2017, 4, 5)),
        ("04/05/2017 00:00", date(2017, 4, 5)),
        ("13/05/2017", None),
        ("2017-05-04", None),
        ("4 May 2017", None),
        ("04/12/2025", date(2025, 4, 12)),
        ("06/12/2026", None),
    ],
)
def test_a_date_of_numbers_may_fit_the_other_way_round(written: str, other: date | None) -> None:
    """Not one whose day is no month, whose month is a word, whose year comes first, or that would be still to come."""
    assert other_way_round(written, TODAY) == other


def test_a_pupil_may_be_born_today() -> None:
    """The future begins tomorrow."""
    assert read_birth("03/06/2026", TODAY, national=True) == TODAY


def test_the_first_year_is_1900() -> None:
    """Before it a year is a slip of the pen."""
    assert read_birth("14/03/1900", TODAY, national=True) == date(1900, 3, 14)


def test_29_february_is_a_birthday() -> None:
    """In a leap year."""
    assert read_birth("29/02/2016", TODAY, national=True) == date(2016, 2, 29)


@pytest.mark.parametrize(
    ("today", "began"),
    [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2026, 1, 1), 2025), (date(2026, 12, 31), 2026)],
)
def test_the_school_year_begins_on_1_september(today: date, began: int) -> None:
    """31 August belongs to the year that ends."""
    assert school_year(today) == began


@pytest.mark.parametrize(
    ("born", "of_year_four", "allowed"),
    [
        (date(2015, 9, 1), False, False),
        (date(2015, 9, 2), False, True),
        (date(2016, 9, 1), False, True),
        (date(2016, 9, 2), True, True),
        (date(2017, 9, 1), True, True),
        (date(2017, 9, 2), False, True),
        (date(2018, 9, 1), False, True),
        (date(2018, 9, 2), False, False),
    ],
)
def test_the_national_services_own_dates_for_2025_to_2026(born: date, of_year_four: bool, allowed: bool) -> None:
    """Both ends of both ranges count."""
    assert (born in year_four(TODAY), born in nationally_allowed(TODAY)) == (of_year_four, allowed)


def test_every_fault_has_words_without_a_comma_or_a_full_stop() -> None:
    """Several share one cell, with commas between them."""
    assert set(SAID) == set(BirthFault)
    assert not any(set(",.") & set(said) for said in SAID.values())


@given(st.text(alphabet="0123456789/-. MarTZ:", max_size=25) | st.text(max_size=25), st.booleans())
@QUICK
def test_any_text_is_a_date_or_a_fault(text: str, national: bool) -> None:
    """Nothing that is written is an error of the program; a date is kept as the national columns have it."""
    read = read_birth(text, TODAY, national=national)
    assert isinstance(read, BirthFault) or read_birth(british(read), TODAY, national=True) == read


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
@QUICK
def test_year_four_lies_within_the_ages_allowed(today: date) -> None:
    """On every day of every year; a cohort is a year long."""
    four, allowed = year_four(today), nationally_allowed(today)
    assert allowed.first < four.first <= four.last < allowed.last
    assert four.last.replace(year=four.last.year - 1) + timedelta(days=1) == four.first

"""Each kind of value means what a teacher wrote, or is refused with a sentence; nothing in between."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BeforeValidator, TypeAdapter, ValidationError

from mtc_kiosk.config import written
from mtc_kiosk.config.written import Span


class Colour(StrEnum):
    """Two choices to choose from."""

    CREAM = "cream"
    BLUE = "blue"


KINDS = {
    "whole": written.whole(0, 25),
    "decimal": written.decimal(1, 60, 6, "seconds"),
    "span": written.span(0, 11),
    "yes_no": written.yes_no(),
    "one_line": written.one_line(10),
    "digits": written.one_line(3, pattern="[0-9]{3}", allowed="Write 3 digits."),
    "choice": written.choice(Colour),
    "date": written.calendar_date(),
    "time": written.time_of_day(),
}


def _read(kind: BeforeValidator, text: object) -> object:
    return written.read_as(kind, text)


def _refusal(kind: BeforeValidator, text: object) -> tuple[str, str]:
    with pytest.raises(ValidationError) as caught:
        _validate(kind)(text)
    (error,) = caught.value.errors()
    return str(error["ctx"]["code"]), str(error["ctx"]["sentence"])


def _validate(kind: BeforeValidator) -> Callable[[object], object]:
    return TypeAdapter(Annotated[object, kind]).validate_python


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("whole", "0", 0),
        ("whole", "25", 25),
        ("whole", "007", 7),
        ("whole", " 3 ", 3),
        ("decimal", "6.000", Decimal(6)),
        ("decimal", "1", Decimal(1)),
        ("decimal", "60", Decimal(60)),
        ("decimal", "5.999999", Decimal("5.999999")),
        ("span", "0 to 2", Span(0, 2)),
        ("span", "3-7", Span(3, 7)),
        ("span", "3 \u2013 7", Span(3, 7)),
        ("span", "11 to 11", Span(11, 11)),
        ("yes_no", "yes", True),
        ("yes_no", "On", True),
        ("yes_no", "TRUE", True),
        ("yes_no", "NO", False),
        ("yes_no", "off", False),
        ("yes_no", "false", False),
        ("one_line", "NO", "NO"),
        ("one_line", "0417", "0417"),
        ("one_line", "2027-06-31", "2027-06-31"),
        ("one_line", "caf\u00e9 \u00d7 \u03b1", "caf\u00e9 \u00d7 \u03b1"),
        ("digits", "007", "007"),
        ("choice", "cream", Colour.CREAM),
        ("choice", "Blue", Colour.BLUE),
        ("date", "2028-02-29", date(2028, 2, 29)),
        ("time", "9:00", time(9)),
        ("time", "1:30", time(1, 30)),
        ("time", "00:00", time(0)),
        ("time", "23:59", time(23, 59)),
    ],
)
def test_a_value_means_what_was_written(kind: str, text: str, value: object) -> None:
    """The text is read exactly, both ends of a range with it."""
    assert _read(KINDS[kind], text) == value


@pytest.mark.parametrize(
    ("kind", "text", "code", "words"),
    [
        ("whole", "twenty-five", "not_a_number", "from 0 to 25"),
        ("whole", "1:30", "not_a_number", "from 0 to 25"),
        ("whole", "3.0", "not_a_number", "whole number"),
        ("whole", "1_0", "not_a_number", "whole number"),
        ("whole", "0x10", "not_a_number", "whole number"),
        ("whole", "\u0663", "not_a_number", "whole number"),
        ("whole", "26", "out_of_range", "from 0 to 25"),
        ("whole", "-1", "out_of_range", "from 0 to 25"),
        ("whole", "9" * 5000, "out_of_range", "from 0 to 25"),
        ("decimal", "0", "out_of_range", "from 1 to 60"),
        ("decimal", "0.999999", "out_of_range", "from 1 to 60"),
        ("decimal", "60.000001", "out_of_range", "from 1 to 60"),
        ("decimal", "6,5", "not_a_number", "Did you mean 6.5?"),
        ("decimal", "6s", "not_a_number", "seconds"),
        ("decimal", "1e1", "not_a_number", "seconds"),
        ("decimal", "NaN", "not_a_number", "seconds"),
        ("decimal", "inf", "not_a_number", "seconds"),
        ("decimal", "1:30", "not_a_number", "seconds"),
        ("decimal", "6.0000001", "too_exact", "6 at most"),
        ("span", "3", "not_a_span", "1 to 3"),
        ("span", "a to b", "not_a_span", "1 to 3"),
        ("span", "2 to 12", "out_of_range", "from 0 to 11"),
        ("span", "4 to 2", "out_of_range", "Did you mean 2 to 4?"),
        ("yes_no", "yess", "not_yes_or_no", "yes or no"),
        ("yes_no", "1", "not_yes_or_no", "yes or no"),
        ("one_line", "a\tb", "not_one_line", "10 characters"),
        ("one_line", "a\nb", "not_one_line", "10 characters"),
        ("one_line", "12345678901", "too_long", "10 characters"),
        ("digits", "41", "not_allowed", "3 digits"),
        ("digits", "\u0661\u0662\u0663", "not_allowed", "3 digits"),
        ("choice", "creem", "not_a_choice", "cream, blue. Did you mean cream?"),
        ("choice", "CREEM", "not_a_choice", "Did you mean cream?"),
        ("choice", "green-ish", "not_a_choice", "cream, blue."),
        ("date", "2027-06-31", "not_a_date", "not a day in the calendar"),
        ("date", "2027-02-29", "not_a_date", "not a day in the calendar"),
        ("date", "07/06/2027", "not_a_date", "Did you mean 2027-06-07?"),
        ("date", "7.6.2027", "not_a_date", "Did you mean 2027-06-07?"),
        ("date", "2027-6-7", "not_a_date", "year-month-day"),
        ("date", "20270607", "not_a_date", "year-month-day"),
        ("date", "1800000000", "not_a_date", "year-month-day"),
        ("date", "0417", "not_a_date", "year-month-day"),
        ("date", "2027-06-07T09:00", "not_a_date", "year-month-day"),
        ("time", "4pm", "not_a_time", "Did you mean 16:00?"),
        ("time", "12 am", "not_a_time", "Did you mean 00:00?"),
        ("time", "8.30pm", "not_a_time", "Did you mean 20:30?"),
        ("time", "24:00", "not_a_time", "24-hour"),
        ("time", "16", "not_a_time", "24-hour"),
        ("time", "1:30:00", "not_a_time", "24-hour"),
        ("time", "5760", "not_a_time", "24-hour"),
    ],
)
def test_what_means_nothing_is_refused_with_what_is_allowed(kind: str, text: str, code: str, words: str) -> None:
    """The code, and a sentence that says what may be written or was perhaps meant."""
    found, sentence = _refusal(KINDS[kind], text)
    assert (found, words in sentence) == (code, True), sentence


def test_no_wild_guess_is_offered() -> None:
    """Where nothing is near to what was written, nothing is suggested."""
    assert "Did you mean" not in _refusal(KINDS["choice"], "purple")[1]


def test_a_turned_date_that_is_no_date_is_not_offered() -> None:
    """31/06/2027 cannot be meant."""
    assert "Did you mean" not in _refusal(KINDS["date"], "31/06/2027")[1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("value", "code"), [(None, "no_value"), ("", "no_value"), ([], "not_one_value")])
def test_nothing_and_a_list_are_refused_by_every_kind(kind: str, value: object, code: str) -> None:
    """One value belongs where one value is asked for."""
    assert _refusal(KINDS[kind], value)[0] == code


@pytest.mark.parametrize("nothing", [None, "", "none", "None", "null", "~"])
def test_none_may_be_written_in_several_ways(nothing: str | None) -> None:
    """Where there may be none, leaving the value out says the same as the word."""
    assert _read(written.or_none(KINDS["date"]), nothing) is None


def test_where_there_may_be_none_a_value_is_still_judged() -> None:
    """``none`` opens no door for anything else."""
    assert _refusal(written.or_none(KINDS["date"]), "nones")[0] == "not_a_date"


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(max_size=30))
def test_any_text_is_read_or_refused(kind: str, text: str) -> None:
    """No text makes a kind fail in any other way than by refusing it."""
    refusals = []
    try:
        _validate(KINDS[kind])(text)
    except ValidationError as problem:
        refusals = problem.errors()
    assert all(refusal["type"] == "refused" for refusal in refusals)


@given(st.decimals(min_value=1, max_value=60, places=6))
def test_every_decimal_in_range_is_exact(number: Decimal) -> None:
    """A microsecond is never lost between the file and the check."""
    assert _read(KINDS["decimal"], f"{number:f}") == number


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_is_read_back_and_its_british_form_is_offered(day: date) -> None:
    """Any day of the calendar, and the day meant by day/month/year."""
    assert _read(KINDS["date"], day.isoformat()) == day
    assert _refusal(KINDS["date"], f"{day:%d/%m/}{day.year}")[1].endswith(f"Did you mean {day.isoformat()}?")

"""The reasons file: the columns of the reference, one row a reason that holds."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mtc_kiosk.export.csv_text import csv_bytes
from mtc_kiosk.export.reasons import ReasonLine, reasons_json, reasons_table

from .examples import LONDON, pupil

LINE = ReasonLine(
    pupil(upn="W201100120002", surname="O'Example", forename="Bo-Lin"),
    "ABSNT",
    "Absent during check window",
    "t.admin",
    datetime(2026, 6, 12, 14, 20, tzinfo=UTC),
)


def test_the_file_is_that_of_the_reference() -> None:
    """Header and example row, byte for byte."""
    assert csv_bytes(reasons_table([LINE], LONDON)).decode("utf-8-sig") == (
        "UPN,Surname,Forename,Reason code,Reason,Set by,Set at\r\n"
        "W201100120002,O'Example,Bo-Lin,ABSNT,Absent during check window,t.admin,12/06/2026 15:20\r\n"
    )


def test_json_has_the_ref_too() -> None:
    """The ref tells a pupil without a UPN from a namesake."""
    line = ReasonLine(pupil(upn=None, ref="4A/17"), LINE.code, LINE.label, LINE.set_by, LINE.set_at)
    (found,) = reasons_json([line], LONDON)
    assert (found["upn"], found["ref"], found["set_at"]) == (None, "4A/17", "2026-06-12T15:20:00+01:00")


@pytest.mark.parametrize(
    ("account", "said"), [("cli", "command line"), ("kiosk:hall-1", "staff at hall-1"), ("t.admin", "t.admin")]
)
def test_who_gave_it_is_a_person_or_the_place_where_it_was_given(account: str, said: str) -> None:
    """Never the program's own name for it, in either kind of file."""
    line = replace(LINE, set_by=account)
    assert f",{said}," in csv_bytes(reasons_table([line], LONDON)).decode()
    assert reasons_json([line], LONDON)[0]["set_by"] == said


def test_no_reasons_are_a_header() -> None:
    """An empty file would look like a failure."""
    assert csv_bytes(reasons_table([], LONDON)).count(b"\r\n") == 1

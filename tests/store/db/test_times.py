"""Wall-clock times are UTC ISO 8601 with milliseconds and Z (docs/data.md)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.store.db.times import iso, milliseconds
from mtc_kiosk.store.journal.batch import Stamp
from tests.store.examples import WALL_MS

FIRST_MS, LAST_MS = -62_135_596_800_000, 253_402_300_799_999  # the years 1 to 9999


def test_a_moment_is_written_as_the_design_says() -> None:
    """The morning of a check."""
    assert iso(WALL_MS + 7) == "2027-06-07T09:00:00.007Z"


@given(st.integers(FIRST_MS, LAST_MS))
def test_what_is_written_reads_back(wall_ms: int) -> None:
    """Every millisecond that a clock may show, even one that lost its battery."""
    assert milliseconds(iso(wall_ms)) == wall_ms


@pytest.mark.parametrize(
    "text",
    [
        "2027-06-07T09:00:00Z",
        "2027-06-07T09:00:00.000",
        "2027-06-07T09:00:00.000+00:00",
        "2027-06-07T10:00:00.000+01:00",
        "2027-06-07T09:00:00.000000Z",
        "2027-06-07 09:00:00.000Z",
        "2027-06-07",
        "yesterday",
        "",
    ],
)
def test_any_other_writing_is_refused(text: str) -> None:
    """Another zone, another precision, or no time at all."""
    with pytest.raises(ValueError, match=r"."):
        milliseconds(text)


@pytest.mark.parametrize(
    ("at_us", "wall_time"),
    [
        (5_000_000, "2027-06-07T09:00:05.000Z"),
        (2_000_000, "2027-06-07T09:00:02.000Z"),
        (4_999_999, "2027-06-07T09:00:05.000Z"),
        (4_999_001, "2027-06-07T09:00:05.000Z"),
        (4_999_000, "2027-06-07T09:00:04.999Z"),
        (0, "2027-06-07T09:00:00.000Z"),
    ],
)
def test_a_fact_has_the_wall_time_of_its_own_moment(at_us: int, wall_time: str) -> None:
    """Not of the moment at which it was handed over, five seconds into the check."""
    assert Stamp(run=1, now_us=5_000_000, wall_ms=WALL_MS + 5_000).wall_time(at_us) == wall_time

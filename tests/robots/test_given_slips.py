"""Slips that are handed to the robots of an enrolled kiosk, and what they note as they go."""

import pytest

from mtc_kiosk.robots.diary import Meant
from mtc_kiosk.robots.given_slips import NotASlip, ToldDiary, read_slips
from mtc_kiosk.robots.pupil import Slip


def test_a_slip_is_a_line_with_a_password_and_a_pin() -> None:
    """Anything else is refused in a sentence that repeats nothing of it."""
    assert list(read_slips(["otter 4821\n", "otter  1357"])) == [Slip("otter", "4821"), Slip("otter", "1357")]
    for line in ("otter", "otter 48 21", "", "4821"):
        with pytest.raises(NotASlip, match=r"^A slip is a line with the password of the day and a PIN"):
            list(read_slips([line]))


def test_a_sum_is_noted_as_soon_as_it_is_seen() -> None:
    """So that a process that is killed has said what its robots meant; practice counts for nothing."""
    noted: list[dict[str, object]] = []
    diary = ToldDiary(lambda what, values: noted.append({"what": what, **values}))
    for practice in (True, False):
        diary.write(Meant(1, practice, (7, 8), 0, "56", entered=True))
    assert noted == [{"what": "sum", "number": 1, "sum": (7, 8), "response": "56", "entered": True}]
    assert len(diary.sums) == 2

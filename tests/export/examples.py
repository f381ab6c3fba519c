"""Pupils and results as the tests of exports need them."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mtc_kiosk.export.results import Layout, ResultRow
from mtc_kiosk.school.pupil import Pupil, Sex
from mtc_kiosk.school.results import Result, ResultStatus

LONDON = ZoneInfo("Europe/London")
OWN = Layout(LONDON, with_ref=True, with_ctf=False)
NATIONAL = Layout(LONDON, with_ref=False, with_ctf=True)


def pupil(**changes: Any) -> Pupil:
    """Amy Testerly, or somebody like her."""
    values: dict[str, Any] = {
        "id": 1,
        "surname": "Testerly",
        "forename": "Amy",
        "date_of_birth": date(2017, 3, 14),
        "sex": Sex.FEMALE,
        "upn": "G201100120001",
        "group_name": "4A",
    }
    return Pupil(**(values | changes))


def result(**changes: Any) -> Result:
    """A complete check with 23 right."""
    values: dict[str, Any] = {
        "pupil_id": 1,
        "status": ResultStatus.COMPLETE,
        "label": "Complete",
        "score": 23,
        "out_of": 25,
        "reason_code": "",
        "ctf": "23",
        "checks_taken": 1,
        "completed_at": datetime(2026, 6, 3, 8, 41, 12, 345_000, UTC),
        "attempt_id": "a",
        "changed_rules": False,
        "marks": (),
        "voids": 0,
        "has_two": False,
        "left_out": (),
    }
    return Result(**(values | changes))


def nothing(**changes: Any) -> Result:
    """No check, no reason."""
    values: dict[str, Any] = {
        "status": ResultStatus.NOT_STARTED,
        "label": "Not started",
        "score": None,
        "ctf": "X",
        "checks_taken": 0,
        "completed_at": None,
        "attempt_id": None,
    }
    return result(**(values | changes))


def row(whose: Pupil | None = None, what: Result | None = None) -> ResultRow:
    """A pupil and a result."""
    return ResultRow(whose or pupil(), what or result())

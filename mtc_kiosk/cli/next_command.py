"""The command that helps behind a refusal. The office says what to do; only the command line says what to type."""

from dataclasses import replace

from mtc_kiosk.office.chosen import EMPTY_REGISTER
from mtc_kiosk.office.pin_slips import NO_PINS
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.sessions import NOT_ACKNOWLEDGED
from mtc_kiosk.office.which_pupil import NONE
from mtc_kiosk.school.obstacle import ObstacleCode

_NEXT = {
    EMPTY_REGISTER: "mtc-kiosk pupils import FILE",
    NO_PINS: "mtc-kiosk session start --kind official",
    NOT_ACKNOWLEDGED: "--acknowledge-unknown",
}
"""A problem of the office -> what to type."""

_NEXT_OF_CODE = {
    "database_damaged": "mtc-kiosk restore FILE",
    "exists": "--force",
    "file_exists": "--force",
    "has_certificate": "--replace",
    "has_data": "--replace",
    "not_confirmed": "--confirm",
    "no_such_side": "mtc-kiosk report compare --list",
    "nothing_to_back_up": "--home FOLDER",
    "other_pupils": "--home FOLDER",
    str(ObstacleCode.NO_SESSION): "mtc-kiosk session list",
    str(ObstacleCode.TWO_CHECKS): "mtc-kiosk sync conflicts",
    NONE: "mtc-kiosk pupils list",
}
"""Code of a problem -> what to type; not where the problem lists candidates."""


def with_command(problem: Problem) -> Problem:
    """The same problem with what to type, if there is a command for it; "Nothing was changed." stays the end."""
    command = _NEXT.get(problem) or (_NEXT_OF_CODE.get(problem.code) if not problem.candidates else None)
    if command is None:
        return problem
    advice, outcome, _ = problem.message.partition(". Nothing was ")
    if outcome:
        return replace(problem, message=f"{advice} ({command}){problem.message.removeprefix(advice)}")
    return replace(problem, message=f"{problem.message.removesuffix('.')}: {command}")

"""The command that helps behind a refusal. The office says what to do; only the command line says what to type."""

from dataclasses import replace

from mtc_kiosk.office.chosen import EMPTY_REGISTER
from mtc_kiosk.office.pin_slips import NO_PINS
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.sessions import NOT_ACKNOWLEDGED

_NEXT = {
    EMPTY_REGISTER: "mtc-kiosk pupils import FILE",
    NO_PINS: "mtc-kiosk session start --kind official",
    NOT_ACKNOWLEDGED: "--acknowledge-unknown",
}
"""A problem of the office -> what to type."""


def with_command(problem: Problem) -> Problem:
    """The same problem; its sentence ends with what to type, if there is a command for it."""
    if problem not in _NEXT:
        return problem
    return replace(problem, message=f"{problem.message.removesuffix('.')}: {_NEXT[problem]}")

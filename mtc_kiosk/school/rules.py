"""The rules that a school can set: its timetable, its reasons and restarts.


Defaults are the national ones (docs/reference/school-side.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.timetable import Timetable


@dataclass(frozen=True)
class RestartCode:
    """One reason for a restart."""

    code: str
    label: str


@dataclass(frozen=True)
class ReasonCode:
    """One reason for not taking the check. ``ctf`` is its code in place of a score.

    With ``annuls`` it replaces even an existing score; one that is not ``offered`` can no longer be given.
    """

    code: str
    label: str
    ctf: str
    head_only: bool = False
    annuls: bool = False
    offered: bool = True


Codes = tuple[ReasonCode, ...] | tuple[RestartCode, ...]

_Code = TypeVar("_Code", RestartCode, ReasonCode)


@dataclass(frozen=True)
class CodeObstacle(Obstacle):
    """A code that cannot be given. ``said`` is ``sentence`` without its list of ``choices``, the codes that can."""

    said: str
    choices: Codes


@dataclass(frozen=True)
class Rules:
    """A school's rules. A check is overdue ``overdue_after`` its beginning and has so many ``questions``."""

    timetable: Timetable = field(default_factory=Timetable)
    restarts_allowed: int = 2
    restart_codes: tuple[RestartCode, ...] = ()
    reason_codes: tuple[ReasonCode, ...] = ()
    overdue_after: timedelta = timedelta(minutes=30)
    questions: int = 25

    def reason(self, code: str) -> ReasonCode:
        """The reason with this code; if the school no longer has it, its code is its label."""
        known = _find(self.reason_codes, code)
        return known if known is not None else ReasonCode(code, code, ctf="", offered=False)

    def not_taking(self, code: str) -> str:
        """That a pupil does not take the check, and why, to follow the name."""
        return f"does not take the check ({self.reason(code).label})"

    def reasons_for(self, *, is_head: bool) -> tuple[ReasonCode, ...]:
        """The reasons that a head may give, or any teacher."""
        return tuple(one for one in self.reason_codes if one.offered and (is_head or not one.head_only))

    def reason_obstacle(self, code: str, *, is_head: bool, shown: str = "") -> Obstacle | None:
        """Why this reason may not be given to any pupil; None if it may. ``shown`` is the code as a person wrote it."""
        known = _find(self.reason_codes, code)
        if known is None:
            return _unknown("reason", shown or f"'{code}'", self.reasons_for(is_head=is_head))
        if not known.offered:
            said = f"The reason {code} can no longer be given (check.yaml, reasons)."
            return _not_a_choice(ObstacleCode.NOT_OFFERED, said, self.reasons_for(is_head=is_head))
        if known.head_only and not is_head:
            return Obstacle(ObstacleCode.NEEDS_HEAD, f"Only a head may give the reason {known.code}, {known.label}.")
        return None

    def restart_obstacle(self, code: str, *, shown: str = "") -> Obstacle | None:
        """Why this is not a reason for a restart; None if it is. ``shown`` is the code as a person wrote it."""
        if _find(self.restart_codes, code) is not None:
            return None
        return _unknown("restart reason", shown or f"'{code}'", self.restart_codes)


def _find(codes: Iterable[_Code], code: str) -> _Code | None:
    return next((one for one in codes if one.code == code), None)


def _unknown(what: str, shown: str, choices: Codes) -> CodeObstacle:
    return _not_a_choice(ObstacleCode.UNKNOWN_CODE, f"There is no {what} {shown}.", choices)


def _not_a_choice(why: ObstacleCode, said: str, choices: Codes) -> CodeObstacle:
    named = ", ".join(f"{one.code} ({one.label})" for one in choices) or "none"
    return CodeObstacle(why, f"{said} Choose from: {named}.", said, choices)

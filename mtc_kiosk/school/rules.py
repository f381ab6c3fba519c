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


_Code = TypeVar("_Code", RestartCode, ReasonCode)


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

    def reason_obstacle(self, code: str, *, is_head: bool) -> Obstacle | None:
        """Why this reason may not be given to any pupil; None if it may."""
        known = _find(self.reason_codes, code)
        mine = [reason for reason in self.reason_codes if reason.offered and (is_head or not reason.head_only)]
        if known is None:
            return Obstacle(ObstacleCode.UNKNOWN_CODE, f"{code} is not a reason code. Use one of: {_named(mine)}.")
        if not known.offered:
            return Obstacle(
                ObstacleCode.NOT_OFFERED,
                f"The reason {code} can no longer be given (check.yaml, reasons). Use one of: {_named(mine)}.",
            )
        if known.head_only and not is_head:
            return Obstacle(ObstacleCode.NEEDS_HEAD, f"Only a head may give the reason {known.code}, {known.label}.")
        return None

    def restart_obstacle(self, code: str) -> Obstacle | None:
        """Why this is not a reason for a restart; None if it is."""
        if _find(self.restart_codes, code) is not None:
            return None
        return Obstacle(
            ObstacleCode.UNKNOWN_CODE, f"{code} is not a restart reason code. Use one of: {_named(self.restart_codes)}."
        )


def _find(codes: Iterable[_Code], code: str) -> _Code | None:
    return next((one for one in codes if one.code == code), None)


def _named(codes: Iterable[RestartCode | ReasonCode]) -> str:
    return ", ".join(f"{one.code} ({one.label})" for one in codes) or "none"

"""What a school settled of the rules: its timetable, its reasons and restarts. It reads no file.

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
    """One reason for beginning again."""

    code: str
    label: str


@dataclass(frozen=True)
class ReasonCode:
    """One reason for not taking the check. ``ctf`` stands for it where a score would.

    With ``annuls`` it stands even where there is a score; one that is not ``offered`` cannot be given any more.
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
    """What holds at a school. ``overdue_after`` is how long a check may last, ``questions`` how many it has."""

    timetable: Timetable = field(default_factory=Timetable)
    restarts_allowed: int = 2
    restart_codes: tuple[RestartCode, ...] = ()
    reason_codes: tuple[ReasonCode, ...] = ()
    overdue_after: timedelta = timedelta(minutes=30)
    questions: int = 25

    def reason(self, code: str) -> ReasonCode:
        """The reason with this code; one that the school no longer has keeps its code as its name."""
        known = _find(self.reason_codes, code)
        return known if known is not None else ReasonCode(code, code, ctf="", offered=False)

    def not_taking(self, code: str) -> str:
        """That a pupil does not take the check, and why, as it goes on from the name."""
        return f"does not take the check ({self.reason(code).label})"

    def reason_obstacle(self, code: str, *, is_head: bool) -> Obstacle | None:
        """Why this reason may not be given, whoever the pupil is; None where it may."""
        known = _find(self.reason_codes, code)
        mine = [reason for reason in self.reason_codes if reason.offered and (is_head or not reason.head_only)]
        if known is None:
            return Obstacle(ObstacleCode.UNKNOWN_CODE, f"There is no reason {code}. There are: {_named(mine)}.")
        if not known.offered:
            return Obstacle(
                ObstacleCode.NOT_OFFERED,
                f"The reason {code} is not given any more (check.yaml). There are: {_named(mine)}.",
            )
        if known.head_only and not is_head:
            return Obstacle(ObstacleCode.NEEDS_HEAD, f"Only a head may give the reason {known.code}, {known.label}.")
        return None

    def restart_obstacle(self, code: str) -> Obstacle | None:
        """Why this is no reason for a restart; None where it is one."""
        if _find(self.restart_codes, code) is not None:
            return None
        return Obstacle(
            ObstacleCode.UNKNOWN_CODE, f"There is no restart reason {code}. There are: {_named(self.restart_codes)}."
        )


def _find(codes: Iterable[_Code], code: str) -> _Code | None:
    return next((one for one in codes if one.code == code), None)


def _named(codes: Iterable[RestartCode | ReasonCode]) -> str:
    return ", ".join(f"{one.code} ({one.label})" for one in codes) or "none"

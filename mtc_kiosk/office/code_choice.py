"""The codes of reasons and restarts to choose from, where a code is missing or there is no such one."""

from collections.abc import Sequence

from mtc_kiosk.config.mistakes import did_you_mean, quoted
from mtc_kiosk.office.problem import Candidate, OfficeRefused, Problem
from mtc_kiosk.school.obstacle import ObstacleCode
from mtc_kiosk.school.rules import ReasonCode, RestartCode

Codes = Sequence[ReasonCode] | Sequence[RestartCode]


def code_read(written: str, what: str, known: Codes, mine: Codes) -> str:
    """The code as it is kept, of ``what``: a reason or a restart reason. ``mine`` are those to choose from.

    OfficeRefused with these where there is no such code or it is not given any more.
    """
    code = written.strip().upper()
    there = next((one for one in known if one.code == code), None)
    if there is None:
        close = did_you_mean(code, [one.code for one in mine])
        said, why = f"There is no {what} {quoted(written)}.{close}", ObstacleCode.UNKNOWN_CODE
    elif isinstance(there, ReasonCode) and not there.offered:
        said, why = f"The {what} {code} can no longer be given (check.yaml).", ObstacleCode.NOT_OFFERED
    else:
        return code
    raise OfficeRefused(Problem(f"{said} Choose from:", str(why), candidates=code_candidates(mine)))


def code_candidates(codes: Codes) -> tuple[Candidate, ...]:
    """The codes to choose from, each with its meaning."""
    return tuple(
        Candidate(f"{one.code}  {one.label}{_who(one)}", {"code": one.code, "label": one.label}) for one in codes
    )


def _who(one: ReasonCode | RestartCode) -> str:
    return " (only a head)" if isinstance(one, ReasonCode) and one.head_only else ""

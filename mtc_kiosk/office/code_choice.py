"""The codes of reasons and restarts to choose from, where a code is missing or cannot be given (``school.rules``)."""

from collections.abc import Callable

from mtc_kiosk.config.mistakes import did_you_mean, quoted
from mtc_kiosk.office.problem import Candidate, OfficeRefused, Problem
from mtc_kiosk.school.obstacle import Obstacle
from mtc_kiosk.school.rules import CodeObstacle, Codes, ReasonCode, RestartCode


def code_read(written: str, obstacle_of: Callable[[str, str], Obstacle | None]) -> str:
    """The code as it is kept; OfficeRefused with those to choose from where there is no such code to give.

    ``obstacle_of`` a code and the code as it was written: one of ``school.rules``. Who may give it is asked later.
    """
    code = written.strip().upper()
    obstacle = obstacle_of(code, quoted(written))
    if not isinstance(obstacle, CodeObstacle):
        return code
    raise OfficeRefused(code_problem(obstacle, did_you_mean(code, [one.code for one in obstacle.choices])))


def code_problem(obstacle: CodeObstacle, close: str = "") -> Problem:
    """The problem of a code that cannot be given, with the codes to choose from; ``close`` asks for the one meant."""
    candidates = code_candidates(obstacle.choices)
    return Problem(f"{obstacle.said}{close} Choose from:", str(obstacle.code), candidates=candidates)


def code_candidates(codes: Codes) -> tuple[Candidate, ...]:
    """The codes to choose from, each with its meaning."""
    return tuple(
        Candidate(f"{one.code}  {one.label}{_who(one)}", {"code": one.code, "label": one.label}) for one in codes
    )


def _who(one: ReasonCode | RestartCode) -> str:
    return " (only a head)" if isinstance(one, ReasonCode) and one.head_only else ""

"""The results as a page lists them: a line a pupil, the figures above, and what is known before their release."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import mean, median

from mtc_kiosk.export.results import ResultRow
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.results import PAGE, release_obstacle, show_results
from mtc_kiosk.office.scope import in_scope
from mtc_kiosk.office.status import PupilWithStatus, of_register
from mtc_kiosk.school.namesakes import named_apart
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.results import Result, ResultStatus
from mtc_kiosk.school.status import Status
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.school.register import pupils


class ListOrder(StrEnum):
    """How a list of results can be sorted."""

    NAME = "name"
    SCORE = "score"
    STATUS = "status"


@dataclass(frozen=True)
class ResultLine:
    """A pupil's line. ``name`` tells namesakes apart; ``happened`` are sentences; ``score`` is None if there is none.

    ``changed_rules``: the check did not have the national rules. ``at`` is when it was completed.
    """

    pupil: Pupil
    name: str
    score: int | None
    out_of: int
    label: str
    at: datetime | None
    happened: tuple[str, ...]
    changed_rules: bool
    has_two: bool
    has_reason: bool


@dataclass(frozen=True)
class ResultsListed:
    """The lines, with the groups that the account may choose from.

    ``left_out`` says what is in no line: checks of nobody on the register, and of devices that are not accepted.
    """

    lines: tuple[ResultLine, ...]
    groups: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def scores(self) -> tuple[int, ...]:
        """Every score."""
        return tuple(line.score for line in self.lines if line.score is not None)

    @property
    def with_reason(self) -> int:
        """How many pupils do not take it."""
        return sum(line.has_reason for line in self.lines)

    @property
    def two_checks(self) -> int:
        """For how many pupils a head has to choose."""
        return sum(line.has_two for line in self.lines)

    @property
    def still_to_come(self) -> int:
        """How many have neither a score nor a reason, nor two checks."""
        return sum(line.score is None and not line.has_reason and not line.has_two for line in self.lines)

    @property
    def are_alike(self) -> bool:
        """Whether the scores are of checks of one length and one set of rules, so that they have an average."""
        return len({(line.out_of, line.changed_rules) for line in self.lines if line.score is not None}) == 1

    @property
    def average(self) -> str:
        """``20.6``."""
        return f"{mean(self.scores):.1f}"

    @property
    def middle(self) -> str:
        """The middle score: ``22``, or ``22½`` between two."""
        half = median(self.scores)
        return f"{int(half)}{'½' if half % 1 else ''}"


@dataclass(frozen=True)
class KeptBack:
    """The time before results are released, and until when in a sentence.

    ``safe`` checks are in; ``missing`` have neither a finished check nor a reason.
    """

    sentence: str
    safe: int
    with_reason: int
    missing: tuple[PupilWithStatus, ...]

    @property
    def total(self) -> int:
        """How many pupils there are."""
        return self.safe + self.with_reason + len(self.missing)


def results_listed(home: OpenHome, group: str = "", order: ListOrder = ListOrder.NAME) -> ResultsListed:
    """The results of one group, or of every pupil the account may see. Refused before their release."""
    found = show_results(home, PAGE, group)
    names = named_apart(pupils(home.db, with_left=True))
    lines = [_line(row, names) for row in found.rows]
    return ResultsListed(tuple(sorted(lines, key=_KEYS[order])), found.groups, found.strangers)


def kept_back(home: OpenHome) -> KeptBack | None:
    """What is known before the release of results, without a score; None once they are released."""
    obstacle = release_obstacle(home)
    if obstacle is None:
        return None
    found = of_register(home).pupils
    seen = {pupil.id for pupil in in_scope(home, May.SEE_RESULTS, (one.pupil for one in found))}
    theirs = [one for one in found if one.pupil.id in seen]
    kinds = [one.status.status for one in theirs]
    missing = tuple(one for one in theirs if one.status.status not in (Status.COMPLETE, Status.REASON))
    return KeptBack(obstacle.sentence, kinds.count(Status.COMPLETE), kinds.count(Status.REASON), missing)


def _line(row: ResultRow, names: Mapping[int, str]) -> ResultLine:
    result = row.result
    return ResultLine(
        pupil=row.pupil,
        name=names[row.pupil.id],
        score=result.score,
        out_of=result.out_of,
        label=result.label,
        at=result.completed_at,
        happened=tuple(_happened(row.pupil, result)),
        changed_rules=result.changed_rules,
        has_two=result.has_two,
        has_reason=result.status is ResultStatus.REASON,
    )


def _happened(pupil: Pupil, result: Result) -> list[str]:
    """What else there is to know about a result."""
    said = []
    if result.changed_rules:
        said.append("Not under the national rules.")
    if result.has_two:
        said.append("No score until a head has chosen.")
    if result.chosen_at is not None:
        said.append("A head chose which check counts.")
    elif result.checks_taken > 1 and not result.has_two:
        said.append(f"{counted(result.checks_taken, 'check')} begun; the last one counts.")
    if result.voids:
        said.append(f"A fault spoilt {counted(result.voids, 'question')}.")
    if result.left_out:
        said.append(f"{counted(len(result.left_out), 'check')} cannot be trusted, and is left out.")
    if pupil.has_left:
        said.append("Has left.")
    return said


_KEYS: Mapping[ListOrder, Callable[[ResultLine], tuple[object, ...]]] = {
    ListOrder.NAME: lambda line: (line.pupil.order,),
    ListOrder.SCORE: lambda line: (line.score is None, line.score or 0, line.pupil.order),
    ListOrder.STATUS: lambda line: (line.label, line.pupil.order),
}

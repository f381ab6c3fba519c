"""Results: one for each pupil, from the checks that came in and the pupil's history only.

The last check counts, even if its score is lower. The kiosk must not import this module, directly or not. Source:
docs/reference/school-side.md, "Results".
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mtc_kiosk.check.facts import Answered, Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.marking import MarkedAnswer, mark, score
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.progress import Progress, progress_of
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.school.rules import ReasonCode, Rules

MARKS_KEPT = 2048
"""Of how many checks the marks are kept in memory."""

NO_RESULT = "X"
"""In a Common Transfer File: neither a score nor a reason."""


class ResultStatus(StrEnum):
    """What kind of result it is."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    NOT_STARTED = "not_started"
    REASON = "reason"
    RESTART_WAITS = "restart_waits"
    RESTART_NOT_TAKEN = "restart_not_taken"
    TWO_CHECKS = "two_checks"


NOT_COUNTED = "Its record is damaged or altered, so it is not counted. mtc-kiosk verify shows more."
"""What a reader is told of a check that cannot be trusted, in place of its fault, whose words are a program's."""


@dataclass(frozen=True)
class LeftOut:
    """A check that cannot be trusted, and why."""

    attempt_id: str
    fault: str


@dataclass(frozen=True)
class Result:
    """A pupil's result. ``score`` is None if there is none; ``label`` is the status in words.

    ``ctf`` is the value for a Common Transfer File, "" under changed rules. ``marks`` are the marked answers behind the
    score. ``has_two``: two checks could count and no head has chosen, so neither is used. ``chosen_at`` is when a head
    chose the one that counts, None if no choice was made. ``record`` is the SHA-256 of the record behind the score.
    """

    pupil_id: int
    status: ResultStatus
    label: str
    score: int | None
    out_of: int
    reason_code: str
    ctf: str
    checks_taken: int
    completed_at: datetime | None
    attempt_id: str | None
    changed_rules: bool
    marks: tuple[MarkedAnswer, ...]
    voids: int
    has_two: bool
    left_out: tuple[LeftOut, ...]
    chosen_at: datetime | None = None
    record: str = ""


class _KeptMarks:
    """The marks of answers that were marked before: a program that runs for long asks for the same ones again.

    They are known by the very object, which is kept with them, and never by what they say.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[Sequence[Answered], tuple[MarkedAnswer, ...]]] = OrderedDict()

    def of(self, answers: Sequence[Answered]) -> tuple[MarkedAnswer, ...]:
        """The marks of these answers."""
        kept = self._kept.get(id(answers))
        if kept is None:
            kept = self._kept[id(answers)] = answers, mark(answers)
            while len(self._kept) > MARKS_KEPT:
                self._kept.popitem(last=False)
        return kept[1]


_MARKS = _KeptMarks()


def result_of(facts: PupilHistory, received: Sequence[ReceivedCheck], rules: Rules, now: datetime) -> Result:
    """A pupil's result at ``now``.

    ``received`` are the pupil's own checks, in any order; each is in ``facts.takings`` too.
    """
    progress = progress_of(facts)
    check = _check_that_counts(progress, received)
    reason = rules.reason(progress.reason.code) if progress.reason is not None else None
    scored = check if check is not None and not (reason is not None and reason.annuls) else None
    marks = _MARKS.of(scored.answers) if scored is not None else ()
    points = score(marks) if scored is not None else None
    changed = scored is not None and scored.changed_rules
    status, label = _status(progress, scored, reason, still_today=_may_still_come(facts, progress, rules, now))
    return Result(
        pupil_id=facts.pupil_id,
        status=status,
        label=label,
        score=points,
        out_of=len(marks) or rules.questions,
        reason_code=reason.code if reason is not None else "",
        ctf="" if changed else _ctf(points, reason),
        checks_taken=progress.begun,
        completed_at=scored.finished_at if scored is not None else None,
        attempt_id=scored.id if scored is not None else None,
        changed_rules=changed,
        marks=marks,
        voids=scored.voids if scored is not None else 0,
        has_two=progress.has_two,
        left_out=_left_out(received),
        chosen_at=progress.rivals.choice.at if progress.rivals.choice is not None else None,
        record=scored.record if scored is not None else "",
    )


def _check_that_counts(progress: Progress, received: Iterable[ReceivedCheck]) -> ReceivedCheck | None:
    """The record of the check that counts, if it has arrived, can be trusted and is complete."""
    if progress.check is None or progress.has_two:
        return None
    wanted = progress.check.id, progress.check.record
    record = next((one for one in received if (one.id, one.record) == wanted), None)
    return record if record is not None and not record.fault and record.outcome is Outcome.COMPLETE else None


def _may_still_come(facts: PupilHistory, progress: Progress, rules: Rules, now: datetime) -> bool:
    """Whether an unused restart can still be taken: its day, or that of a new PIN, is not over."""
    if progress.pending is None:
        return False
    unused = [pin.ended_at for pin in facts.pins if pin.kind is Kind.OFFICIAL and pin.used_at is None]
    day = rules.timetable.day
    return day(now) <= day(max([progress.pending.at, *unused]))


def _status(
    progress: Progress, scored: ReceivedCheck | None, reason: ReasonCode | None, *, still_today: bool
) -> tuple[ResultStatus, str]:
    if reason is not None:
        return ResultStatus.REASON, reason.label
    if progress.has_two:
        return ResultStatus.TWO_CHECKS, "Two checks: a head chooses"
    if scored is not None:
        return ResultStatus.COMPLETE, "Complete (changed rules)" if scored.changed_rules else "Complete"
    if progress.pending is not None and still_today:
        return ResultStatus.RESTART_WAITS, "Restart not taken yet"
    if progress.pending is not None:
        return ResultStatus.RESTART_NOT_TAKEN, "Did not attempt the restart"
    if not progress.has_begun:
        return ResultStatus.NOT_STARTED, "Not started"
    return ResultStatus.INCOMPLETE, "Incomplete"


def _ctf(points: int | None, reason: ReasonCode | None) -> str:
    """The score, else the reason's code; an annulling reason has already removed the score."""
    if points is not None:
        return str(points)
    return reason.ctf if reason is not None else NO_RESULT


def _left_out(received: Iterable[ReceivedCheck]) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(one.id, one.fault) for one in received if one.fault)

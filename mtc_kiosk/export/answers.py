"""The answers as rows: one for each question of each check that came in, with how it was answered.

Only a check that counts is marked. The columns are described in docs/exports.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.export.results import PUPIL_REF, Layout
from mtc_kiosk.export.table import Cell, Table, school_time
from mtc_kiosk.insight.attempts import Answer, Attempt, Way
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.received_check import ReceivedCheck

COLUMNS = {
    "surname": "Surname",
    "forename": "Forename",
    "upn": "UPN",
    "group": "Group",
    "started_at": "Started at",
    "counts": "Counts",
    "why_not": "Why it does not count",
    "number": "Question",
    "factor1": "First factor",
    "factor2": "Second factor",
    "response": "Response",
    "right": "Right",
    "ended_by": "Ended by",
    "first_key_ms": "First key (ms)",
    "last_key_ms": "Last key (ms)",
    "typing_ms": "Typing time (ms)",
    "entered_with": "Entered with",
    "showing": "Showing",
    "voids": "Void showings",
    "void_because": "Why void",
    "time_uncertain": "Time uncertain",
    "assistant_typed": "Assistant typed",
    "ref": PUPIL_REF,
    "attempt_id": "Attempt",
}
"""The heading of each column, by its name in JSON."""

_ENDED = {
    AnsweredBy.ENTER: "Enter",
    AnsweredBy.TIMEOUT: "Time ran out",
    AnsweredBy.FORFEIT: "Lost to a fault",
}
_WORDS = {True: "Yes", False: "No"}
NOTES = (
    "Each question of each check that came in has a row, whether it was restarted, stopped or annulled. A check counts"
    " if its score is the pupil's result; beside another one is why it does not count, and its answers are not marked.",
    'A question that a check did not get past has no row. "Try it out" is not here: it is practice.',
    "Times are in milliseconds from when the question was first on the screen. They are left out if an assistant typed"
    " for the pupil, and if the PC could not time a key with certainty.",
)


@dataclass(frozen=True)
class AnswersOf:
    """One check of a pupil, question by question. ``why_not`` says why it does not count, "" if it does."""

    pupil: Pupil
    check: ReceivedCheck
    attempt: Attempt
    why_not: str = ""

    @property
    def counts(self) -> bool:
        """Whether its score is the pupil's result."""
        return not self.why_not


def answers_table(checks: Iterable[AnswersOf], layout: Layout) -> Table:
    """The rows for a file that spreadsheets read, made while they are read."""
    header = tuple(heading for heading in COLUMNS.values() if layout.with_ref or heading != PUPIL_REF)
    return Table(header, _cells(checks, layout), unprinted=1)


def answers_json(checks: Iterable[AnswersOf], layout: Layout) -> Iterator[dict[str, object]]:
    """The same for JSON, always with the pupil ref."""
    for one in checks:
        pupil = _of_check(one, one.check.started_at.astimezone(layout.zone).isoformat(timespec="seconds"))
        for answer in one.attempt.answers:
            values = {**pupil, **_of_answer(one, answer)}
            yield {name: values[name] for name in COLUMNS}


def _cells(checks: Iterable[AnswersOf], layout: Layout) -> Iterator[tuple[Cell, ...]]:
    in_order = itemgetter(*(name for name in COLUMNS if layout.with_ref or name != "ref"))
    for one in checks:
        values = _in_words(_of_check(one, school_time(one.check.started_at, layout.zone)))
        for answer in one.attempt.answers:
            yield in_order(values | _in_words(_of_answer(one, answer)))


def _in_words(values: dict[str, Cell | bool]) -> dict[str, Cell]:
    return {name: _WORDS[value] if isinstance(value, bool) else value for name, value in values.items()}


def _of_check(one: AnswersOf, started_at: datetime | str | None) -> dict[str, Cell | bool]:
    pupil = one.pupil
    return {
        "surname": pupil.surname,
        "forename": pupil.forename,
        "upn": pupil.upn,
        "group": pupil.group_name,
        "attempt_id": one.check.id,
        "started_at": started_at,
        "counts": one.counts,
        "why_not": one.why_not or None,
        "assistant_typed": one.attempt.assisted,
        "ref": pupil.ref,
    }


def _of_answer(one: AnswersOf, answer: Answer) -> dict[str, Cell | bool]:
    first, last, typing = _times(one, answer)
    return {
        "number": answer.number,
        "factor1": answer.item.factor1,
        "factor2": answer.item.factor2,
        "response": answer.response,
        "right": answer.right if one.counts else None,
        "ended_by": _ENDED.get(answer.by, str(answer.by)),
        "first_key_ms": first,
        "last_key_ms": last,
        "typing_ms": typing,
        "entered_with": None if answer.way is Way.NOTHING else str(answer.way),
        "showing": answer.showing,
        "voids": len(answer.voids),
        "void_because": ", ".join(dict.fromkeys(str(cause) for cause in answer.voids)) or None,
        "time_uncertain": answer.in_doubt,
    }


def _times(one: AnswersOf, answer: Answer) -> tuple[int | None, int | None, int | None]:
    """First key, last key and the time between them; none where somebody else typed, or a key came before the sum."""
    digits = () if one.attempt.assisted else answer.digits
    if not digits or digits[0].at_ms < 0:
        return None, None, None
    first, last = digits[0].at_ms, digits[-1].at_ms
    return first, last, last - first

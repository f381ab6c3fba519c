"""The results as rows: one for each pupil, whatever happened. ``school.results`` decides each result.

The columns are described in docs/exports.md; the pupil ref comes last under the school's own scheme.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from mtc_kiosk.export.table import Cell, Table, school_time, table
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.results import NOT_COUNTED, Result
from mtc_kiosk.school.words import counted, time_in_words

COLUMNS = (
    "Surname",
    "Forename",
    "Middle name(s)",
    "Date of birth",
    "Sex",
    "UPN",
    "Group",
    "Score",
    "Out of",
    "Status",
    "Reason code",
    "CTF result",
    "Checks taken",
    "Completed at",
)
PUPIL_REF = "Pupil ref"


@dataclass(frozen=True)
class ResultRow:
    """A pupil and the result."""

    pupil: Pupil
    result: Result


@dataclass(frozen=True)
class Layout:
    """How a school wants its results: the time zone, with or without refs, with or without CTF letters."""

    zone: tzinfo
    with_ref: bool
    with_ctf: bool


def results_table(rows: Iterable[ResultRow], layout: Layout) -> Table:
    """The rows for a file that spreadsheets read."""
    header = (*COLUMNS, PUPIL_REF) if layout.with_ref else COLUMNS
    return table(header, (_cells(row, layout) for row in rows))


def results_json(rows: Iterable[ResultRow], layout: Layout) -> list[dict[str, object]]:
    """The same for JSON, with values for which the table has no column."""
    return [_values(row, layout) for row in rows]


def notes(rows: Sequence[ResultRow], layout: Layout) -> tuple[str, ...]:
    """Sentences about what the rows alone do not show."""
    sentences: list[str] = []
    if any(row.result.changed_rules for row in rows):
        sentences.append('If the status says "changed rules", the check did not have the national rules.')
    if not layout.with_ctf:
        sentences.append("The column CTF result is blank, because the Common Transfer File is off (school.yaml, ctf).")
    sentences += [
        f"{row.pupil.listed} ({row.pupil.number}): a fault spoilt"
        f" {counted(row.result.voids, 'question')} of this check."
        for row in rows
        if row.result.voids
    ]
    sentences += [
        f"{row.pupil.listed} ({row.pupil.number}) took two checks, and only one can count. Neither score is here"
        " until a head has chosen."
        for row in rows
        if row.result.has_two
    ]
    sentences += [
        f"{row.pupil.listed} ({row.pupil.number}) took two checks, and only one can count. A head chose which one on"
        f" {time_in_words(row.result.chosen_at, layout.zone)}."
        for row in rows
        if row.result.chosen_at is not None
    ]
    sentences += [
        f"Left out: a check of {row.pupil.listed} ({row.pupil.number}), attempt {left.attempt_id}. {NOT_COUNTED}"
        for row in rows
        for left in row.result.left_out
    ]
    return tuple(sentences)


def _cells(row: ResultRow, layout: Layout) -> list[Cell]:
    pupil, result = row.pupil, row.result
    cells: list[Cell] = [
        pupil.surname,
        pupil.forename,
        pupil.middle_names,
        pupil.date_of_birth,
        str(pupil.sex),
        pupil.upn,
        pupil.group_name,
        result.score,
        result.out_of,
        result.label,
        result.reason_code,
        result.ctf if layout.with_ctf else None,
        result.checks_taken,
        school_time(result.completed_at, layout.zone),
    ]
    return [*cells, pupil.ref] if layout.with_ref else cells


def _values(row: ResultRow, layout: Layout) -> dict[str, object]:
    pupil, result = row.pupil, row.result
    return {
        "surname": pupil.surname,
        "forename": pupil.forename,
        "middle_names": pupil.middle_names,
        "date_of_birth": pupil.date_of_birth.isoformat(),
        "sex": str(pupil.sex),
        "upn": pupil.upn,
        "ref": pupil.ref,
        "group": pupil.group_name,
        "score": result.score,
        "out_of": result.out_of,
        "status": result.label,
        "reason_code": result.reason_code or None,
        "ctf_result": (result.ctf or None) if layout.with_ctf else None,
        "checks_taken": result.checks_taken,
        "completed_at": _iso(result.completed_at, layout.zone),
        "attempt_id": result.attempt_id,
        "changed_rules": result.changed_rules,
        "voids": result.voids,
        "two_checks": result.has_two,
        "chosen_at": _iso(result.chosen_at, layout.zone),
        "left_out": [{"attempt_id": left.attempt_id, "why": left.fault} for left in result.left_out],
    }


def _iso(instant: datetime | None, zone: tzinfo) -> str | None:
    return instant.astimezone(zone).isoformat(timespec="seconds") if instant is not None else None

"""Exports as files that a person downloads: which there are, what each leaves out, and the file itself.

Nothing stays on this PC's disk. Results, reasons and answers are those of the commands (``office.results``,
``office.answers``), and handing them out leaves the same row in the audit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.export.about import About
from mtc_kiosk.export.bundle import JSON, XLSX, ZIP, zip_with_about
from mtc_kiosk.export.csv_text import csv_bytes
from mtc_kiosk.export.files import NotMade, json_bytes
from mtc_kiosk.export.reasons import ReasonLine, derive_reasons, reasons_json, reasons_table
from mtc_kiosk.export.results import ResultRow, results_json, results_table
from mtc_kiosk.export.summary import reasons_summary, results_summary
from mtc_kiosk.export.table import Table
from mtc_kiosk.export.workbook import workbook_bytes
from mtc_kiosk.office.answers import answers_to_export
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.results import (
    REASONS,
    FileKind,
    about_file,
    look_without_scores,
    note_exported,
    release_obstacle,
    results_to_export,
)
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.database import snapshot
from mtc_kiosk.store.db.opened import Memory, memory_of
from mtc_kiosk.store.db.transaction import audit, change

REASONS_EXPORTED = "reasons.exported"
"""The audit's action of a file with the reasons for not taking the check."""


class Export(StrEnum):
    """What can be downloaded."""

    RESULTS = "results"
    REASONS = "reasons"
    ANSWERS = "answers"


@dataclass(frozen=True)
class ExportOffered:
    """An export: how many rows it has, and in sentences what it leaves out. ``refused`` says why it has to wait."""

    what: Export
    rows: int
    left_out: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True)
class Download:
    """A file to download. ``name`` names no pupil; ``kind`` is its media type."""

    name: str
    content: bytes
    kind: str
    rows: int


def exports(home: OpenHome) -> tuple[ExportOffered, ...]:
    """Every export, in the order of a list."""
    obstacle = release_obstacle(home)
    if obstacle is not None:
        reasons = ExportOffered(Export.REASONS, len(_reasons(home, memory_of(home.db))))
        waiting = (ExportOffered(what, 0, refused=obstacle.sentence) for what in (Export.RESULTS, Export.ANSWERS))
        results, answers = waiting
        return results, reasons, answers
    found = look_without_scores(home)
    reasons = ExportOffered(Export.REASONS, sum(row.result.reason_code != "" for row in found.rows))
    results = ExportOffered(Export.RESULTS, len(found.rows), (*_left_out(found.rows), *found.strangers))
    scored = sum(row.result.score is not None for row in found.rows)
    return results, reasons, ExportOffered(Export.ANSWERS, scored, _answers_left_out(found.rows))


def export_file(home: OpenHome, what: Export, kind: FileKind) -> Download:
    """An export as one file, and its audit row. Refused before the release of results; DeviceKeyRefused.

    OfficeRefused, without an audit row, if this PC's disk cannot take what is needed to make it.
    """
    try:
        return _made(home, what, kind)
    except NotMade as problem:
        raise OfficeRefused(Problem(str(problem), "not_written")) from problem


def _made(home: OpenHome, what: Export, kind: FileKind) -> Download:
    if what is Export.ANSWERS:
        return _answers(home, kind)
    if what is Export.RESULTS:
        found = results_to_export(home)
        content = results_json if kind is FileKind.JSON else results_table
        file = _file(
            home,
            what,
            kind,
            content(found.rows, found.layout),
            found.about,
            results_summary(found.rows),
            len(found.rows),
        )
        note_exported(home, found, kind)
        return file
    lines, zone = _reasons(home), home.timetable.zone
    values = reasons_json(lines, zone) if kind is FileKind.JSON else reasons_table(lines, zone)
    file = _file(home, what, kind, values, about_file(home, REASONS), reasons_summary(lines), len(lines))
    with change(home.db):
        audit(home.db, home.stamp, REASONS_EXPORTED, str(kind), after={"pupils": len(lines)})
    return file


def _left_out(rows: tuple[ResultRow, ...]) -> list[str]:
    two = sum(row.result.has_two for row in rows)
    faults = sum(len(row.result.left_out) for row in rows)
    said = []
    if two:
        said.append(f"Left out: the scores of {counted(two, 'pupil')} with two checks, until a head has chosen.")
    if faults:
        said.append(f"Left out: {counted(faults, 'check')} that cannot be trusted.")
    return said


def _answers_left_out(rows: tuple[ResultRow, ...]) -> tuple[str, ...]:
    two = sum(row.result.has_two for row in rows)
    return (f"Left out: {counted(two, 'pupil')} with two checks, until a head has chosen.",) if two else ()


def _reasons(home: OpenHome, memory: Memory | None = None) -> tuple[ReasonLine, ...]:
    moment = home.context()
    with snapshot(home.home.database, memory=memory) as db:
        return derive_reasons(db, moment.rules, moment.running)


def _file(
    home: OpenHome,
    what: Export,
    kind: FileKind,
    content: Table | list[dict[str, object]],
    about: About,
    summary: Sequence[Table],
    rows: int,
) -> Download:
    if not isinstance(content, Table):
        return _download(home, what, kind, json_bytes(about, {str(what): content}), about, rows)
    made = workbook_bytes(content, about, summary) if kind is FileKind.XLSX else csv_bytes(content)
    return _download(home, what, kind, made, about, rows)


def _answers(home: OpenHome, kind: FileKind) -> Download:
    with answers_to_export(home, kind) as found:
        content = b"".join(found.parts)
        return _download(home, Export.ANSWERS, kind, content, found.about, found.rows)


def _download(home: OpenHome, what: Export, kind: FileKind, content: bytes, about: About, rows: int) -> Download:
    stem = f"{what}-{home.now.astimezone(home.timetable.zone):%Y-%m-%d-%H%M}"
    if kind is FileKind.CSV:
        return Download(f"{stem}.zip", zip_with_about(f"{what}.csv", content, about), ZIP, rows)
    return Download(f"{stem}.{kind}", content, XLSX if kind is FileKind.XLSX else JSON, rows)

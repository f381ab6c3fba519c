"""Exports as files that a person downloads: which there are, what each leaves out, and the file itself.

Nothing is written on this PC's disk. Results and reasons are those of the commands (``office.results``), and handing
them out leaves the same row in the audit.
"""

from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.export.about import About
from mtc_kiosk.export.bundle import JSON, XLSX, ZIP, zip_with_about
from mtc_kiosk.export.csv_text import csv_bytes
from mtc_kiosk.export.files import json_bytes
from mtc_kiosk.export.reasons import ReasonLine, derive_reasons, reasons_json, reasons_table
from mtc_kiosk.export.results import ResultRow, results_json, results_table
from mtc_kiosk.export.table import Table
from mtc_kiosk.export.workbook import workbook_bytes
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.results import (
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
        return ExportOffered(Export.RESULTS, 0, refused=obstacle.sentence), reasons
    found = look_without_scores(home)
    reasons = ExportOffered(Export.REASONS, sum(row.result.reason_code != "" for row in found.rows))
    return ExportOffered(Export.RESULTS, len(found.rows), (*_left_out(found.rows), *found.strangers)), reasons


def export_file(home: OpenHome, what: Export, kind: FileKind) -> Download:
    """An export as one file, and its audit row. Refused before the release of results; DeviceKeyRefused."""
    if what is Export.RESULTS:
        found = results_to_export(home)
        content = results_json if kind is FileKind.JSON else results_table
        file = _file(home, what, kind, content(found.rows, found.layout), found.about, len(found.rows))
        note_exported(home, found, kind)
        return file
    lines, zone = _reasons(home), home.timetable.zone
    values = reasons_json(lines, zone) if kind is FileKind.JSON else reasons_table(lines, zone)
    file = _file(home, what, kind, values, about_file(home, "Reasons for not taking the check"), len(lines))
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


def _reasons(home: OpenHome, memory: Memory | None = None) -> tuple[ReasonLine, ...]:
    moment = home.context()
    with snapshot(home.home.database, memory=memory) as db:
        return derive_reasons(db, moment.rules, moment.running)


def _file(
    home: OpenHome, what: Export, kind: FileKind, content: Table | list[dict[str, object]], about: About, rows: int
) -> Download:
    stem = f"{what}-{home.now.astimezone(home.timetable.zone):%Y-%m-%d-%H%M}"
    if not isinstance(content, Table):
        return Download(f"{stem}.json", json_bytes(about, {str(what): content}), JSON, rows)
    if kind is FileKind.XLSX:
        return Download(f"{stem}.xlsx", workbook_bytes(content, about), XLSX, rows)
    return Download(f"{stem}.zip", zip_with_about(f"{what}.csv", csv_bytes(content), about), ZIP, rows)

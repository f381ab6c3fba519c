"""Show results or export them, and export the reasons for not taking the check.

Results wait for their release, whoever asks (``school.phases``). Handing them out always leaves an audit row with the
pupils whose scores were in them: a head who later chooses between two checks may have seen the score. A kiosk must not
import this module.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mtc_kiosk.config.school_shape import Release, Scheme
from mtc_kiosk.export.about import About
from mtc_kiosk.export.csv_text import csv_bytes
from mtc_kiosk.export.derived import derive_results
from mtc_kiosk.export.files import NotWritten, path_for, write_json, write_table
from mtc_kiosk.export.reasons import derive_reasons, reasons_json, reasons_table
from mtc_kiosk.export.results import Layout, ResultRow, notes, results_json, results_table
from mtc_kiosk.export.table import Table
from mtc_kiosk.export.workbook import workbook_bytes
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.progress import Progress, no_progress
from mtc_kiosk.office.sealing import catch_up
from mtc_kiosk.school.obstacle import PupilObstacle, Refused
from mtc_kiosk.school.phases import results_obstacle
from mtc_kiosk.store.db.database import snapshot
from mtc_kiosk.store.db.opened import memory_of
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.records.proofs import prove_missing
from mtc_kiosk.store.school.choices import RESULTS_SHOWN


class FileKind(StrEnum):
    """What kind of file an export is; the end of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@dataclass(frozen=True)
class Results:
    """The results at one time: a row for each pupil, their layout, and what must be said about them.

    ``left_out`` names each check that cannot be trusted.
    """

    rows: tuple[ResultRow, ...]
    layout: Layout
    about: About
    left_out: tuple[Problem, ...]


@dataclass(frozen=True)
class Written:
    """A written export: the file, its number of rows, and what was left out."""

    path: Path
    rows: int
    left_out: tuple[Problem, ...] = ()


def show_results(home: OpenHome, where: str) -> Results:
    """The results, to be shown ``where`` (such as "page"; the audit row names it).

    Refused before their release; DeviceKeyRefused.
    """
    found = _results(home, no_progress)
    _audit_shown(home, found, where)
    return found


def write_results(home: OpenHome, kind: FileKind, out: Path | None = None, progress: Progress = no_progress) -> Written:
    """Write the results into a file. OfficeRefused, without an audit row, if it cannot be written.

    Refused before their release; DeviceKeyRefused.
    """
    found = _results(home, progress)
    path = path_for(home.home.exports, out, f"results.{kind}")
    content = results_json if kind is FileKind.JSON else results_table
    _write(path, kind, "results", content(found.rows, found.layout), found.about)
    _audit_shown(home, found, str(kind))
    return Written(path, len(found.rows), found.left_out)


def write_reasons(home: OpenHome, kind: FileKind, out: Path | None = None) -> Written:
    """Write the reasons in force into a file, at any time; OfficeRefused if it cannot be written."""
    moment = home.context()
    with snapshot(home.home.database) as db:
        lines = derive_reasons(db, moment.rules, moment.running)
    zone = home.timetable.zone
    path = path_for(home.home.exports, out, f"reasons.{kind}")
    content = reasons_json(lines, zone) if kind is FileKind.JSON else reasons_table(lines, zone)
    _write(path, kind, "reasons", content, _about(home, "Reasons for not taking the check"))
    return Written(path, len(lines))


def _results(home: OpenHome, progress: Progress) -> Results:
    """The results, after sealing and proving late records. The caller must write the audit row."""
    _refuse_before_release(home)
    catch_up(home.home, home.configuration, home.db, made_up=home.made_up)
    key = device_key(home.home)
    prove_missing(home.db, key, lambda checks: progress(checks, "Verifying checks"))
    moment = home.context()
    with snapshot(home.home.database, memory=memory_of(home.db)) as db:
        derived = derive_results(db, moment, key)
    school = home.configuration.school
    layout = Layout(school.zone, with_ref=school.scheme is Scheme.OWN, with_ctf=school.ctf.on)
    about = _about(home, "Results", *notes(derived.rows, layout), *derived.notes)
    return Results(derived.rows, layout, about, _left_out(derived.rows))


def _refuse_before_release(home: OpenHome) -> None:
    after_window = home.configuration.school.release is Release.AFTER_WINDOW
    obstacle = results_obstacle(home.timetable, home.now, after_window=after_window)
    if obstacle is not None:
        raise Refused([PupilObstacle(obstacle)])


def _audit_shown(home: OpenHome, found: Results, where: str) -> None:
    scores = [row.pupil.id for row in found.rows if row.result.score is not None]
    with change(home.db):
        audit(home.db, home.stamp, RESULTS_SHOWN, where, after={"pupils": len(found.rows), "scores": scores})


def _about(home: OpenHome, what: str, *notes_of_it: str) -> About:
    school = home.configuration.school
    return About(what, school.name, home.now.astimezone(school.zone), home.made_up, notes_of_it)


def _left_out(rows: tuple[ResultRow, ...]) -> tuple[Problem, ...]:
    return tuple(
        Problem(f"Left out: a check of {row.pupil.number}, attempt {left.attempt_id}. {left.fault}", "left_out")
        for row in rows
        for left in row.result.left_out
    )


def _write(path: Path, kind: FileKind, name: str, content: Table | list[dict[str, object]], about: About) -> None:
    try:
        if isinstance(content, Table):
            as_bytes = workbook_bytes(content, about) if kind is FileKind.XLSX else csv_bytes(content)
            write_table(path, as_bytes, about)
        else:
            write_json(path, about, {name: content})
    except NotWritten as problem:
        raise OfficeRefused(Problem(str(problem), "not_written", str(problem.path))) from problem

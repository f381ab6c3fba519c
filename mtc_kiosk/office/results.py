"""Show results or export them, and export the reasons for not taking the check.

Results wait for their release, whoever asks (``school.phases``). Handing them out leaves an audit row with the pupils
whose scores were in them: a head who later chooses between two checks may have seen the score. A kiosk must not import
this module.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from functools import partial
from pathlib import Path

from mtc_kiosk.config.school_shape import Release, Scheme
from mtc_kiosk.export.about import About
from mtc_kiosk.export.csv_text import csv_bytes
from mtc_kiosk.export.derived import Derived, derive_results
from mtc_kiosk.export.files import NotWritten, path_for, write_json, write_table
from mtc_kiosk.export.reasons import derive_reasons, reasons_json, reasons_table
from mtc_kiosk.export.results import Layout, ResultRow, notes, results_json, results_table
from mtc_kiosk.export.summary import reasons_summary, results_summary
from mtc_kiosk.export.table import Table
from mtc_kiosk.export.workbook import workbook_parts
from mtc_kiosk.office.handed_out import note
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.progress import Progress, no_progress
from mtc_kiosk.office.scope import in_scope
from mtc_kiosk.office.sealing import catch_up
from mtc_kiosk.school.obstacle import Obstacle, PupilObstacle, Refused
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.phases import results_obstacle
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.results import NOT_COUNTED
from mtc_kiosk.school.selection import groups
from mtc_kiosk.store.db.database import snapshot
from mtc_kiosk.store.db.opened import Database, memory_of
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.records.proofs import prove_missing
from mtc_kiosk.store.school.choices import RESULTS_SHOWN

_LAST_CHANGE = """
    select max(at) from (select at from inbox union all select at from conflict union all select at from choice
    union all select at from restart union all select at from reason)
"""
"""When a score may last have come, gone or changed."""

_SINCE = "where action = ? and account = ? and subject = ? and at > ?"
_SEEN = f"select value from audit, json_each(after, '$.scores') {_SINCE}"  # noqa: S608 - ours
_SHOWN_SINCE = f"select exists (select 1 from audit {_SINCE})"  # noqa: S608 - ours


class FileKind(StrEnum):
    """What kind of file an export is; the end of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@dataclass(frozen=True)
class Results:
    """The results at one time: a row for each pupil, their layout, and what must be said about them.

    ``left_out`` names each check that cannot be trusted; ``strangers`` says what came in of pupils who are not on the
    register, and of devices not yet accepted. ``groups`` are all that the account may choose from.
    """

    rows: tuple[ResultRow, ...]
    layout: Layout
    about: About
    left_out: tuple[Problem, ...]
    strangers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class Written:
    """A written export: the file, its number of rows, and what was left out."""

    path: Path
    rows: int
    left_out: tuple[Problem, ...] = ()


REASONS = "Reasons for not taking the check"
"""What an export of reasons is called."""
PAGE = "page"
"""Where results are shown on a page of the console; the subject of the audit's row, as a file's is its kind."""


def show_results(home: OpenHome, where: str, group: str = "") -> Results:
    """The results that the account may see, of one ``group`` or of all, to be shown ``where``.

    Refused before their release; DeviceKeyRefused. A page that shows nothing new to the account that day leaves no
    further audit row: sorting a list, or opening it again, is one showing.
    """
    with proven_results(home, no_progress, trusts_memory=True) as (_, derived):
        shown = results_seen(home, derived, group)
    note_shown(home, shown, where)
    return shown


def results_seen(home: OpenHome, derived: Derived, group: str = "") -> Results:
    """The results that the account may see, of one ``group`` or of all. The caller leaves ``note_shown``."""
    found = _in_scope(home, _everybody(home, derived))
    names = tuple(groups(row.pupil for row in found.rows))
    return replace(_only(found, lambda pupil: not group or pupil.group_name == group), groups=names)


def note_shown(home: OpenHome, shown: Results, where: str) -> None:
    """Leave the audit row of results that are shown ``where``, unless a page shows nothing new to the account."""
    if where != PAGE or _has_news(home, shown):
        note(partial(_audit_shown, home, shown, where))


def results_to_export(home: OpenHome, progress: Progress = no_progress) -> Results:
    """The results for a file, each check read and compared anew. The caller hands them out with ``note_exported``.

    Refused before their release; DeviceKeyRefused.
    """
    return _results(home, progress, trusts_memory=False)


def note_exported(home: OpenHome, found: Results, kind: FileKind) -> None:
    """Leave the audit row of results that were handed out as a file."""
    _audit_shown(home, found, str(kind))


def look_without_scores(home: OpenHome) -> Results:
    """The results, for a page that says how many there are and shows none. The caller must show no score of them.

    Refused before their release; DeviceKeyRefused.
    """
    return _results(home, no_progress)


def write_results(home: OpenHome, kind: FileKind, out: Path | None = None, progress: Progress = no_progress) -> Written:
    """Write the results into a file. OfficeRefused, without an audit row, if it cannot be written.

    Refused before their release; DeviceKeyRefused.
    """
    found = results_to_export(home, progress)
    path = path_for(home.home.exports, out, f"results.{kind}")
    content = results_json if kind is FileKind.JSON else results_table
    _write(path, kind, "results", content(found.rows, found.layout), found.about, results_summary(found.rows))
    note_exported(home, found, kind)
    return Written(path, len(found.rows), found.left_out)


def write_reasons(home: OpenHome, kind: FileKind, out: Path | None = None) -> Written:
    """Write the reasons in force into a file, at any time; OfficeRefused if it cannot be written."""
    moment = home.context()
    with snapshot(home.home.database) as db:
        lines = derive_reasons(db, moment.rules, moment.running)
    zone = home.timetable.zone
    path = path_for(home.home.exports, out, f"reasons.{kind}")
    content = reasons_json(lines, zone) if kind is FileKind.JSON else reasons_table(lines, zone)
    _write(path, kind, "reasons", content, about_file(home, REASONS), reasons_summary(lines))
    return Written(path, len(lines))


def _results(home: OpenHome, progress: Progress, *, trusts_memory: bool = True) -> Results:
    """The results, after sealing and proving late records. The caller must write the audit row."""
    with proven_results(home, progress, trusts_memory=trusts_memory) as (_, derived):
        return _everybody(home, derived)


def _everybody(home: OpenHome, derived: Derived) -> Results:
    found = Results(derived.rows, layout_of(home), about_file(home, "Results"), (), derived.notes)
    return _only(found, lambda _: True)


@contextmanager
def proven_results(
    home: OpenHome, progress: Progress, *, trusts_memory: bool = False
) -> Iterator[tuple[Database, Derived]]:
    """The results, and the snapshot in which they were read, for a file that has more than scores.

    The caller must write the audit row. Refused before their release; DeviceKeyRefused.
    """
    _refuse_before_release(home)
    catch_up(home.home, home.configuration, home.db, made_up=home.made_up)
    key = device_key(home.home)
    prove_missing(home.db, key, lambda checks: progress(checks, "Verifying checks"))
    moment = home.context()
    memory = memory_of(home.db) if trusts_memory else None
    with snapshot(home.home.database, memory=memory) as db:
        yield db, derive_results(db, moment, key)


def layout_of(home: OpenHome) -> Layout:
    """How this school wants its results."""
    school = home.configuration.school
    return Layout(school.zone, with_ref=school.scheme is Scheme.OWN, with_ctf=school.ctf.on)


def _in_scope(home: OpenHome, found: Results) -> Results:
    """Those that the account may see. What is said about checks of nobody on the register is for the whole school."""
    seen = {pupil.id for pupil in in_scope(home, May.SEE_RESULTS, (row.pupil for row in found.rows))}
    if len(seen) == len(found.rows):
        return found
    return _only(replace(found, strangers=()), lambda pupil: pupil.id in seen)


def _only(found: Results, these: Callable[[Pupil], bool]) -> Results:
    """The results of some pupils, with what must be said about them alone."""
    rows = tuple(row for row in found.rows if these(row.pupil))
    about = replace(found.about, notes=(*notes(rows, found.layout), *found.strangers))
    return replace(found, rows=rows, about=about, left_out=left_out(rows))


def release_obstacle(home: OpenHome) -> Obstacle | None:
    """Why nobody may see results yet; None once they are released."""
    after_window = home.configuration.school.release is Release.AFTER_WINDOW
    return results_obstacle(home.timetable, home.now, after_window=after_window)


def _refuse_before_release(home: OpenHome) -> None:
    obstacle = release_obstacle(home)
    if obstacle is not None:
        raise Refused([PupilObstacle(obstacle)])


def _audit_shown(home: OpenHome, found: Results, where: str) -> None:
    after = {"pupils": len(found.rows), "scores": _scored(found)}
    with change(home.db):
        audit(home.db, home.stamp, RESULTS_SHOWN, where, after=after)


def _has_news(home: OpenHome, found: Results) -> bool:
    """Whether a page shows a score that it has not shown to this account today, or may have changed since."""
    (changed,) = home.db.execute(_LAST_CHANGE).fetchone()
    since = max(written(home.timetable.at(home.today, time())), changed or "")
    values = (RESULTS_SHOWN, home.staff.account, PAGE, since)
    seen = {pupil_id for (pupil_id,) in home.db.execute(_SEEN, values)}
    return not seen.issuperset(_scored(found)) or not home.db.execute(_SHOWN_SINCE, values).fetchone()[0]


def _scored(found: Results) -> list[int]:
    return [row.pupil.id for row in found.rows if row.result.score is not None]


def about_file(home: OpenHome, what: str, *notes_of_it: str) -> About:
    """What an export of this home says about itself."""
    school = home.configuration.school
    return About(what, school.name, home.now.astimezone(school.zone), home.made_up, notes_of_it)


def left_out(rows: tuple[ResultRow, ...]) -> tuple[Problem, ...]:
    """Each check that cannot be trusted, as a sentence."""
    return tuple(
        Problem(f"Left out: a check of {row.pupil.number}, attempt {left.attempt_id}. {NOT_COUNTED}", "left_out")
        for row in rows
        for left in row.result.left_out
    )


def _write(
    path: Path,
    kind: FileKind,
    name: str,
    content: Table | list[dict[str, object]],
    about: About,
    summary: Sequence[Table],
) -> None:
    try:
        if isinstance(content, Table):
            is_book = kind is FileKind.XLSX
            write_table(path, workbook_parts(content, about, summary) if is_book else csv_bytes(content), about)
        else:
            write_json(path, about, {name: content})
    except NotWritten as problem:
        raise OfficeRefused(Problem(str(problem), "not_written", str(problem.path))) from problem

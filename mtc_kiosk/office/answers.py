"""Export how every question was answered, of every check that came in, and note whose scores can be read from it.

Like results, answers wait for their release. A pupil with two checks has no answers in it until a head has chosen:
whoever has the answers has the score, also that of a check that does not count. A kiosk must not import this module.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.export.about import About
from mtc_kiosk.export.answers import NOTES, AnswersOf, answers_json, answers_table
from mtc_kiosk.export.csv_text import csv_parts
from mtc_kiosk.export.derived import Derived
from mtc_kiosk.export.files import NotWritten, json_parts, path_for, write_json_parts, write_table
from mtc_kiosk.export.results import ResultRow, notes
from mtc_kiosk.export.summary import results_summary
from mtc_kiosk.export.workbook import workbook_parts
from mtc_kiosk.insight.attempts import attempt_from
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.progress import Progress, no_progress
from mtc_kiosk.office.results import FileKind, Written, about_file, layout_of, left_out, proven_results
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.school.uncounted import why_not_counted
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.home.device_key import own_fingerprint
from mtc_kiosk.store.records.proven_journals import proven_journal
from mtc_kiosk.store.school.assistants import assistants
from mtc_kiosk.store.school.choices import RESULTS_SHOWN
from mtc_kiosk.store.school.received_assistants import received_assistants

_Taken = tuple[ResultRow, ReceivedCheck]


@dataclass
class Answers:
    """The answers of a school while a file is made of them. ``rows`` counts the questions that were read."""

    about: About
    left_out: tuple[Problem, ...]
    parts: Iterator[bytes]
    rows: int = 0


@contextmanager
def answers_to_export(home: OpenHome, kind: FileKind, progress: Progress = no_progress) -> Iterator[Answers]:
    """The file in parts, made while they are read; once all went well, the audit row is left.

    Refused before the release of results; DeviceKeyRefused.
    """
    with proven_results(home, progress) as (db, derived):
        found = Answers(_about(home, derived), left_out(derived.rows), iter(()))
        found.parts = _parts(home, kind, derived, found, _read(home, db, derived, found, progress))
        yield found
        whole = {row.pupil.id for row, check in exportable(derived) if check.outcome is Outcome.COMPLETE}
        scores = [row.pupil.id for row in derived.rows if row.result.score is not None or row.pupil.id in whole]
    with change(home.db):
        after = {"pupils": len(derived.rows), "scores": scores}
        audit(home.db, home.stamp, RESULTS_SHOWN, f"answers.{kind}", after=after)


def write_answers(home: OpenHome, kind: FileKind, out: Path | None = None, progress: Progress = no_progress) -> Written:
    """Write the answers into a file. OfficeRefused, without an audit row, if it cannot be written.

    Refused before the release of results; DeviceKeyRefused.
    """
    path = path_for(home.home.exports, out, f"answers.{kind}")
    with answers_to_export(home, kind, progress) as found:
        try:
            if kind is FileKind.JSON:
                write_json_parts(path, found.parts)
            else:
                write_table(path, found.parts, found.about)
        except NotWritten as problem:
            raise OfficeRefused(Problem(str(problem), "not_written", str(problem.path))) from problem
    return Written(path, found.rows, found.left_out)


def exportable(derived: Derived) -> tuple[_Taken, ...]:
    """Every check with answers to export: of no pupil with two checks, and none that cannot be trusted."""
    return tuple(
        (row, check)
        for row in derived.rows
        if not row.result.has_two
        for check in sorted(derived.checks.get(row.pupil.id, ()), key=lambda check: (check.started_at, check.id))
        if not check.fault
    )


def _read(home: OpenHome, db: Database, derived: Derived, found: Answers, progress: Progress) -> Iterator[AnswersOf]:
    rules = home.rules
    named = (*assistants(db), *received_assistants(db, own_fingerprint(home.home)))
    assisted = {each.attempt_id for each in named}
    for row, check in progress(exportable(derived), "Reading answers"):
        journal = proven_journal(db, check)
        attempt = attempt_from(journal.facts, journal.settings, assisted=check.id in assisted)
        found.rows += len(attempt.answers)
        why_not = why_not_counted(derived.facts[row.pupil.id], check, row.result, rules)
        yield AnswersOf(row.pupil, check, attempt, why_not)


def _parts(
    home: OpenHome, kind: FileKind, derived: Derived, found: Answers, checks: Iterator[AnswersOf]
) -> Iterator[bytes]:
    layout = layout_of(home)
    if kind is FileKind.JSON:
        return json_parts(found.about, "answers", answers_json(checks, layout))
    table = answers_table(checks, layout)
    return (
        csv_parts(table) if kind is FileKind.CSV else workbook_parts(table, found.about, results_summary(derived.rows))
    )


def _about(home: OpenHome, derived: Derived) -> About:
    of_results = notes(derived.rows, replace(layout_of(home), with_ctf=True))
    contested = any(row.result.has_two for row in derived.rows)
    left = ("The answers of a pupil with two checks are left out until a head has chosen.",) if contested else ()
    return about_file(home, "Answers", *NOTES, *left, *of_results, *derived.notes)

"""Make the report for governors: the whole school without a name, and without any figure that gives a child away.

``insight.whole_school`` decides what may be shown. Two reports would differ by whoever took the check in between, so
none is made while pupils are still to come.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import time
from functools import partial

from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.export.reports.content import Band, GovernorsReport, TableOfSchool
from mtc_kiosk.export.results import ResultRow
from mtc_kiosk.insight.groups import FEWEST, WHY_HIDDEN, Group, may_be_shown
from mtc_kiosk.insight.pupil import PupilInsight
from mtc_kiosk.insight.whole_school import (
    MarksOf,
    SchoolFigures,
    ScoreOf,
    counts_kept,
    in_figures,
    kept,
    rows_of_school,
    school_figures,
)
from mtc_kiosk.office.attempts import Reading, marks_received
from mtc_kiosk.office.handed_out import note
from mtc_kiosk.office.national_figures import figures
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.progress import no_progress
from mtc_kiosk.office.report_figures import NO_GROUP, SEXES, days, length, scored, year_beside, years_beside
from mtc_kiosk.office.results import PAGE, about_file, proven_results
from mtc_kiosk.school.alphabet import group_order
from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.school.results import ResultStatus
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import audit, change

REPORT_MADE = "report.made"
"""The audit's action of a report without any pupil's score."""

GOVERNORS = "governors"

MADE_ONCE = (
    "The report for governors can be made once each has one, or after the last day of the check (school.yaml, window)."
)

_MADE_SINCE = """
    select exists (select 1 from audit where action = ? and account = ? and subject = ? and json(after) = json(?)
    and at >= ?)
"""


class StillToCome(OfficeRefused):
    """So many pupils have neither a score nor a reason, and the check is not over."""

    def __init__(self, pupils: int) -> None:
        self.sentence = (
            f"{counted(pupils, 'pupil')} {'has' if pupils == 1 else 'have'} neither a score nor a reason yet."
        )
        super().__init__(Problem(f"{self.sentence} {MADE_ONCE}", "still_to_come"))


def governors_report(home: OpenHome, where: str, year: int | None = None) -> GovernorsReport:
    """The report for governors, to be shown ``where``; ``year`` is the national one to stand beside it.

    Refused before the release of results; StillToCome unless each pupil has a score or a reason, the check is over, or
    too few took it for any figure; OfficeRefused for an account that may not export; DeviceKeyRefused.
    """
    if not may(home.staff, May.EXPORT):
        raise OfficeRefused(Problem("This account may not make the report for governors. Ask the head.", "not_allowed"))
    with proven_results(home, no_progress, trusts_memory=where == PAGE) as (db, derived):
        took = scored(derived.rows)
        rows = _in_figures(took)
        waiting = sum(row.result.score is None and row.result.status is not ResultStatus.REASON for row in derived.rows)
        if rows and waiting and not home.timetable.is_check_over(home.now):
            raise StillToCome(waiting)
        reading = Reading(home, db, derived)
        insights = reading.insights([row.pupil.id for row in rows])
        marks = [MarksOf(row.pupil.group_name, marks_received(reading.counting[row.pupil.id])) for row in rows]
    _note(home, where, len(rows))
    reasons = Counter(row.result.label for row in derived.rows if row.result.status is ResultStatus.REASON)
    found = _figures(took, length(rows))
    by_class = _renamed(found.by_group, {"": NO_GROUP}) if found is not None else ()
    by_sex = _renamed(found.by_sex, SEXES) if found is not None else ()
    return GovernorsReport(
        about=about_file(home, "Report for governors", *_notes(found, (*by_class, *by_sex))),
        days=days(home, rows),
        pupils=len(rows) or None,
        average=found.average if found is not None else None,
        middle=found.middle if found is not None else None,
        full_marks=found.full_marks if found is not None else None,
        out_of=length(rows) or home.rules.questions,
        bands=tuple(Band(*one) for one in found.bands) if found is not None else (),
        by_class=by_class,
        by_sex=by_sex,
        rows=rows_of_school(marks),
        tables=_tables(insights),
        national=year_beside(years_beside(rows, figures(home)), year),
        with_reason=kept(reasons.total()),
        reasons=tuple(counts_kept(dict(sorted(reasons.items()))).items()),
        still_to_come=kept(waiting),
        leaves_out=bool(rows) and len(rows) < len(took),
    )


def _in_figures(took: Sequence[ResultRow]) -> tuple[ResultRow, ...]:
    groups = in_figures([row.pupil.group_name for row in took])
    rows = tuple(row for row in took if row.pupil.group_name in groups)
    return rows if may_be_shown(len(rows)) else ()


def _figures(took: Sequence[ResultRow], out_of: int | None) -> SchoolFigures | None:
    """The figures of scores; None where checks cannot be compared, or are too few."""
    if out_of is None:
        return None
    scores = [ScoreOf(row.pupil.group_name, row.pupil.sex, row.result.score or 0) for row in took]
    return school_figures(scores, out_of, sorted({one.group for one in scores}, key=group_order))


def _notes(found: SchoolFigures | None, groups: Sequence[Group]) -> Iterator[str]:
    if found is None or found.full_marks is None or any(one.is_hidden for one in groups):
        yield WHY_HIDDEN


def _tables(insights: Mapping[int, PupilInsight]) -> tuple[TableOfSchool, ...]:
    """How many have not got each table, on average of what is likely; without those of fewer than five pupils."""
    found = []
    for place, table in enumerate(TABLES):
        without = sum(one.claims[place].chance.not_got for one in insights.values())
        if without >= FEWEST:
            found.append(TableOfSchool(table, without))
    return tuple(found)


def _renamed(found: Sequence[Group], names: Mapping[str, str]) -> tuple[Group, ...]:
    return tuple(replace(one, name=names.get(one.name, one.name)) for one in found)


def _note(home: OpenHome, where: str, count: int) -> None:
    """Leave an audit row; a page that the account opens again on the same day leaves no second one."""
    after = {"where": where, "pupils": count}
    since = written(home.timetable.at(home.today, time()))
    values = (REPORT_MADE, home.staff.account, GOVERNORS, json.dumps(after, sort_keys=True), since)
    if where != PAGE or not home.db.execute(_MADE_SINCE, values).fetchone()[0]:
        note(partial(_audit, home, after))


def _audit(home: OpenHome, after: Mapping[str, object]) -> None:
    with change(home.db):
        audit(home.db, home.stamp, REPORT_MADE, GOVERNORS, after=after)

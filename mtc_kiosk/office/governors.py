"""Make the report for governors: the whole school without a name, and without any figure that gives a child away.

Everything is of at least five pupils. The pupils of groups under five, if all of them together are still fewer, are in
no figure at all: whoever has the pages of the classes could subtract them from the whole.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time
from statistics import fmean, median

from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.export.reports.content import Band, GovernorsReport, TableOfSchool
from mtc_kiosk.export.results import ResultRow
from mtc_kiosk.insight.class_figures import Row, by_table
from mtc_kiosk.insight.groups import FEWEST, WHY_HIDDEN, Group, may_be_shown
from mtc_kiosk.insight.pupil import PupilInsight
from mtc_kiosk.office.attempts import Reading, marks_received
from mtc_kiosk.office.national_figures import figures
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.progress import no_progress
from mtc_kiosk.office.report_figures import (
    NO_GROUP,
    by_group_and_sex,
    days,
    length,
    scored,
    year_beside,
    years_beside,
)
from mtc_kiosk.office.results import PAGE, about_file, proven_results
from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.school.results import ResultStatus
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import audit, change

REPORT_MADE = "report.made"
"""The audit's action of a report without any pupil's score."""

GOVERNORS = "governors"

_MADE_SINCE = """
    select exists (select 1 from audit where action = ? and account = ? and subject = ? and json(after) = json(?)
    and at >= ?)
"""

LEFT_OUT = f"The pupils of groups with fewer than {FEWEST} are in no figure."


def governors_report(home: OpenHome, where: str, year: int | None = None) -> GovernorsReport:
    """The report for governors, to be shown ``where``; ``year`` is the national one to stand beside it.

    Refused before the release of results; OfficeRefused for an account that may not export; DeviceKeyRefused.
    """
    if not may(home.staff, May.EXPORT):
        raise OfficeRefused(Problem("This account may not make the report for governors. Ask the head.", "not_allowed"))
    with proven_results(home, no_progress, trusts_memory=where == PAGE) as (db, derived):
        took = scored(derived.rows)
        rows, left = _counted(took)
        enough = may_be_shown(len(rows))
        reading = Reading(home, db, derived)
        insights = reading.insights([row.pupil.id for row in rows]) if enough else {}
        marks = [marks_received(reading.counting[row.pupil.id]) for row in rows]
        _note(home, where, len(rows))
        reasons = Counter(row.result.label for row in derived.rows if row.result.status is ResultStatus.REASON)
        waiting = sum(row.result.score is None for row in derived.rows) - reasons.total()
    out_of = length(rows)
    scores = [row.result.score for row in rows if row.result.score is not None]
    has_figures = enough and out_of is not None
    groups, sexes = by_group_and_sex(rows) if has_figures else ((), ())
    groups = (*groups, *(Group(name or NO_GROUP, None, None, None, None) for name in left)) if has_figures else ()
    years = years_beside(rows, figures(home))
    is_kept_back = not enough or any(one.is_hidden for one in (*groups, *sexes))
    notes = (WHY_HIDDEN,) * is_kept_back + (LEFT_OUT,) * bool(left and enough)
    return GovernorsReport(
        about=about_file(home, "Report for governors", *notes),
        days=days(home, rows) if enough else None,
        pupils=len(rows) if enough else None,
        average=fmean(scores) if has_figures else None,
        middle=float(median(scores)) if has_figures else None,
        full_marks=_kept(sum(score == out_of for score in scores), len(scores)) if has_figures else None,
        out_of=out_of or home.rules.questions,
        bands=bands(scores, out_of) if has_figures and out_of is not None else (),
        by_class=_full_marks_kept(groups, scores, out_of),
        by_sex=_full_marks_kept(sexes, scores, out_of),
        rows=tuple(_row(one) for one in by_table(marks)) if enough else (),
        tables=_tables(insights),
        national=year_beside(years, year) if has_figures else None,
        with_reason=_kept(reasons.total()),
        reasons=_reasons(reasons),
        still_to_come=_kept(waiting),
    )


def bands(scores: Sequence[int], out_of: int) -> tuple[Band, ...]:
    """The scores in bands of five pupils or more, from the highest down; empty for fewer than five in all.

    Below the last band nobody has a score.
    """
    counts = Counter(scores)
    found: list[Band] = []
    highest, pupils = out_of, 0
    for score in range(out_of, -1, -1):
        pupils += counts[score]
        if may_be_shown(pupils):
            found.append(Band(score, highest, pupils))
            highest, pupils = score - 1, 0
    if found and pupils:
        last = found.pop()
        found.append(Band(0, last.highest, last.pupils + pupils))
    return tuple(found)


def _counted(took: Sequence[ResultRow]) -> tuple[tuple[ResultRow, ...], tuple[str, ...]]:
    """The pupils in the figures, and the names of the groups that are left out."""
    sizes = Counter(row.pupil.group_name for row in took)
    small = tuple(sorted(name for name, size in sizes.items() if not may_be_shown(size)))
    if may_be_shown(sum(sizes[name] for name in small)):
        return tuple(took), ()
    return tuple(row for row in took if row.pupil.group_name not in small), small


def _kept(count: int, of: int | None = None) -> int | None:
    """A count; None where it, or what is left of the whole, is of one to four pupils."""
    small = range(1, FEWEST)
    return None if count in small or (of is not None and of - count in small) else count


def _full_marks_kept(found: Sequence[Group], scores: Sequence[int], out_of: int | None) -> tuple[Group, ...]:
    """The groups with their full marks only if none of the counts, and none had by subtraction, is of one to four."""
    shown = [(one.full_marks or 0, one.pupils or 0) for one in found if not one.is_hidden]
    whole = sum(score == out_of for score in scores), len(scores)
    rest = (whole[0] - sum(full for full, _ in shown), whole[1] - sum(pupils for _, pupils in shown))
    if all(_kept(full, pupils) is not None for full, pupils in (*shown, rest)):
        return tuple(found)
    return tuple(replace(one, full_marks=None) for one in found)


def _row(row: Row) -> Row:
    """A table's share right, left out where it was asked fewer than five times."""
    return row if may_be_shown(row.asked) else Row(row.table, 0, 0)


def _tables(insights: Mapping[int, PupilInsight]) -> tuple[TableOfSchool, ...]:
    """How many have not got each table, on average of what is likely; without those of fewer than five pupils."""
    found = []
    for place, table in enumerate(TABLES):
        without = sum(one.claims[place].chance.not_got for one in insights.values())
        if without >= FEWEST:
            found.append(TableOfSchool(table, without))
    return tuple(found)


def _reasons(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The reasons of five pupils or more; none where the others could be had from how many there are in all."""
    shown = {label: count for label, count in sorted(counts.items()) if may_be_shown(count)}
    rest = counts.total() - sum(shown.values())
    return tuple(shown.items()) if _kept(rest) is not None else ()


def _note(home: OpenHome, where: str, count: int) -> None:
    """Leave an audit row; a page that the account opens again on the same day leaves no second one."""
    after = {"where": where, "pupils": count}
    since = written(home.timetable.at(home.today, time()))
    values = (REPORT_MADE, home.staff.account, GOVERNORS, json.dumps(after), since)
    if where != PAGE or not home.db.execute(_MADE_SINCE, values).fetchone()[0]:
        with change(home.db):
            audit(home.db, home.stamp, REPORT_MADE, GOVERNORS, after=after)

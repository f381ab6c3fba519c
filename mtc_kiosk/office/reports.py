"""Make the reports that pages and files show: of a class, of a pupil, for governors, and of two sides.

Each is refused before the release of results. Whatever shows a score leaves the audit row of results. A kiosk must not
import this module.
"""

from collections.abc import Mapping
from dataclasses import replace

from mtc_kiosk.export.reports.content import ClassReport, DatedGo, PupilLine, PupilReport
from mtc_kiosk.export.results import ResultRow, notes
from mtc_kiosk.insight.practise import progress
from mtc_kiosk.insight.pupil import PupilInsight
from mtc_kiosk.office.attempts import Taken
from mtc_kiosk.office.governors import governors_report
from mtc_kiosk.office.insight import insight_of_class, insight_of_pupil
from mtc_kiosk.office.national_figures import figures
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.report_figures import by_group_and_sex, by_sex, days, year_beside, years_beside
from mtc_kiosk.office.results import about_file, layout_of
from mtc_kiosk.office.side_by_side import SideChoice, side_by_side, sides
from mtc_kiosk.school.namesakes import named_apart
from mtc_kiosk.school.results import ResultStatus
from mtc_kiosk.store.school.register import pupils

__all__ = [
    "FILE",
    "SideChoice",
    "class_report",
    "governors_report",
    "pupil_report",
    "side_by_side",
    "sides",
]

SETTLED = (ResultStatus.REASON, ResultStatus.TWO_CHECKS)
"""Pupils without a score of whom nothing is to come: there is a reason, or two checks from which a head must choose."""

FILE = "report"
"""Where a report in a file is shown; the subject of the audit's row."""


def class_report(home: OpenHome, where: str, group: str = "", year: int | None = None) -> ClassReport:
    """The report of one ``group``, or of all pupils that the account may see, to be shown ``where``.

    ``year`` is the national year to stand beside it, else the newest with its whole distribution, else the newest.
    Refused before the release of results; DeviceKeyRefused. It is audited as a showing of results.
    """
    found = insight_of_class(home, where, group)
    rows = found.results.rows
    names = named_apart(pupils(home.db, with_left=True))
    years = years_beside(rows, figures(home))
    groups, sexes = by_group_and_sex(rows) if not group else ((), by_sex(rows))
    with_reason = sum(row.result.status is ResultStatus.REASON for row in rows)
    what_rows_leave_out = notes(rows, replace(layout_of(home), with_ctf=True))
    return ClassReport(
        about=about_file(home, "Insight", *what_rows_leave_out, *found.results.strangers),
        group=group,
        groups=found.results.groups,
        days=days(home, rows),
        insight=found.insight,
        lines=tuple(_line(row, names, found.insight.pupils) for row in rows),
        with_reason=with_reason,
        still_to_come=sum(row.result.score is None and row.result.status not in SETTLED for row in rows),
        by_group=groups,
        by_sex=sexes,
        national=year_beside(years, year),
        years=tuple(sorted(years, reverse=True)),
        two=tuple(names[pupil.id] for pupil in found.two),
        unread=tuple(names[pupil.id] for pupil in found.unread),
    )


def pupil_report(home: OpenHome, where: str, pupil_id: int) -> PupilReport:
    """The report of one pupil, to be shown ``where``. The audit's row names this pupil alone.

    OfficeRefused for a pupil whom the account may not see. Refused before the release of results, without a score, and
    where a head must choose between two checks; DeviceKeyRefused.
    """
    found = insight_of_pupil(home, where, pupil_id)
    pupil, at = found.row.pupil, found.row.result.completed_at
    names = named_apart(pupils(home.db, with_left=True))
    return PupilReport(
        about=about_file(home, "Insight", *found.notes),
        id=pupil.id,
        called=pupil.called_in_full,
        name=names[pupil.id],
        group=pupil.group_name,
        completed_at=at.astimezone(home.timetable.zone) if at is not None else None,
        insight=found.insight,
        goes=_goes(home, [*found.tries, found.check], found.check),
    )


def _line(row: ResultRow, names: Mapping[int, str], insights: Mapping[int, PupilInsight]) -> PupilLine:
    result = row.result
    insight = insights.get(row.pupil.id)
    return PupilLine(row.pupil.id, names[row.pupil.id], result.score, result.out_of, result.label, insight)


def _goes(home: OpenHome, goes: list[Taken], check: Taken) -> tuple[DatedGo, ...]:
    """The goes and the check, oldest first."""
    ordered = sorted(goes, key=lambda one: one.at)
    found = progress([(one.attempt, one is check) for one in ordered])
    return tuple(DatedGo(home.timetable.day(one.at), go) for one, go in zip(ordered, found, strict=True))

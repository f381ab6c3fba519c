"""Insight: a class, one pupil, two sides beside each other, and a page for governors; each also as a file to keep.

A page and its file show the same report. A file is a POST, because each one leaves a row in the audit.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import cast

from flask import Blueprint, Response, g, render_template, request, url_for

from mtc_kiosk.console import listing
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import download
from mtc_kiosk.export.reports import html
from mtc_kiosk.export.reports.content import ClassReport, PupilLine
from mtc_kiosk.export.reports.drawn import thinks_shown
from mtc_kiosk.office import national_figures, reports
from mtc_kiosk.office.chosen import pupil_chosen
from mtc_kiosk.office.governors import MADE_ONCE, StillToCome
from mtc_kiosk.office.handed_out import once_handed_out
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.pupils import names as names_of
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.office.results import PAGE, release_obstacle
from mtc_kiosk.office.results_list import kept_back
from mtc_kiosk.school.obstacle import TWO_CHECKS, Refused
from mtc_kiosk.school.permissions import May

pages = Blueprint("insight", __name__)


class PupilOrder(StrEnum):
    """How the pupils of a class are listed."""

    SCORE = "score"
    NAME = "name"
    THINK_TIME = "time"


@dataclass(frozen=True)
class ClassAsked:
    """What a class's page or file was asked for. ``year`` is None for the newest, ``unknown_year`` what is none."""

    group: str
    year: int | None
    unknown_year: str
    order: PupilOrder

    @property
    def fields(self) -> dict[str, str]:
        """The same for a form, or for an address."""
        year = {"year": str(self.year)} if self.year is not None else {}
        return {"group": self.group, **year, "sort": str(self.order)}


@pages.get("/results/class")
@needs(May.SEE_RESULTS)
def a_class() -> str:
    """A class: its scores, its facts, what to teach again, and its pupils."""
    kept = kept_back(_home())
    if kept is not None:
        return render_template("results/kept_back.html", kept=kept)
    asked = _class_asked(request.args)
    report = _class(PAGE, asked)
    listing.keep(request.full_path.rstrip("?"), [line.id for line in report.lines])
    return render_template(
        "insight/a_class.html",
        report=report,
        asked=asked,
        page=html.class_parts(report, _link),
        groups=_options(report.groups),
        years=_options(report.years),
    )


@pages.post("/results/class/file")
@needs(May.SEE_RESULTS)
def class_file() -> Response:
    """The same class as a file."""
    return _file("class", lambda: html.class_page(_class(reports.FILE, _class_asked(request.form))))


@pages.get("/results/pupils/<int:pupil_id>")
@needs(May.SEE_RESULTS)
def a_pupil(pupil_id: int) -> str:
    """One pupil: 25 answers, what to practise, how things went; or why there is nothing to show."""
    home = _home()
    kept = kept_back(home)
    if kept is not None:
        return render_template("results/kept_back.html", kept=kept)
    names = names_of(home, with_left=True)
    around = listing.around(pupil_id, tuple(names))
    try:
        report = reports.pupil_report(home, PAGE, pupil_id)
    except Refused as refused:
        return render_template(
            "insight/no_report.html",
            pupil=pupil_chosen(home.db, pupil_id),
            problems=problems_of(refused, home.db, lambda pupil: pupil.called_in_full),
            has_two=any(one.obstacle is TWO_CHECKS for one in refused.obstacles),
            names=names,
            around=around,
        )
    page = html.pupil_parts(report, _link)
    return render_template("insight/a_pupil.html", report=report, page=page, names=names, around=around)


@pages.post("/results/pupils/<int:pupil_id>/file")
@needs(May.SEE_RESULTS)
def pupil_file(pupil_id: int) -> Response:
    """The same pupil as a file, which names no pupil in its own name."""
    return _file("pupil", lambda: html.pupil_page(reports.pupil_report(_home(), reports.FILE, pupil_id)))


@pages.get("/results/side-by-side")
@needs(May.SEE_RESULTS)
def side_by_side() -> str:
    """Two classes, or two days of one; first to be chosen."""
    home = _home()
    kept = kept_back(home)
    if kept is not None:
        return render_template("results/kept_back.html", kept=kept)
    one, other = request.args.get("one", ""), request.args.get("other", "")
    sides = reports.sides(home)
    keys = {side.key for side in sides}
    chosen = one in keys and other in keys and one != other
    report = reports.side_by_side(home, PAGE, one, other) if chosen else None
    offered = sides[1:3] if len(sides) > 2 and sides[2].is_of_check else sides[:2]  # two classes before all pupils
    return render_template(
        "insight/side_by_side.html",
        page=html.side_by_side_parts(report) if report is not None else None,
        sides=[(side.key, side.title) for side in sides],
        one=one,
        other=other,
        offered=[side.key for side in offered],
        wrong=_wrong_choice(one, other) if report is None else "",
    )


@pages.post("/results/side-by-side/file")
@needs(May.SEE_RESULTS)
def side_by_side_file() -> Response:
    """The same two sides as a file."""
    one, other = request.form.get("one", ""), request.form.get("other", "")
    return _file(
        "side-by-side", lambda: html.side_by_side_page(reports.side_by_side(_home(), reports.FILE, one, other))
    )


@pages.get("/results/governors")
@needs(May.EXPORT)
def governors() -> str:
    """The whole school without a name."""
    home = _home()
    obstacle = release_obstacle(home)
    if obstacle is not None:
        return render_template("insight/wait.html", sentence=obstacle.sentence)
    year, unknown = _year(request.args)
    try:
        report = reports.governors_report(home, PAGE, year)
    except StillToCome as refused:
        return render_template("insight/wait.html", sentence=refused.sentence, made_once=MADE_ONCE)
    return render_template(
        "insight/governors.html",
        report=report,
        page=html.governors_parts(report),
        years=_options(sorted(national_figures.figures(home), reverse=True)),
        unknown_year=unknown,
    )


@pages.post("/results/governors/file")
@needs(May.EXPORT)
def governors_file() -> Response:
    """The same page as a file."""
    year, _ = _year(request.form)
    return _file("governors", lambda: html.governors_page(reports.governors_report(_home(), reports.FILE, year)))


def _home() -> OpenHome:
    return cast(OpenHome, g.home)


def _link(pupil_id: int) -> str:
    return url_for("insight.a_pupil", pupil_id=pupil_id)


def _options(values: Iterable[object]) -> list[tuple[str, str]]:
    """What a select offers: each value and its text."""
    return [(str(value), str(value)) for value in values]


def _wrong_choice(one: str, other: str) -> str:
    """Why two keys are no two sides; "" where nothing was chosen yet."""
    if not one and not other:
        return ""
    return "Choose two different ones." if one == other else "Choose both. One of them is no longer there."


def _class_asked(sent: Mapping[str, str]) -> ClassAsked:
    """What is asked for; without a word of it, the account's own group if it has one."""
    mine = _home().staff.groups
    group = sent.get("group")
    year, unknown = _year(sent)
    try:
        order = PupilOrder(sent.get("sort", ""))
    except ValueError:
        order = PupilOrder.SCORE
    return ClassAsked(next(iter(mine)) if group is None and len(mine) == 1 else group or "", year, unknown, order)


def _year(sent: Mapping[str, str]) -> tuple[int | None, str]:
    """The national year asked for, None for the newest; and what was asked for if there is no such year."""
    written = sent.get("year", "")
    if not written:
        return None, ""
    known = {str(year): year for year in national_figures.figures(_home())}
    return known.get(written), "" if written in known else written


def _class(where: str, asked: ClassAsked) -> ClassReport:
    found = reports.class_report(_home(), where, asked.group, asked.year)
    key = _slowest_first(found) if asked.order is PupilOrder.THINK_TIME else _KEYS[asked.order]
    return replace(found, lines=tuple(sorted(found.lines, key=key)))


def _score_first(line: PupilLine) -> tuple[bool, int]:
    return line.score is None, line.score or 0


def _slowest_first(report: ClassReport) -> Callable[[PupilLine], tuple[bool, int]]:
    """By the think time that the page shows; a pupil without one at the end, whatever the reason."""
    thinks = thinks_shown(report.insight.pupils)
    return lambda line: (thinks.get(line.id) is None, -(thinks.get(line.id) or 0))


_KEYS: Mapping[PupilOrder, Callable[[PupilLine], tuple[bool, int]]] = {
    PupilOrder.SCORE: _score_first,
    PupilOrder.NAME: lambda line: (False, 0),
}
"""Lines are in list order before, and stay so where these are equal."""


def _file(what: str, made: Callable[[], bytes]) -> Response:
    day = _home().today
    with once_handed_out():
        content = made()
    return download(content, f"{what}-report-{day:%Y-%m-%d}.html", "text/html")

"""A report as one page: its heading, lead and body, for the console; or one HTML file that needs nothing else.

The file has style sheets and typeface in it, no script, and no address outside itself. A body is a template of
``templates/`` with pictures from ``export.pictures``; whatever comes from a pupil's record is escaped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK, About
from mtc_kiosk.export.reports import class_words, drawn, pupil_words, shared_words
from mtc_kiosk.export.reports.content import ClassReport, GovernorsReport, PupilReport, SideBySide
from mtc_kiosk.export.typeface import with_fonts
from mtc_kiosk.insight.groups import WHY_HIDDEN
from mtc_kiosk.insight.national import ANOTHER_CHECK
from mtc_kiosk.resources import asset

Link = Callable[[int], str | None]
"""The address of a pupil's page by pupil id; None where there is none, as in a file."""

SHEETS = ("console.css", "insight.css", "report.css")
"""The style sheets of a report: a page of the console links to them, a file has them in it."""


@dataclass(frozen=True)
class Page:
    """What a page shows: ``title`` for its window, the heading (h1), the lead below it, the body as safe markup.

    ``whom`` tells a pupil from namesakes, for a file; a page of the console says it in other places.
    """

    title: str
    heading: str
    lead: str
    body: Markup
    whom: str = ""


def no_link(_pupil: int) -> str | None:
    """The ``Link`` of a file."""
    return None


def class_parts(report: ClassReport, link: Link = no_link) -> Page:
    """A class. Its pupils come in the order of ``report.lines``."""
    found = report.insight
    return Page(
        title=f"Results: {report.group or 'all pupils'}",
        heading=class_words.class_heading(report),
        lead=class_words.class_lead(report),
        body=_body(
            "class_body.html",
            report,
            drawn.class_pictures(report),
            link=link,
            scored=sum(line.score is not None for line in report.lines),
            rows={row.table: row for row in found.rows},
            out_of=found.distribution.out_of if found.distribution else pupil_words.USUAL_LENGTH,
        ),
    )


def pupil_parts(report: PupilReport, link: Link = no_link) -> Page:
    """A pupil."""
    heading = pupil_words.pupil_heading(report)
    body = _body("pupil_body.html", report, drawn.pupil_pictures(report), link=link)
    whom = f"{report.name}, {report.group}" if report.group else report.name
    return Page(heading, heading, pupil_words.pupil_lead(report), body, whom)


def governors_parts(report: GovernorsReport) -> Page:
    """The whole school, for governors."""
    return Page(
        title="For governors",
        heading=shared_words.governors_heading(report),
        lead=shared_words.governors_lead(report),
        body=_body(
            "governors_body.html",
            report,
            drawn.governors_pictures(report),
            estimates=shared_words.tables_for_governors(report),
            tables_in_sentences=shared_words.tables_in_sentences(report),
            england=shared_words.national_figures(report),
        ),
    )


def side_by_side_parts(report: SideBySide) -> Page:
    """Two sides."""
    return Page(
        title=f"{report.one.title} beside {report.other.title}",
        heading=shared_words.beside_heading(report),
        lead=shared_words.beside_lead(report),
        body=_body("beside_body.html", report, drawn.beside_pictures(report)),
    )


def class_page(report: ClassReport) -> bytes:
    """A class as one file."""
    return _file(class_parts(report), report.about)


def pupil_page(report: PupilReport) -> bytes:
    """A pupil as one file."""
    return _file(pupil_parts(report), report.about)


def governors_page(report: GovernorsReport) -> bytes:
    """The governors' page as one file."""
    return _file(governors_parts(report), report.about)


def side_by_side_page(report: SideBySide) -> bytes:
    """Two sides as one file."""
    return _file(side_by_side_parts(report), report.about)


def _file(page: Page, about: About) -> bytes:
    style = Markup(_style() + _margins(about))  # noqa: S704 - our own sheets, and a text of CSS that nothing ends
    return _templates().get_template("report_file.html").render(page=page, about=about, style=style).encode()


def _body(template: str, report: object, pictures: object, **more: object) -> Markup:
    found = _templates().get_template(template).render(report=report, pictures=pictures, **more)
    return Markup(found)  # noqa: S704 - the template escapes whatever it is given


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("mtc_kiosk.export.reports"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    found.globals.update(
        ANOTHER_CHECK=ANOTHER_CHECK,
        MADE_UP=MADE_UP,
        NO_TABLE=class_words.NO_TABLE,
        NO_FIGURES=shared_words.NO_FIGURES,
        NOT_GOT=pupil_words.NOT_GOT,
        OWN_CHECK=OWN_CHECK,
        WHY_HIDDEN=WHY_HIDDEN,
        base_of_share=shared_words.base_of_share,
        cannot_tell=pupil_words.cannot_tell,
        doubt_of_class=class_words.doubt_of_class,
        examples=pupil_words.examples,
        gap_sentences=shared_words.gap_sentences,
        goes_in_words=pupil_words.goes_in_words,
        half=class_words.half_in_words,
        how_sure=class_words.how_sure,
        mistakes_in_words=pupil_words.mistakes_in_words,
        more_examples=pupil_words.more_examples,
        stands_out=class_words.stands_out,
        time_sentences=pupil_words.time_sentences,
    )
    return found


@cache
def _style() -> str:
    return with_fonts("\n".join(asset("console", name).read_text(encoding="utf-8") for name in SHEETS))


def _margins(about: About) -> str:
    """What each printed page says in its margins; a browser that does not know margins still prints the foot."""
    top = f"{about.school}. {MADE_UP}" if about.made_up else about.school
    edges = {"top-left": _css(top), "bottom-left": _css(OWN_CHECK), "bottom-right": 'counter(page) "/" counter(pages)'}
    return "@page{" + "".join(f"@{edge}{{content:{said};{_SMALL}}}" for edge, said in edges.items()) + "}"


_SMALL = "font:8pt Andika,sans-serif;color:#333;white-space:nowrap"


def _css(text: str) -> str:
    """A text in a style sheet that nothing in it can end: all but letters, digits and spaces by their number."""
    return '"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in text) + '"'

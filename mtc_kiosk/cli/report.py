"""``mtc-kiosk report``: what the checks say, each report as one file to open in a browser, to print or to send."""

from collections.abc import Callable
from pathlib import Path

import click

from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import as_typed, echo, marked, print_json
from mtc_kiosk.cli.pupil_argument import pupil_argument
from mtc_kiosk.export.reports import html
from mtc_kiosk.office import national_figures, report_files, reports
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.words import names_in_words

out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The file to write, or a folder for it; the exports folder of the home if left out.",
)
year_option = click.option(
    "--year", type=int, metavar="YEAR", help="The year of the national figures beside it; the newest if left out."
)


@click.group(cls=GuidedGroup)
def report() -> None:
    """Say what the checks show: of a class, a pupil, the school, two sides. Each report is one file for a browser."""


@report.command("class")
@click.option("--group", metavar="GROUP", help="Only this group, such as 4A; all pupils if left out.")
@year_option
@out_option
@home_option
@json_option
@click.pass_context
def report_class(ctx: click.Context, group: str | None, year: int | None, out: Path | None) -> None:
    """Write what the checks of a class show: scores, facts, what to teach again, and a line for each pupil."""
    with opened_home(ctx) as home:
        name = report_files.group_named(home, group) if group is not None else ""
        report_files.refuse_unknown_year(home, year)

        def made() -> bytes:
            return html.class_page(reports.class_report(home, reports.FILE, name, year))

        _write(ctx, home, "class", out, made)


@report.command("pupil")
@pupil_argument
@out_option
@home_option
@json_option
@click.pass_context
def report_pupil(ctx: click.Context, pupil: str, out: Path | None) -> None:
    """Write what one pupil's check shows: every answer, what to practise next, and how sure that is."""
    with opened_home(ctx) as home:
        pupil_id = report_files.pupil_meant(home, pupil)

        def made() -> bytes:
            return html.pupil_page(reports.pupil_report(home, reports.FILE, pupil_id))

        _write(ctx, home, "pupil", out, made)


@report.command("governors")
@year_option
@out_option
@home_option
@json_option
@click.pass_context
def report_governors(ctx: click.Context, year: int | None, out: Path | None) -> None:
    """Write what governors may see: the whole school without a name, and no figure of fewer than five pupils."""
    with opened_home(ctx) as home:
        report_files.refuse_unknown_year(home, year)

        def made() -> bytes:
            return html.governors_page(reports.governors_report(home, reports.FILE, year))

        _write(ctx, home, "governors", out, made)


@report.command("compare")
@click.argument("one", required=False)
@click.argument("other", required=False)
@click.option("--list", "lists", is_flag=True, help="List what can be compared, and how to name it.")
@out_option
@home_option
@json_option
@click.pass_context
def report_compare(ctx: click.Context, one: str | None, other: str | None, lists: bool, out: Path | None) -> None:
    """Write two classes, or two days of one, side by side, and whether they differ by more than chance.

    ONE and OTHER are named as --list has them.
    """
    if lists and (one or out):
        raise click.UsageError("--list writes no file. Leave out the rest, or leave out --list.")
    if not lists and other is None:
        raise click.UsageError("Name two sides. mtc-kiosk report compare --list says which there are.")
    with opened_home(ctx) as home:
        if lists:
            _list_sides(ctx, home)
            return

        def made() -> bytes:
            return html.side_by_side_page(reports.side_by_side(home, reports.FILE, one or "", other or ""))

        _write(ctx, home, "side-by-side", out, made)


@report.command("national")
@click.argument("file", type=click.Path(path_type=Path))
@home_option
@json_option
@click.pass_context
def report_national(ctx: click.Context, file: Path) -> None:
    """Load the DfE's score distribution (CSV), so that reports can draw England's beside the school's.

    FILE is the one that the DfE publishes with the statistics of the check.
    """
    with opened_home(ctx) as home:
        years = national_figures.load(home, file)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"years": list(years)}))
            return
        loaded = names_in_words([str(year) for year in years])
        echo(home, f"Loaded the national scores of {loaded}. They are of the statutory check, which is another check.")


def _list_sides(ctx: click.Context, home: OpenHome) -> None:
    sides = reports.sides(home)
    if settled(ctx).as_json:
        found = [{"key": side.key, "title": side.title} for side in sides]
        print_json(ok=True, data=marked(home, {"sides": found}))
        return
    if not sides:
        echo(home, "There is nothing to compare yet: no check has come in.")
        return
    echo(home, "These can be compared:")
    width = max(len(as_typed(side.key)) for side in sides)
    for side in sides:
        click.echo(f"  {as_typed(side.key):<{width}}  {side.title}")


def _write(ctx: click.Context, home: OpenHome, what: str, out: Path | None, made: Callable[[], bytes]) -> None:
    path = report_files.write(home, out, what, made)
    if settled(ctx).as_json:
        print_json(ok=True, data=marked(home, {"out": str(path), "report": what}))
    else:
        echo(home, f"The report is written to {path}. Open it in a browser.")

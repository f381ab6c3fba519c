"""``mtc-kiosk export``: results, reasons and answers as files that a school can open."""

from pathlib import Path

import click

from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, REFUSED, echo, marked, print_json
from mtc_kiosk.cli.progress_bar import with_bar
from mtc_kiosk.office import answers, json_files, results
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.progress import no_progress
from mtc_kiosk.office.results import FileKind, Written
from mtc_kiosk.school.words import counted

format_option = click.option(
    "--format",
    "form",
    type=click.Choice([str(kind) for kind in FileKind]),
    default=str(FileKind.CSV),
    show_default=True,
    help="The kind of file: xlsx (Excel Workbook) prints on A4 as it is.",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The file to write, or a folder for it; the exports folder of the home if left out.",
)


@click.group(cls=GuidedGroup)
def export() -> None:
    """Save results, reasons for not taking the check, or answers as files."""


@export.command("results")
@format_option
@out_option
@home_option
@json_option
@click.pass_context
def export_results(ctx: click.Context, form: str, out: Path | None) -> int:
    """Write the results, with a row for every pupil on the register."""
    with opened_home(ctx) as home:
        progress = no_progress if settled(ctx).as_json else with_bar
        return _answer(ctx, home, results.write_results(home, FileKind(form), out, progress))


@export.command("reasons")
@format_option
@out_option
@home_option
@json_option
@click.pass_context
def export_reasons(ctx: click.Context, form: str, out: Path | None) -> int:
    """Write the reasons for not taking the check. Each pupil who has one has a row."""
    with opened_home(ctx) as home:
        return _answer(ctx, home, results.write_reasons(home, FileKind(form), out))


@export.command("answers")
@format_option
@out_option
@home_option
@json_option
@click.pass_context
def export_answers(ctx: click.Context, form: str, out: Path | None) -> int:
    """Write how each question was answered, and how fast. Each question of each check has a row."""
    with opened_home(ctx) as home:
        progress = no_progress if settled(ctx).as_json else with_bar
        return _answer(ctx, home, answers.write_answers(home, FileKind(form), out, progress))


def _answer(ctx: click.Context, home: OpenHome, written: Written) -> int:
    problems = written.left_out
    if settled(ctx).as_json:
        print_json(ok=not problems, data=marked(home, json_files.written(written)), problems=problems)
    else:
        echo(home, f"{counted(written.rows, 'row')} written to {written.path}.")
        for problem in problems:
            click.echo(str(problem), err=True)
    return REFUSED if problems else DONE

"""``mtc-kiosk pupils import`` and ``template`` (``office.class_list``): a list onto the register, or an empty one."""

from collections.abc import Sequence
from pathlib import Path

import click

from mtc_kiosk.cli.list_words import as_options
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, REFUSED, as_typed, echo, look_again, marked, print_json
from mtc_kiosk.office import class_list as office
from mtc_kiosk.office import json_register as as_json
from mtc_kiosk.office.class_list_template import write_template
from mtc_kiosk.office.class_list_undo import ListUndone, undo_file
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.words import counted


@click.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="COLUMN=HEADING",
    help='Which heading a column has, such as "Surname=Last name". You can give it several times.',
)
@click.option("--update", is_flag=True, help="Change pupils on the register to what the list says.")
@click.option(
    "--encoding",
    type=click.Choice(office.ENCODING_NAMES, case_sensitive=False),
    help="How the letters of a CSV file are saved.",
)
@click.option("--sheet", help="Which sheet of an Excel workbook, if not the first.")
@click.option(
    "--hidden",
    type=click.Choice(office.HIDDEN_CHOICES),
    help="Whether to import rows and columns that are hidden in Excel.",
)
@click.option("--number", is_flag=True, help="Give a pupil ref to each pupil who has neither UPN nor pupil ref.")
@click.option("--undo", is_flag=True, help="Take back the import of this list: those it added are marked as left.")
@home_option
@json_option
@click.pass_context
def import_class_list(
    ctx: click.Context, /, path: Path, maps: Sequence[str], update: bool, number: bool, undo: bool, **read: str | None
) -> int:
    """Import the class list in FILE (CSV or .xlsx)."""
    if undo and update:
        raise click.UsageError("Give --update or --undo, not both.", ctx)
    before_saving = (lambda _: None) if settled(ctx).as_json else look_again
    with opened_home(ctx) as home:
        try:
            how = read["encoding"], read["sheet"], read["hidden"]
            asked = office.Asked(maps, update, *how, number, as_options)
            if undo:
                return _report_undone(ctx, home, undo_file(home, path, asked))
            done = office.import_file(home, path, asked, before_saving)
        except office.NotAColumn as refused:
            raise click.UsageError(f"--map {refused}", ctx) from refused
        except office.ListHasErrors as refused:
            return _refuse(ctx, home, path, refused)
        return _report(ctx, home, done)


@click.command("template")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it exists already.")
@home_option
@json_option
@click.pass_context
def template(ctx: click.Context, path: Path, force: bool) -> None:
    """Write an empty class list to fill in: FILE ends in .xlsx (Excel) or .csv."""
    with opened_home(ctx) as home:
        done = write_template(home, path, force=force)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, as_json.template(done)))
            return
        filled_in = f"mtc-kiosk pupils import {as_typed(done.path)}"
        echo(home, f"{done.path} is ready. Fill it in, save it, then type: {filled_in}")


def _refuse(ctx: click.Context, home: OpenHome, path: Path, refused: office.ListHasErrors) -> int:
    """Print every error, and the path of the file that lists them; nothing was imported."""
    written, problems = None, refused.problems
    try:
        written = office.write_errors(home, path, refused)
    except OfficeRefused as unwritten:
        problems = (*problems, *unwritten.problems)
    if settled(ctx).as_json:
        data = as_json.list_with_errors(str(path), str(written) if written else None, refused)
        print_json(ok=False, data=marked(home, data), problems=problems)
        return REFUSED
    for each in problems:
        click.echo(str(each), err=True)
    click.echo("Nothing was imported.", err=True)
    if refused.lacks_numbers and not home.is_national:
        click.echo("To give each of these pupils a pupil ref, import the list with --number.", err=True)
    if written:
        click.echo(
            f"The same list with its errors: {written}\nCorrect the mistakes in that file, then import it.", err=True
        )
    return REFUSED


def _report_undone(ctx: click.Context, home: OpenHome, done: ListUndone) -> int:
    if settled(ctx).as_json:
        print_json(ok=True, data=marked(home, as_json.list_undone(done)))
        return DONE
    back = "Use pupils leave --undo PUPIL to bring one back."
    echo(home, f"{counted(len(done.left), 'pupil')} marked as having left. {back}")
    if done.staying:
        click.echo(f"{counted(done.staying, 'pupil')} on the register before that import: not changed.")
    return DONE


def _report(ctx: click.Context, home: OpenHome, done: office.ListImported) -> int:
    if settled(ctx).as_json:
        print_json(ok=True, data=marked(home, as_json.imported(done)))
        return DONE
    look_again(done.warnings)
    if done.unused:
        click.echo(f"Skipped columns: {', '.join(done.unused)}.")
    if done.numbered:
        click.echo("New pupil refs:")
    for pupil in done.numbered:
        click.echo(f"{pupil.ref}  {pupil.listed}")
    counts = (("added", done.added), ("changed", done.changed), ("unchanged", done.unchanged))
    echo(home, ", ".join(f"{len(those)} {how}" for how, those in counts if those) + ".")
    return DONE

"""``mtc-kiosk forms``: make form files, and check form files against the rules (``office.forms``)."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, REFUSED, print_json
from mtc_kiosk.cli.places import configuration_of, home_of
from mtc_kiosk.cli.progress_bar import with_bar
from mtc_kiosk.office import json_files
from mtc_kiosk.office.forms import check_files, make_forms
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.words import counted

MOST_FORMS = 100_000


def form_rules(ctx: click.Context) -> FormRules:
    """The rules for making and checking forms, from the home's ``check.yaml``."""
    return configuration_of(home_of(ctx)).check.form_rules()


@click.group(cls=GuidedGroup)
def forms() -> None:
    """Make files of questions (forms), or check them against the rules of the check."""


@forms.command()
@click.option("--count", type=click.IntRange(1, MOST_FORMS), required=True, help="How many forms to make.")
@click.option(
    "--seed", type=click.IntRange(0), required=True, help="A number. The same seed makes the same forms again."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder for the files."
)
@home_option
@json_option
@click.pass_context
def make(ctx: click.Context, count: int, seed: int, out: Path) -> None:
    """Make forms that keep the rules, one file each, and check the files."""
    data: dict[str, object] = {"seed": seed, "out": str(out), "forms": []}
    try:
        made = make_forms(out, count, seed, form_rules(ctx), with_bar)
    except OfficeRefused as refusal:
        _report(ctx, data, refusal.problems)
        return
    problems = [problem for each in made.files for problem in each.problems]
    kept = f"; {made.kept} of them were already there" if made.kept else ""
    data["forms"] = [json_files.form_file(each) for each in made.files]
    _report(ctx, data, problems, [f"Made {counted(count, 'form')} in {out} from seed {seed}{kept}."])


@forms.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@home_option
@json_option
@click.pass_context
def check(ctx: click.Context, files: Sequence[Path]) -> None:
    """Check form files, and name each rule that a form breaks."""
    checked = check_files(files, form_rules(ctx))
    problems = [problem for each in checked for problem in each.problems]
    data = {"forms": [json_files.form_file(each) for each in checked]}
    _report(ctx, data, problems, [each.sentence for each in checked])


def _report(ctx: click.Context, data: Mapping[str, Any], problems: Sequence[Problem], said: Iterable[str] = ()) -> None:
    """Print what was done and what is wrong, and end the command with its exit code."""
    if settled(ctx).as_json:
        print_json(ok=not problems, data=data, problems=tuple(problems))
    else:
        for problem in problems:
            click.echo(str(problem), err=True)
        for sentence in said:
            click.echo(sentence)
    ctx.exit(REFUSED if problems else DONE)

"""``mtc-kiosk backup FILE``: the whole home in one file, also while a kiosk runs (``office.backup``)."""

import os
from pathlib import Path

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, MADE_UP, REFUSED, print_json
from mtc_kiosk.cli.places import home_of, refusals_reported
from mtc_kiosk.cli.progress_bar import with_bar
from mtc_kiosk.office import backup as office
from mtc_kiosk.office import json_home
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.progress import no_progress
from mtc_kiosk.office.words import data_in_words
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.home.home import Home, find_home


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it exists already.")
@home_option
@json_option
@click.pass_context
def backup(ctx: click.Context, file: Path, force: bool) -> int:
    """Back up the pupils, checks, settings and key of this home into FILE, or into a folder.

    You can do this while a kiosk runs. The finished file is read again and checked. Exports and logs are not in it. The
    file is not encrypted: keep it as safe as the mark book.
    """
    root = find_home(settled(ctx).home, os.environ)
    home = home_of(ctx) if root.exists() else Home(root.absolute())
    as_json = settled(ctx).as_json
    with refusals_reported():
        done = office.back_up(home, file, COMMAND_LINE, force=force, progress=no_progress if as_json else with_bar)
    problems = tuple(Problem(remark, "remark") for remark in done.remarks)
    if as_json:
        print_json(ok=not problems, data=json_home.backed_up(done), problems=problems)
        return REFUSED if problems else DONE
    had = data_in_words(done.manifest.counts)
    made_up = f"({MADE_UP}) " if done.manifest.made_up else ""
    click.echo(
        f"{made_up}{done.file} is a backup of {home.root}: {had}, settings and key. It was read again and is complete."
    )
    click.echo(
        "Exports and logs are not in it. It is not encrypted: keep it where only the school's staff can read it."
    )
    if done.on_own_disk:
        click.echo(
            "It is on the same disk as the school's data. Copy it to a stick or another PC, in case the disk fails."
        )
    for problem in problems:
        click.echo(str(problem), err=True)
    return REFUSED if problems else DONE

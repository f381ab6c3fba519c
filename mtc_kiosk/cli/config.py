"""``mtc-kiosk config check``: reads a home's settings files, and says every mistake in them or what they come to.

Where the home has a register, the arrangements are held against it. It changes nothing, and knows of no setting but
those it reminds of.
"""

import sqlite3
from dataclasses import asdict
from pathlib import Path

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import CommandFailed, print_json
from mtc_kiosk.cli.places import configuration_of, home_of, strays_of
from mtc_kiosk.config.settings import FILES, Configuration
from mtc_kiosk.office.problem import MOST_LINES, first_of
from mtc_kiosk.office.unknown_pupils import AgainstRegister, against_register
from mtc_kiosk.store.db.database import snapshot
from mtc_kiosk.store.db.odd_row import OddRow
from mtc_kiosk.store.home.home import Home


@click.group()
def config() -> None:
    """The school's settings files."""


@config.command()
@home_option
@json_option
@click.pass_context
def check(ctx: click.Context) -> None:
    """Look for mistakes in the settings files, and say all of them."""
    home = home_of(ctx)
    as_json = settled(ctx).as_json
    try:
        read = configuration_of(home)
    except CommandFailed:
        if not as_json:
            click.echo(f"Nothing starts until these are put right in {home.config_dir}:", err=True)
        raise
    held = _against_register(home, read)
    if wrong := (*strays_of(home), *held.twice):
        raise CommandFailed(*first_of(wrong, MOST_LINES, "lines"))
    doubtful = first_of(held.doubtful, MOST_LINES, "lines")
    if as_json:
        warnings = [asdict(problem) for problem in doubtful]
        print_json(ok=True, data={**_data(home.config_dir, read), "warnings": warnings})
        return
    for problem in doubtful:
        click.echo(f"Warning: {problem}", err=True)
    click.echo(f"No mistake in {', '.join(FILES)} of {home.config_dir}.")
    if changed := read.check.changes():
        click.echo(f'Not the national rules in check.yaml: {", ".join(changed)}. Results will say "changed rules".')
    if read.kiosk.staff_passcode is None:
        click.echo('No staff passcode is set: this PC runs only "try it out". Set one with: mtc-kiosk passcode set')


def _against_register(home: Home, read: Configuration) -> AgainstRegister:
    """What the register, where there is one that can be read, does not bear out; a home's first check has none yet."""
    if not home.database.is_file():
        return AgainstRegister((), (), ())
    try:
        with snapshot(home.database) as db:
            return against_register(read, db)
    except (sqlite3.Error, OddRow):
        return AgainstRegister((), (), ())


def _data(folder: Path, read: Configuration) -> dict[str, object]:
    return {
        "folder": str(folder),
        "files": list(FILES),
        "changed_rules": list(read.check.changes()),
        "staff_passcode": read.kiosk.staff_passcode is not None,
    }

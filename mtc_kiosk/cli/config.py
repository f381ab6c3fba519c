"""``mtc-kiosk config check``: reads a home's settings files, and says every mistake in them or what they come to.

It changes none of them, and knows of no setting but those it reminds of.
"""

from pathlib import Path

import click

from mtc_kiosk.cli.answer import Refusal, print_json
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.places import configuration_of, home_of
from mtc_kiosk.config.configuration import FILES, Configuration


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
    except Refusal:
        if not as_json:
            click.echo(f"Nothing starts until these are put right in {home.config_dir}:", err=True)
        raise
    if as_json:
        print_json(ok=True, data=_data(home.config_dir, read))
        return
    click.echo(f"No mistake in {', '.join(FILES)} of {home.config_dir}.")
    if changed := read.check.changes():
        click.echo(f'Not the national rules in check.yaml: {", ".join(changed)}. Results will say "changed rules".')
    if read.kiosk.staff_passcode is None:
        click.echo('No staff passcode is set: this PC runs only "try it out". Set one with: mtc-kiosk passcode set')


def _data(folder: Path, read: Configuration) -> dict[str, object]:
    return {
        "folder": str(folder),
        "files": list(FILES),
        "changed_rules": list(read.check.changes()),
        "staff_passcode": read.kiosk.staff_passcode is not None,
    }

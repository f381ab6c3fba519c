"""``mtc-kiosk renew FILE``: begin a file of the home anew that is gone (``office.settings``)."""

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import print_json
from mtc_kiosk.cli.places import home_of, refusals_reported
from mtc_kiosk.config.settings import KIOSK
from mtc_kiosk.office import json_register, settings
from mtc_kiosk.school.staff import COMMAND_LINE


@click.command("renew")
@click.argument("name", metavar="FILE", type=click.Choice(settings.RENEWABLE))
@home_option
@json_option
@click.pass_context
def renew(ctx: click.Context, name: str) -> None:
    """Make a new settings file, or a new database (mtc.db), in place of one that is missing."""
    home = home_of(ctx)
    with refusals_reported():
        done = settings.renew(home, name, COMMAND_LINE)
    if done.news is not None:
        click.echo(done.news, err=True)
    if settled(ctx).as_json:
        print_json(ok=True, data=json_register.renewed(home, name))
    elif done.path == home.database:
        click.echo(f"A new database was made: {done.path}. It has no pupils and no results.")
    else:
        passcode = (
            " The staff passcode was in the old file. Set a new one with: mtc-kiosk passcode set"
            if name == KIOSK
            else ""
        )
        click.echo(
            f"A new settings file was made: {done.path}. Its settings are as they come with the program.{passcode}"
        )

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
    """Begin anew a file of the home that is gone: one of the settings files, or mtc.db."""
    home = home_of(ctx)
    with refusals_reported():
        done = settings.renew(home, name, COMMAND_LINE)
    if done.news is not None:
        click.echo(done.news, err=True)
    if settled(ctx).as_json:
        print_json(ok=True, data=json_register.renewed(home, name))
    elif done.path == home.database:
        click.echo(f"{done.path} is begun anew: there are no pupils and no results in it.")
    else:
        passcode = " No staff passcode is set now. Set one with: mtc-kiosk passcode set" if name == KIOSK else ""
        click.echo(f"{done.path} is begun anew, as it ships.{passcode}")

"""``mtc-kiosk passcode set``: the passcode with which staff open their menu and leave the kiosk."""

import sys

import click

from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import print_json
from mtc_kiosk.cli.places import home_of, refusals_reported
from mtc_kiosk.office import json_register, settings
from mtc_kiosk.school.staff import COMMAND_LINE

NO_PASSCODE = (
    'No staff passcode is set on this PC, so a kiosk here only opens "try it out". Set one with: mtc-kiosk passcode set'
)


@click.group(cls=GuidedGroup)
def passcode() -> None:
    """Set the passcode that opens the staff menu and closes the kiosk."""


@passcode.command("set")
@home_option
@json_option
@click.pass_context
def set_passcode(ctx: click.Context) -> None:
    """Set the passcode. You type it twice and cannot see it. A program can give it on standard input."""
    home = home_of(ctx)
    with refusals_reported():
        settings.may_set_passcode(home)  # refuse before staff type one
        path = settings.set_passcode(home, _typed(), COMMAND_LINE)
    if settled(ctx).as_json:
        print_json(ok=True, data=json_register.passcode_set(path))
    else:
        click.echo("The staff passcode is set. Close and open a running kiosk so that it uses the new passcode.")


def _typed() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    click.echo(settings.PASSCODE_RULE, err=True)
    return str(click.prompt("Staff passcode", hide_input=True, confirmation_prompt="The same passcode again"))

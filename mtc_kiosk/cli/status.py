"""``mtc-kiosk status``: where every pupil is with the check, in five groups (``office.status``)."""

import click

from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.office import as_json
from mtc_kiosk.office.status import of_register
from mtc_kiosk.school.words import counted


@click.command("status")
@home_option
@json_option
@click.pass_context
def status(ctx: click.Context) -> None:
    """Show where every pupil is with the check."""
    with opened_home(ctx) as home:
        found = of_register(home)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, as_json.register_status(found)))
            return
        total = len(found.pupils)
        echo(home, f"{counted(total, 'pupil')} on the register")
        for group in found.groups:
            click.echo(f"{group.heading}: {len(group.pupils)} of {total}")
            for each in group.pupils:
                where = f", on {each.status.kiosk}" if each.status.kiosk else ""
                click.echo(f"  {each.name}: {each.status.label}{where}")

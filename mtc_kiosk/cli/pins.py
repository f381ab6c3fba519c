"""``mtc-kiosk pins``: the PINs of the day as a list (``office.pins``), or as slips to print (``office.pin_slips``)."""

from pathlib import Path

import click

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.cli.guided import Choice, GuidedGroup
from mtc_kiosk.cli.next_command import with_command
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.cli.pins_cancel import cancel
from mtc_kiosk.office import json_sessions, pin_slips
from mtc_kiosk.office.pins import of_day
from mtc_kiosk.school.words import counted

KINDS = Choice({str(Kind.OFFICIAL): "the official check", str(Kind.TRY): "trying it out"})
"""What a session is for, as ``--kind`` takes it."""


@click.group(cls=GuidedGroup)
def pins() -> None:
    """List, print and cancel PINs: today's, or those of the next day that has a session."""


pins.add_command(cancel)


@pins.command("list")
@home_option
@json_option
@click.pass_context
def list_pins(ctx: click.Context) -> None:
    """List the school password and the PINs that still work."""
    with opened_home(ctx) as home:
        day = of_day(home)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, json_sessions.pins_of_day(day)))
            return
        if not day.pins:
            echo(home, with_command(pin_slips.NO_PINS).message)
            return
        echo(home, f"School password: {day.password}")
        for one in day.pins:
            label = "" if one.issued.kind is Kind.OFFICIAL else "  try it out"
            apart = f" ({one.apart})" if one.apart else ""
            click.echo(f"{one.issued.pin}  {one.pupil.listed}{apart}  {one.pupil.group_name}{label}".rstrip())


@pins.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write, such as slips.html, or a folder for it.",
)
@click.option("--group", help="Only this group.")
@click.option("--kind", type=KINDS, help="Only the official check, or only trying it out.")
@home_option
@json_option
@click.pass_context
def slips(ctx: click.Context, out: Path, group: str | None, kind: Kind | None) -> None:
    """Write the PIN slips as a page to print, 12 to a sheet of A4."""
    with opened_home(ctx) as home:
        done = pin_slips.write(home, out, group, Kind(kind) if kind is not None else None)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"file": str(done.path), "slips": done.count}))
        else:
            slips_in = f"{counted(done.count, 'slip')} written to {done.path}."
            echo(home, f"{slips_in} Open it in a browser and print it on A4 at 100%.")

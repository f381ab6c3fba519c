"""``mtc-kiosk pins``: the PINs of the day as a list (``office.pins``), or as slips to print (``office.pin_slips``)."""

from pathlib import Path

import click

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.cli.guided import Choice, GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import CommandFailed, echo, marked, print_json
from mtc_kiosk.cli.pins_cancel import cancel
from mtc_kiosk.office import json_sessions, pin_slips
from mtc_kiosk.office.pins import of_day
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.home.whole_files import what_is_wrong, write_whole

KINDS = Choice({str(Kind.OFFICIAL): "the official check", str(Kind.TRY): "trying it out"})
"""What a session is for, as ``--kind`` takes it."""


@click.group(cls=GuidedGroup)
def pins() -> None:
    """The PINs of today's sessions, or of the next day that has one."""


pins.add_command(cancel)


@pins.command("list")
@home_option
@json_option
@click.pass_context
def list_pins(ctx: click.Context) -> None:
    """List the school password and the PINs that can be used."""
    with opened_home(ctx) as home:
        day = of_day(home)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, json_sessions.pins_of_day(day)))
            return
        if not day.pins:
            echo(home, pin_slips.NO_PINS)
            return
        echo(home, f"School password: {day.password}")
        for one in day.pins:
            label = "" if one.issued.kind is Kind.OFFICIAL else "  try it out"
            apart = f" ({one.apart})" if one.apart else ""
            click.echo(f"{one.issued.pin}  {one.pupil.listed}{apart}  {one.pupil.group_name}{label}".rstrip())


@pins.command()
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file, such as slips.html."
)
@click.option("--group", help="Only this group.")
@click.option("--kind", type=KINDS, help="Only the official check, or only trying it out.")
@home_option
@json_option
@click.pass_context
def slips(ctx: click.Context, out: Path, group: str | None, kind: Kind | None) -> None:
    """Write the slips as a page to print, 12 to a sheet of A4."""
    with opened_home(ctx) as home:
        page = pin_slips.page(home, group, Kind(kind) if kind is not None else None)
        try:
            write_whole(out.absolute(), page.html)
        except OSError as problem:
            raise CommandFailed(
                Problem(f"{out} could not be written: {what_is_wrong(problem)}.", "not_written")
            ) from problem
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"file": str(out), "slips": page.count}))
        else:
            echo(home, f"{counted(page.count, 'slip')} in {out}. Open it in a browser and print it on A4 at 100%.")

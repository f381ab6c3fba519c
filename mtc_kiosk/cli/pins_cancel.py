"""``mtc-kiosk pins cancel``: cancel PINs that are not used yet (``office.pins``)."""

from collections.abc import Sequence

import click

from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.cli.pupil_argument import pupils_argument, typed
from mtc_kiosk.office import json_sessions, pins
from mtc_kiosk.office.refusals import with_number
from mtc_kiosk.office.words import pin_cancelled
from mtc_kiosk.school.birth import british
from mtc_kiosk.school.selection import AsWritten


@click.command("cancel")
@pupils_argument()
@home_option
@json_option
@click.pass_context
def cancel(ctx: click.Context, pupils: Sequence[str]) -> None:
    """Cancel the unused PINs of these pupils. If one of them has none, nothing is changed."""
    with opened_home(ctx) as home:
        found = pins.cancel(home, AsWritten(tuple(pupils)))
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, json_sessions.pins_cancelled(found)))
            return
        for pupil, one in found.cancelled:
            echo(home, pin_cancelled(with_number(pupil), one))
        for again in found.again:
            click.echo(f"Make new PINs with: {_command(again)}")


def _command(again: pins.PinsToMake) -> str:
    when = f" --date {british(again.day)}" if again.day is not None else ""
    return f"mtc-kiosk session start --kind {again.kind}{when} {typed(again.pupils)}"

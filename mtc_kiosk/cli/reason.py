"""``mtc-kiosk reason``: why pupils do not take the check (``office.reasons``)."""

from collections.abc import Sequence

import click

from mtc_kiosk.cli.code_missing import not_chosen
from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.cli.pupil_argument import echo_pupils, pupil_argument, pupils_argument, typed
from mtc_kiosk.office import as_json, reasons
from mtc_kiosk.school.selection import AsWritten
from mtc_kiosk.school.staff import by_whom
from mtc_kiosk.school.words import counted, time_in_words


@click.group(cls=GuidedGroup)
def reason() -> None:
    """Record why pupils do not take the check."""


@reason.command("set")
@click.argument("code", metavar="CODE", required=False)
@pupils_argument(required=False, metavar="PUPIL...")
@home_option
@json_option
@click.pass_context
def set_reason(ctx: click.Context, code: str | None, pupils: Sequence[str]) -> None:
    """Give these pupils a reason. If one of them may not have it, nothing is changed."""
    with opened_home(ctx) as home:
        if code is None:
            raise not_chosen("Give a code, and then the pupils.", reasons.codes(home))
        if not pupils:
            reasons.refuse_other_codes(home, code)
            raise click.UsageError(f"Name the pupils: {ctx.command_path} {code} PUPIL...", ctx)
        given = reasons.give(home, AsWritten(tuple(pupils)), code)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, as_json.reasons_given(given)))
            return
        echo(home, f"{counted(len(given.pupils), 'pupil')}: {given.label}.")
        echo_pupils(given.pupils)
        for pupil in given.without_pin:
            click.echo(f"The unused PIN of {pupil.listed} is cancelled.")


@reason.command()
@pupil_argument
@home_option
@json_option
@click.pass_context
def remove(ctx: click.Context, pupil: str) -> None:
    """Take back a pupil's reason. What applied before it applies again."""
    with opened_home(ctx) as home:
        removed = reasons.remove(home, pupil)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, as_json.reason_removed(removed)))
            return
        echo(home, f"The reason of {removed.pupil.listed} is taken back.")
        if removed.needs_pin:
            click.echo(f"Make a new PIN with: mtc-kiosk session start --kind official {typed([removed.pupil])}")


@reason.command("list")
@home_option
@json_option
@click.pass_context
def list_reasons(ctx: click.Context) -> None:
    """List the pupils who have a reason, and the reasons you can give."""
    with opened_home(ctx) as home:
        found = reasons.listed(home)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, as_json.reasons(found)))
            return
        echo(home, f"{counted(len(found.given), 'pupil')} with a reason")
        for line in found.given:
            given = f"given {by_whom(line.set_by)} on {time_in_words(line.set_at, home.timetable.zone)}"
            click.echo(f"  {line.pupil.listed} ({line.pupil.number}): {line.label}, {given}")
        click.echo("Reasons you can give:")
        for code in found.offered:
            click.echo(f"  {code.code}  {code.label}{' (only a head)' if code.head_only else ''}")

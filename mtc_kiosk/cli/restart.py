"""``mtc-kiosk restart``: give restarts and take them back (``office.restarts``)."""

from collections.abc import Sequence

import click

from mtc_kiosk.cli.code_missing import not_chosen
from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.cli.pupil_argument import echo_pupils, pupil_argument, pupils_argument, typed
from mtc_kiosk.office import as_json, restarts
from mtc_kiosk.school.selection import AsWritten
from mtc_kiosk.school.words import counted


@click.group(cls=GuidedGroup)
def restart() -> None:
    """Let a pupil take the check again, or take that back. Only the last check counts, even if its score is lower."""


@restart.command()
@pupils_argument()
@click.option("--reason", metavar="CODE", help="The reason, such as LOI, ITI, CLD or DNC (check.yaml). Required.")
@home_option
@json_option
@click.pass_context
def give(ctx: click.Context, pupils: Sequence[str], reason: str | None) -> None:
    """Give these pupils a restart. If one of them may not have it, nothing is changed."""
    with opened_home(ctx) as home:
        if reason is None:
            raise not_chosen("Give a reason with --reason CODE.", restarts.codes(home))
        given = restarts.give(home, AsWritten(tuple(pupils)), reason)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, as_json.restarts_given(given)))
            return
        echo(home, f"{counted(len(given.pupils), 'restart')} given.")
        echo_pupils(given.pupils)
        click.echo("Make new PINs with:")
        click.echo(f"  mtc-kiosk session start --kind official {typed(given.pupils)}")


@restart.command()
@pupil_argument
@home_option
@json_option
@click.pass_context
def remove(ctx: click.Context, pupil: str) -> None:
    """Take back a restart that has no PIN yet. The check before it counts again."""
    with opened_home(ctx) as home:
        removed = restarts.remove(home, pupil)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"pupil_id": removed.id}))
        else:
            echo(home, f"The restart of {removed.listed} is taken back.")

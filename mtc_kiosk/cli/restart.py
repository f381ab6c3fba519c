"""``mtc-kiosk restart``: give restarts and take them back. Who may have one is known to ``school.restart``."""

from collections.abc import Sequence

import click

from mtc_kiosk.cli.desk import desk_of
from mtc_kiosk.cli.doing import counted, doing_of, named, school_answers, seals_of
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import print_json
from mtc_kiosk.store.school.restarts import give_restarts, remove_restart


@click.group()
def restart() -> None:
    """Restarts: leave to take the check once more. Only the last check counts, even where its score is lower."""


@restart.command()
@click.argument("numbers", nargs=-1, required=True, metavar="UPN...")
@click.option("--reason", required=True, metavar="CODE", help="Why, such as LOI, ITI, CLD or DNC (check.yaml).")
@home_option
@json_option
@click.pass_context
def give(ctx: click.Context, numbers: Sequence[str], reason: str) -> None:
    """Give each of these pupils a restart, or none of them where one may not have it."""
    with desk_of(ctx) as desk, school_answers(desk):
        pupils = named(desk, numbers)
        ids = [pupil.id for pupil in pupils]
        give_restarts(desk.db, doing_of(desk), ids, reason.strip().upper(), seals_of(desk))
        if settled(ctx).as_json:
            print_json(ok=True, data=desk.marked({"pupil_ids": ids, "reason": reason.strip().upper()}))
            return
        desk.echo(f"{counted(len(ids), 'restart')} given. A new PIN comes with the next session:")
        click.echo(f"  mtc-kiosk session start --kind official {' '.join(pupil.number for pupil in pupils)}")


@restart.command()
@click.argument("number", metavar="UPN")
@home_option
@json_option
@click.pass_context
def remove(ctx: click.Context, number: str) -> None:
    """Take back a restart that no PIN was made for; the check before it counts again."""
    with desk_of(ctx) as desk, school_answers(desk):
        (pupil,) = named(desk, [number])
        remove_restart(desk.db, doing_of(desk), pupil.id, seals_of(desk))
        if settled(ctx).as_json:
            print_json(ok=True, data=desk.marked({"pupil_id": pupil.id}))
        else:
            desk.echo(f"The restart of {pupil.listed} is taken back.")

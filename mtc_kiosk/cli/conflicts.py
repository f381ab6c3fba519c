"""``mtc-kiosk sync conflicts``: list pupils with two checks that could count, and choose (``office.conflicts``)."""

import click

from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.office import conflicts, json_sync
from mtc_kiosk.office.conflict_words import SHOWN_BEFORE, conflict_sentences


@click.command("conflicts")
@click.option("--count", "digits", metavar="NUMBER", help="The check that counts: its number from the list.")
@click.option(
    "--undo", "pupil", metavar="PUPIL", help="Take back a head's choice for this pupil: UPN, pupil ref or name."
)
@click.option("--why", help="The head's reason for --count or --undo.")
@home_option
@json_option
@click.pass_context
def sync_conflicts(ctx: click.Context, digits: str | None, pupil: str | None, why: str | None) -> None:
    """List pupils with two checks that could count. A head chooses which one counts, and can take that back."""
    if bool(digits) + bool(pupil) != bool(why):
        raise click.UsageError("Give --why with either --count or --undo.", ctx)
    with opened_home(ctx) as home:
        settled_one = None
        if pupil is not None:
            settled_one = conflicts.undo(home, pupil, why or "")
        elif digits is not None:
            settled_one = conflicts.choose(home, digits, why or "")
        found = conflicts.conflicts(home)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, json_sync.conflicts(found)))
            return
        for line in conflict_sentences(found, home.timetable.zone):
            echo(home, line)
        if any(one.rivals.is_open for one in found.checks):
            echo(home, "Choose with: mtc-kiosk sync conflicts --count NUMBER --why REASON")
        if settled_one is not None and settled_one.shown:
            click.echo(SHOWN_BEFORE, err=True)

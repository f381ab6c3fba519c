"""``mtc-kiosk sync conflicts``: list pupils with two checks that could count, and choose (``office.conflicts``)."""

import click

from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.office import conflicts, json_sync
from mtc_kiosk.office.conflict_words import SHOWN_BEFORE, conflict_sentences


@click.command("conflicts")
@click.option("--count", "digits", metavar="NUMBER", help="Let this check count: the number that the list shows.")
@click.option(
    "--undo", "pupil", metavar="PUPIL", help="Take back what a head chose for this pupil: UPN, pupil ref or name."
)
@click.option("--why", help="The head's reason, with --count or --undo.")
@home_option
@json_option
@click.pass_context
def sync_conflicts(ctx: click.Context, digits: str | None, pupil: str | None, why: str | None) -> None:
    """List pupils with two checks that could count; a head chooses which does, and may take that back."""
    if bool(digits) + bool(pupil) != bool(why):
        raise click.UsageError("Give --why together with --count or --undo, and one of those at a time.", ctx)
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
        if settled_one is not None and settled_one.shown:
            click.echo(SHOWN_BEFORE, err=True)

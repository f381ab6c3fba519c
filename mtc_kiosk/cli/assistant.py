"""``mtc-kiosk assistant``: who typed for a pupil, named after the check (``office.assistants``)."""

import click

from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.cli.pupil_argument import pupil_argument
from mtc_kiosk.office import as_json, assistants
from mtc_kiosk.office.words import assistant_named
from mtc_kiosk.school.words import counted


@click.group(cls=GuidedGroup)
def assistant() -> None:
    """Record who typed for a pupil, if that was not set up before the check."""


@assistant.command()
@pupil_argument
@click.option("--forename", required=True, help="The assistant's first name.")
@click.option("--surname", required=True, help="The assistant's last name.")
@click.option("--why", required=True, help="Why this was not set up before the check: up to 1000 characters.")
@home_option
@json_option
@click.pass_context
def add(ctx: click.Context, pupil: str, forename: str, surname: str, why: str) -> None:
    """Record who typed for a pupil in the check they completed."""
    with opened_home(ctx) as home:
        named = assistants.add(home, pupil, forename, surname, why)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"pupil_id": named.id}))
        else:
            echo(home, f"The assistant of {named.listed} is recorded.")


@assistant.command()
@pupil_argument
@home_option
@json_option
@click.pass_context
def remove(ctx: click.Context, pupil: str) -> None:
    """Take back the assistant that staff recorded for a pupil."""
    with opened_home(ctx) as home:
        named = assistants.remove(home, pupil)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"pupil_id": named.id}))
        else:
            echo(home, f"The assistant of {named.listed} is taken back.")


@assistant.command("list")
@home_option
@json_option
@click.pass_context
def list_assistants(ctx: click.Context) -> None:
    """List who typed for pupils. Kiosks ask before a check, and staff can record it after one."""
    with opened_home(ctx) as home:
        found = assistants.listed(home)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, as_json.assistants(found)))
            return
        echo(home, counted(len(found), "assistant"))
        for one in found:
            sentence = assistant_named(one.assistant, home.timetable.zone)
            click.echo(f"  {one.pupil.listed} ({one.pupil.number}): {sentence}")

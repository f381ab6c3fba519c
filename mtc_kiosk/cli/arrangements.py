"""``mtc-kiosk arrangements``: what a pupil gets, and who gets what (``office.arrangements``)."""

import click

from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.cli.pupil_argument import pupil_argument
from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.office import arrangements as office
from mtc_kiosk.office import json_register as as_json
from mtc_kiosk.office.arrangement_words import choice_sentences, line, short
from mtc_kiosk.school.words import counted


@click.group(cls=GuidedGroup)
def arrangements() -> None:
    """See who has which access arrangements. They are written in access_arrangements.yaml."""


@arrangements.command()
@pupil_argument
@home_option
@json_option
@click.pass_context
def show(ctx: click.Context, pupil: str) -> None:
    """Show what a pupil gets, and which line of the file says so."""
    with opened_home(ctx) as home:
        found = office.of_pupil(home, pupil)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, as_json.pupil_arrangements(found)))
            return
        echo(home, f"{found.pupil.listed} ({found.pupil.number})")
        for got in found.sources:
            click.echo(f"  {line(got)}")
        if not found.sources:
            click.echo("  No arrangements: the standard check.")
        for sentence in choice_sentences(found):
            click.echo(f"  {sentence}")


@arrangements.command("list")
@home_option
@json_option
@click.pass_context
def list_arrangements(ctx: click.Context) -> None:
    """List who gets what. Entries that match no pupil on the register are named too."""
    with opened_home(ctx) as home:
        found = office.of_school(home)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, as_json.school_arrangements(found)))
            return
        echo(home, f"{counted(len(found.pupils), 'pupil')} in {home.home.config_dir / ARRANGEMENTS}")
        for each in found.pupils:
            click.echo(f"  {each.pupil.listed} ({each.pupil.number}): {short(each.sources)}")
        click.echo(f"Everybody else: {short(found.everybody)}")
        for problem in found.warnings:
            click.echo(f"Warning: {problem}", err=True)

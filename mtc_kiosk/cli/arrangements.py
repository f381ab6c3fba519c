"""``mtc-kiosk arrangements``: what a pupil will get, and who gets what, each with its line of the settings file.

It changes nothing: arrangements are written in ``access_arrangements.yaml``.
"""

from dataclasses import asdict

import click

from mtc_kiosk.check.arrangements import Chosen, Granted
from mtc_kiosk.cli.arrangement_words import line, short, told_choice
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.cli.places import strays_of
from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.config.arrangements_merge import ArrangementSource
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.unknown_pupils import against_register
from mtc_kiosk.school.numbers import EVERYBODY, Numbers
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.school.earlier_numbers import all_numbers, numbers_of
from mtc_kiosk.store.school.preferences import chosen_by
from mtc_kiosk.store.school.register import pupils, pupils_named


@click.group()
def arrangements() -> None:
    """Access arrangements: what pupils get. They are written in access_arrangements.yaml."""


@arrangements.command()
@click.argument("number", metavar="UPN")
@home_option
@json_option
@click.pass_context
def show(ctx: click.Context, number: str) -> None:
    """Show what a pupil will get, and from which line of the file each of it comes."""
    with opened_home(ctx) as home:
        (pupil,) = pupils_named(home.db, [number])
        file = home.configuration.arrangements
        who = numbers_of(home.db, pupil.id)
        gets, granted = file.trace(who), file.granted(who)
        chosen = _choice(granted, chosen_by(home.db, pupil.id))
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {**_data(pupil, granted, gets), "last_choice": asdict(chosen)}))
            return
        echo(home, f"{pupil.listed} ({pupil.number})")
        for got in gets:
            click.echo(f"  {line(got)}")
        if not gets:
            click.echo("  No arrangements: the check as it is.")
        for sentence in told_choice(granted, chosen):
            click.echo(f"  {sentence}")


@arrangements.command("list")
@home_option
@json_option
@click.pass_context
def list_arrangements(ctx: click.Context) -> None:
    """List who gets what, and the lines that name nobody on the register."""
    with opened_home(ctx) as home:
        file = home.configuration.arrangements
        warnings = (*strays_of(home.home), *against_register(home.configuration, home.db).all)
        numbers = all_numbers(home.db)
        found = [pupil for pupil in pupils(home.db) if file.named(numbers[pupil.id])]
        everybody = file.trace(EVERYBODY)
        if settled(ctx).as_json:
            data = {
                "everybody": [_got(got) for got in everybody],
                "pupils": [_of(home, pupil, numbers[pupil.id]) for pupil in found],
                "warnings": [asdict(problem) for problem in warnings],
            }
            print_json(ok=True, data=marked(home, data))
            return
        echo(home, f"{counted(len(found), 'pupil')} in {ARRANGEMENTS}")
        for pupil in found:
            click.echo(f"  {pupil.listed} ({pupil.number}): {short(file.trace(numbers[pupil.id]))}")
        click.echo(f"Everybody else: {short(everybody)}")
        for problem in warnings:
            click.echo(f"Warning: {problem}", err=True)


def _choice(granted: Granted, chosen: Chosen) -> Chosen:
    """The pupil's own last choice, of what is theirs to choose."""
    return Chosen(
        chosen.colours if granted.chooses_colours else None,
        chosen.size if granted.chooses_size else None,
    )


def _of(home: OpenHome, pupil: Pupil, who: Numbers) -> dict[str, object]:
    file = home.configuration.arrangements
    return _data(pupil, file.granted(who), file.trace(who))


def _data(pupil: Pupil, granted: Granted, gets: tuple[ArrangementSource, ...]) -> dict[str, object]:
    return {
        "pupil_id": pupil.id,
        "upn": pupil.upn,
        "ref": pupil.ref,
        "arrangements": [str(code) for code in granted.codes],
        "gets": [_got(got) for got in gets],
    }


def _got(got: ArrangementSource) -> dict[str, object]:
    """A code's value is itself, so that a program reads one as it reads a setting."""
    return {
        "what": got.what,
        "value": got.written,
        "file": ARRANGEMENTS,
        "line": got.line,
        "from": str(got.source),
        "profile": got.name if got.source == "profile" else None,
    }

"""``mtc-kiosk pupils``: the register, one pupil at a time (``office.pupils``); class lists are ``cli.class_list``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from mtc_kiosk.cli.class_list import import_class_list, template
from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, look_again, marked, print_json
from mtc_kiosk.cli.pupil_argument import echo_pupils, pupil_argument, pupils_argument
from mtc_kiosk.office import json_register as as_json
from mtc_kiosk.office import pupils as office
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.refusals import with_number
from mtc_kiosk.school.birth import british
from mtc_kiosk.school.columns import TITLES, Field
from mtc_kiosk.school.namesakes import named_apart
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import AsWritten, InGroup
from mtc_kiosk.school.words import counted

Command = TypeVar("Command", bound=Callable[..., Any])

_HELP = {
    Field.SURNAME: "Last name.",
    Field.FORENAME: "First name.",
    Field.MIDDLE_NAMES: "Middle names.",
    Field.DATE_OF_BIRTH: "Date of birth, such as 14/03/2017.",
    Field.SEX: "Sex: M or F.",
    Field.UPN: "Unique pupil number.",
    Field.REF: "The school's own number for the pupil, if there is no UPN.",
    Field.GROUP: "Class or group, such as 4A.",
    Field.ALIAS_FORENAME: "First name that the pupil goes by.",
    Field.ALIAS_SURNAME: "Last name that the pupil goes by.",
}
_OPTIONS = {field: f"--{str(field).replace('_', '-')}" for field in Field} | {Field.GROUP: "--group"}


def _details_options(command: Command) -> Command:
    """Add one option for each detail of a pupil, in the order of the columns of a class list."""
    for field in reversed(TITLES):
        command = click.option(_OPTIONS[field], str(field), help=_HELP[field])(command)
    return command


@click.group(cls=GuidedGroup)
def pupils() -> None:
    """The register: import the class list; add, change and list pupils."""


pupils.add_command(import_class_list)
pupils.add_command(template)


@pupils.command("list")
@click.option("--group", help="Only this group.")
@click.option("--left", is_flag=True, help="Also those who have left.")
@home_option
@json_option
@click.pass_context
def list_pupils(ctx: click.Context, group: str | None, left: bool) -> None:
    """List the pupils on the register."""
    with opened_home(ctx) as home:
        found = office.listed(home, group=group, with_left=left)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, as_json.pupils(found)))
            return
        for line in _table(found):
            click.echo(line)
        echo(home, counted(len(found), "pupil"))


@pupils.command()
@_details_options
@home_option
@json_option
@click.pass_context
def add(ctx: click.Context, /, **written: str | None) -> None:
    """Add one pupil."""
    with opened_home(ctx) as home:
        done = office.add(home, _given(written))
        said = f"1 pupil added: {done.pupil.listed} ({done.pupil.number})."
        _answer(ctx, home, as_json.added(done), said, done)


@pupils.command()
@pupil_argument
@_details_options
@home_option
@json_option
@click.pass_context
def edit(ctx: click.Context, /, pupil: str, **written: str | None) -> None:
    """Change details of one pupil. Write "" to remove a detail that is not required."""
    given = _given(written)
    if not given:
        raise click.UsageError(f"Name a detail to change, such as {_OPTIONS[Field.GROUP]} 4B.", ctx)
    with opened_home(ctx) as home:
        done = office.edit(home, pupil, given)
        change = done.change
        said = f"Changed: {change.words}." if change.values else "The register has this already. Nothing was changed."
        said = f"{with_number(done.pupil)}. {said}"
        _answer(ctx, home, as_json.edited(done), said, done)


@pupils.command()
@pupils_argument(required=False)
@click.option("--group", help="Everybody in this group, such as one that was imported by mistake.")
@click.option("--on", "day", help="The day they left, such as 14/03/2027; today if left out.")
@click.option("--undo", is_flag=True, help="They have not left, or have come back.")
@home_option
@json_option
@click.pass_context
def leave(ctx: click.Context, pupils: Sequence[str], group: str | None, day: str | None, undo: bool) -> None:
    """Mark pupils as having left the school."""
    if (group is None) is not bool(pupils):
        raise click.UsageError("Name the pupils, or give --group for a whole group.", ctx)
    if undo and day is not None:
        raise click.UsageError("Give --on or --undo, not both.", ctx)
    with opened_home(ctx) as home:
        meant = AsWritten(tuple(pupils)) if group is None else InGroup(group)
        done = office.come_back(home, meant) if undo else office.leave(home, meant, day)
        what, so = ("back on the register", "on it") if undo else ("marked as having left", "marked")
        known = f" {counted(done.unchanged, 'pupil')} already {so}." if done.unchanged else ""
        _answer(ctx, home, as_json.leavers(done), f"{counted(len(done.pupils), 'pupil')} {what}.{known}")
        if not settled(ctx).as_json:
            echo_pupils(done.pupils)


def _given(written: Mapping[str, str | None]) -> dict[Field, str]:
    """The details that were given as options."""
    return {Field(name): text for name, text in written.items() if text is not None}


def _answer(
    ctx: click.Context,
    home: OpenHome,
    data: dict[str, object],
    said: str,
    done: office.PupilAdded | office.PupilEdited | None = None,
) -> None:
    as_data = settled(ctx).as_json
    if done is not None:
        look_again((*done.notes, *(() if as_data else done.warnings)))
    if as_data:
        print_json(ok=True, data=marked(home, data))
    else:
        echo(home, said)


def _table(found: Sequence[Pupil]) -> list[str]:
    """One line a pupil, in columns, with what tells namesakes apart."""
    names = named_apart(found)
    rows = [
        (
            names[pupil.id],
            british(pupil.date_of_birth),
            str(pupil.sex),
            pupil.upn or "-",
            pupil.ref or "-",
            pupil.group_name or "-",
            "left" if pupil.has_left else "",
        )
        for pupil in found
    ]
    headings = ("Pupil", "Date of birth", "Sex", "UPN", "Pupil ref", "Group", "")
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (headings, *rows)
        if rows
    ]

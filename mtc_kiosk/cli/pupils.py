"""``mtc-kiosk pupils``: the register on the command line, one pupil at a time; class lists are ``cli.class_list``.

It reads what was typed and says what was done; what a pupil's details may be, and who may be changed when, is known to
``school`` and ``store.school.register``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date, time
from typing import Any, TypeVar

import click

from mtc_kiosk.cli.carry import carried
from mtc_kiosk.cli.class_list import import_class_list
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import CommandFailed, echo, marked, print_json
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.birth import british, read_birth
from mtc_kiosk.school.columns import TITLES, Field
from mtc_kiosk.school.details import ReadDetails, ReadingRules, read_details, written_of
from mtc_kiosk.school.names import same, tidy
from mtc_kiosk.school.namesakes import told_apart
from mtc_kiosk.school.pupil import Pupil, PupilDetails
from mtc_kiosk.store.db import instants
from mtc_kiosk.store.school import register

Command = TypeVar("Command", bound=Callable[..., Any])

_HELP = {
    Field.SURNAME: "Last name.",
    Field.FORENAME: "First name.",
    Field.MIDDLE_NAMES: "Middle names.",
    Field.DATE_OF_BIRTH: "Date of birth, such as 14/03/2017.",
    Field.SEX: "M or F.",
    Field.UPN: "Unique pupil number.",
    Field.REF: "The school's own mark for the pupil, where there is no UPN.",
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


@click.group()
def pupils() -> None:
    """The register: who is in the class."""


pupils.add_command(import_class_list)


@pupils.command("list")
@click.option("--group", help="Only this group.")
@click.option("--left", is_flag=True, help="Those who have left too.")
@home_option
@json_option
@click.pass_context
def list_pupils(ctx: click.Context, group: str | None, left: bool) -> None:
    """List the pupils of the register."""
    with opened_home(ctx) as home:
        found = register.pupils(home.db, with_left=left)
        if group is not None:
            found = tuple(pupil for pupil in found if same(pupil.group_name, tidy(group)))
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"pupils": [as_data(pupil) for pupil in found]}))
            return
        for line in _table(found):
            click.echo(line)
        echo(home, _counted(len(found)))


@pupils.command()
@_details_options
@home_option
@json_option
@click.pass_context
def add(ctx: click.Context, /, **written: str | None) -> None:
    """Add one pupil."""
    with opened_home(ctx) as home:
        read = read_details({Field(name): text for name, text in written.items() if text is not None}, _rules(home))
        details = _details(read)
        pupil = register.add_pupil(home.db, home.stamp, home.timetable, details)
        _warn(read)
        warnings = carried(home, as_json=settled(ctx).as_json)
        _answer(ctx, home, {"pupil": as_data(pupil), **warnings}, f"1 pupil added: {pupil.listed} ({pupil.number}).")


@pupils.command()
@click.argument("number", metavar="UPN")
@_details_options
@home_option
@json_option
@click.pass_context
def edit(ctx: click.Context, /, number: str, **written: str | None) -> None:
    """Change details of one pupil; "" takes one away that a pupil may do without."""
    given = {Field(name): text for name, text in written.items() if text is not None}
    if not given:
        raise click.UsageError(f"Say what is to change, such as {_OPTIONS[Field.GROUP]} 4B.", ctx)
    with opened_home(ctx) as home:
        (pupil,) = register.pupils_named(home.db, [number])
        read = read_details({**written_of(pupil), **given}, _rules(home))
        edited = register.Edited(pupil.id, _details(read), tuple(map(str, given)))
        changed = register.edit_pupil(home.db, home.stamp, home.timetable, edited)
        (now,) = register.pupils_named(home.db, [edited.details.upn or edited.details.ref or ""])
        if Field.DATE_OF_BIRTH in given:
            _warn(read)
        warnings = carried(home, as_json=settled(ctx).as_json)
        said = f"Changed: {changed.words}." if changed.values else "Nothing to change: the register says so already."
        _answer(ctx, home, {"pupil": as_data(now), "changed": list(changed.values), **warnings}, said)


@pupils.command()
@click.argument("numbers", nargs=-1, required=True, metavar="UPN...")
@click.option("--on", "day", help="The day, such as 14/03/2027, where it was not today.")
@click.option("--undo", is_flag=True, help="They have not left, or are back.")
@home_option
@json_option
@click.pass_context
def leave(ctx: click.Context, numbers: Sequence[str], day: str | None, undo: bool) -> None:
    """Say that pupils have left the school."""
    if undo and day is not None:
        raise click.UsageError("Give --on or --undo, not both.", ctx)
    with opened_home(ctx) as home:
        left_at = None if undo else home.stamp.at if day is None else _midnight(home, day)
        named = register.pupils_named(home.db, numbers)
        concerned = register.set_left(home.db, home.stamp, home.timetable, [pupil.id for pupil in named], left_at)
        what = "back on the register" if undo else "marked as having left"
        others = len(named) - len(concerned)
        known = f" {_counted(others)} had been so already." if others else ""
        data = {"pupils": [as_data(pupil) for pupil in concerned], "unchanged": others}
        _answer(ctx, home, data, f"{_counted(len(concerned))} {what}.{known}")


def as_data(pupil: Pupil) -> dict[str, object]:
    """A pupil as ``--json`` has them: the columns of the table, dates as year-month-day."""
    return {"id": pupil.id, **asdict(pupil), "date_of_birth": pupil.date_of_birth.isoformat(), "sex": str(pupil.sex)}


def _answer(ctx: click.Context, home: OpenHome, data: dict[str, object], said: str) -> None:
    if settled(ctx).as_json:
        print_json(ok=True, data=marked(home, data))
    else:
        echo(home, said)


def _rules(home: OpenHome) -> ReadingRules:
    return ReadingRules(home.today, national_scheme=home.is_national, national_form=False)


def _details(read: ReadDetails) -> PupilDetails:
    if read.details is None:
        raise CommandFailed(*(Problem(f"{fault.sentence}.", str(fault.code)) for fault in read.faults))
    return read.details


def _warn(read: ReadDetails) -> None:
    for note in read.notes:
        click.echo(f"Look again: {note.sentence}.", err=True)


def _midnight(home: OpenHome, written: str) -> str:
    day = read_birth(written, home.today, national=False)
    if not isinstance(day, date):
        said = f"{written!r} is not a day up to today. Write day/month/year, such as {british(home.today)}."
        raise CommandFailed(Problem(said, "not_a_day"))
    return instants.written(home.timetable.at(day, time.min))


def _counted(count: int) -> str:
    return "1 pupil" if count == 1 else f"{count} pupils"


def _table(found: Iterable[Pupil]) -> list[str]:
    """One line a pupil, in columns, with what tells namesakes apart."""
    found = tuple(found)
    apart = told_apart(found)
    rows = [
        (
            pupil.listed + (f" ({apart[pupil.id]})" if pupil.id in apart else ""),
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

"""``mtc-kiosk pins``: the PINs of the day as a list, or as slips to print. Sessions make them (``cli.session``)."""

from collections.abc import Iterable
from pathlib import Path

import click

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import CommandFailed, echo, marked, print_json
from mtc_kiosk.cli.pins_cancel import cancel
from mtc_kiosk.export.slips import Slip, slips_html
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.names import same, sorting, tidy
from mtc_kiosk.school.namesakes import told_apart
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.whole_files import what_is_wrong, write_whole
from mtc_kiosk.store.school.register import pupils
from mtc_kiosk.store.school.sessions import DayPins, IssuedPin, pins_of_day

KINDS = [str(kind) for kind in Kind]

_NONE = "There are no PINs that can be used. Make some with: mtc-kiosk session start --kind official"


@click.group()
def pins() -> None:
    """The PINs of today's sessions, or of the next day that has one."""


pins.add_command(cancel)


@pins.command("list")
@home_option
@json_option
@click.pass_context
def list_pins(ctx: click.Context) -> None:
    """List the school password and the PINs that can be used."""
    with opened_home(ctx) as home:
        day = pins_of_day(home.db, home.now, home.timetable)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"password": day.password, "pins": pin_data(home, day.pins)}))
            return
        if not day.pins:
            echo(home, _NONE)
            return
        echo(home, f"School password: {day.password}")
        for slip in _slips(home, day, None, None):
            label = "" if slip.kind is Kind.OFFICIAL else "  try it out"
            apart = f" ({slip.apart})" if slip.apart else ""
            click.echo(f"{slip.pin}  {slip.listed}{apart}  {slip.group}{label}".rstrip())


@pins.command()
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file, such as slips.html."
)
@click.option("--group", help="Only this group.")
@click.option("--kind", type=click.Choice(KINDS), help="Only the official check, or only trying it out.")
@home_option
@json_option
@click.pass_context
def slips(ctx: click.Context, out: Path, group: str | None, kind: Kind | None) -> None:
    """Write the slips as a page to print, 12 to a sheet of A4."""
    with opened_home(ctx) as home:
        day = pins_of_day(home.db, home.now, home.timetable)
        found = _slips(home, day, group, Kind(kind) if kind is not None else None)
        if not found or day.password is None:
            raise CommandFailed(
                Problem(_NONE if not day.pins else "None of the PINs is of that group and kind.", "no_pins")
            )
        page = slips_html(found, day.password, home.configuration.school.name, made_up=home.made_up)
        try:
            write_whole(out.absolute(), page)
        except OSError as problem:
            raise CommandFailed(
                Problem(f"{out} could not be written: {what_is_wrong(problem)}.", "not_written")
            ) from problem
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"file": str(out), "slips": len(found)}))
        else:
            echo(home, f"{counted(len(found), 'slip')} in {out}. Open it in a browser and print it on A4 at 100%.")


def pin_data(home: OpenHome, issued: Iterable[IssuedPin]) -> list[dict[str, object]]:
    """PINs as ``--json`` has them."""
    register = {pupil.id: pupil for pupil in pupils(home.db, with_left=True)}
    return [
        {
            "check_code": one.check_code,
            "pupil_id": one.pupil_id,
            "upn": register[one.pupil_id].upn,
            "ref": register[one.pupil_id].ref,
            "pin": one.pin,
            "expires_at": written(one.expires_at),
            "kind": str(one.kind),
        }
        for one in issued
    ]


def _slips(home: OpenHome, day: DayPins, group: str | None, kind: Kind | None) -> list[Slip]:
    """The slips of pupils who are still here, by group and then by name; those without a group come last."""
    register = pupils(home.db)
    apart, by_id = told_apart(register), {pupil.id: pupil for pupil in register}
    chosen = [
        (by_id[one.pupil_id], one)
        for one in day.pins
        if one.pupil_id in by_id
        and (group is None or same(by_id[one.pupil_id].group_name, tidy(group)))
        and (kind is None or one.kind is kind)
    ]
    chosen.sort(key=lambda both: (not both[0].group_name, sorting(both[0].group_name), both[0].order, both[1].kind))
    return [_slip(home, pupil, one, apart.get(pupil.id, "")) for pupil, one in chosen]


def _slip(home: OpenHome, pupil: Pupil, one: IssuedPin, apart: str) -> Slip:
    return Slip(
        kind=one.kind,
        name=pupil.called_in_full,
        listed=pupil.listed,
        group=pupil.group_name,
        apart=apart,
        pin=one.pin,
        until=one.expires_at.astimezone(home.timetable.zone),
    )

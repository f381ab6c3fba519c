"""``mtc-kiosk pins cancel``: a PIN that is not used yet opens nothing any more. ``school`` says which may go."""

from collections.abc import Sequence

import click

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.store.school.pin_cancel import Cancelled, cancel_pins
from mtc_kiosk.store.school.register import pupils_named

_PINS = {Kind.OFFICIAL: "PIN", Kind.TRY: "PIN to try it out"}


@click.command("cancel")
@click.argument("numbers", nargs=-1, required=True, metavar="UPN...")
@home_option
@json_option
@click.pass_context
def cancel(ctx: click.Context, numbers: Sequence[str]) -> None:
    """Cancel the PINs that these pupils can still use, or none where one of them has none."""
    with opened_home(ctx) as home:
        chosen = {pupil.id: pupil for pupil in pupils_named(home.db, numbers)}
        cancelled = cancel_pins(home.db, home.context(), list(chosen))
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"cancelled": [_data(one) for one in cancelled]}))
            return
        for one in cancelled:
            pupil = chosen[one.pupil_id]
            echo(home, f"The {_PINS[one.pin.kind]} of {pupil.listed} ({pupil.number}) is cancelled.{_practising(one)}")
        for command, those in _again(home, cancelled).items():
            numbers_again = " ".join(str(chosen[pupil_id].number) for pupil_id in those)
            click.echo(f"New ones are made with: {command} {numbers_again}")


def _again(home: OpenHome, cancelled: Sequence[Cancelled]) -> dict[str, list[int]]:
    """The command for PINs of the same kind and day, and the pupils that it is for."""
    found: dict[str, list[int]] = {}
    for one in cancelled:
        day = home.timetable.day(one.pin.ended_at)
        when = f" --date {day}" if day > home.today else ""
        found.setdefault(f"mtc-kiosk session start --kind {one.pin.kind}{when}", []).append(one.pupil_id)
    return found


def _practising(one: Cancelled) -> str:
    """What becomes of a pupil who practises with it at this moment."""
    if one.signed_in_on is None:
        return ""
    return f" The pupil is signed in with it on {one.signed_in_on}: the check will not begin there."


def _data(one: Cancelled) -> dict[str, object]:
    return {
        "pupil_id": one.pupil_id,
        "check_code": one.pin.check_code,
        "kind": str(one.pin.kind),
        "pin": one.pin.pin,
        "signed_in_on": one.signed_in_on,
    }

"""``mtc-kiosk reason``: why pupils do not take the check. Who may be given which is known to ``school.reason``."""

from collections.abc import Iterable, Sequence

import click

from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.export.reason_lines import ReasonLine, derive_reasons
from mtc_kiosk.export.times import spoken
from mtc_kiosk.school.rules import ReasonCode
from mtc_kiosk.school.staff import by_whom
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.school.pin_cancel import may_have_pin
from mtc_kiosk.store.school.reasons import remove_reason, set_reasons
from mtc_kiosk.store.school.register import pupils_named
from mtc_kiosk.store.school.rules import rules_of


@click.group()
def reason() -> None:
    """Reasons for not taking the check."""


@reason.command("set")
@click.argument("code", metavar="CODE")
@click.argument("numbers", nargs=-1, required=True, metavar="UPN...")
@home_option
@json_option
@click.pass_context
def set_reason(ctx: click.Context, code: str, numbers: Sequence[str]) -> None:
    """Give each of these pupils a reason, or none of them where one may not have it."""
    code = code.strip().upper()
    with opened_home(ctx) as home:
        chosen = {pupil.id: pupil for pupil in pupils_named(home.db, numbers)}
        without_pin = set_reasons(home.db, home.context(), list(chosen), code, home.sealer())
        label = rules_of(home.configuration).reason(code).label
        if settled(ctx).as_json:
            data = {"pupil_ids": list(chosen), "reason_code": code, "reason": label, "pins_cancelled": without_pin}
            print_json(ok=True, data=marked(home, data))
            return
        echo(home, f"{counted(len(chosen), 'pupil')}: {label}.")
        for pupil_id in without_pin:
            click.echo(f"The unused PIN of {chosen[pupil_id].listed} is cancelled with it.")


@reason.command()
@click.argument("number", metavar="UPN")
@home_option
@json_option
@click.pass_context
def remove(ctx: click.Context, number: str) -> None:
    """Take back a pupil's reason; what was before it holds again."""
    with opened_home(ctx) as home:
        (pupil,) = pupils_named(home.db, [number])
        remove_reason(home.db, home.context(), pupil.id, home.sealer())
        needs_pin = may_have_pin(home.db, home.context(), pupil.id)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"pupil_id": pupil.id, "needs_pin": needs_pin}))
            return
        echo(home, f"The reason of {pupil.listed} is taken back.")
        if needs_pin:
            click.echo(f"A new PIN is made with: mtc-kiosk session start --kind official {pupil.number}")


@reason.command("list")
@home_option
@json_option
@click.pass_context
def list_reasons(ctx: click.Context) -> None:
    """List the pupils who have a reason, and the reasons there are."""
    with opened_home(ctx) as home:
        doing = home.context()
        given = derive_reasons(home.db, doing.rules, doing.running)
        offered = [known for known in doing.rules.reason_codes if known.offered]
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, _data(given, offered)))
            return
        echo(home, f"{counted(len(given), 'pupil')} with a reason")
        for line in given:
            said = f"{line.label}, given {by_whom(line.set_by)} on {spoken(line.set_at, home.timetable.zone)}"
            click.echo(f"  {line.pupil.listed} ({line.pupil.number}): {said}")
        click.echo("Reasons there are:")
        for known in offered:
            click.echo(f"  {known.code}  {known.label}{' (a head only)' if known.head_only else ''}")


def _data(given: Iterable[ReasonLine], offered: Iterable[ReasonCode]) -> dict[str, object]:
    return {
        "pupils": [
            {
                "pupil_id": line.pupil.id,
                "upn": line.pupil.upn,
                "ref": line.pupil.ref,
                "surname": line.pupil.surname,
                "forename": line.pupil.forename,
                "reason_code": line.code,
                "reason": line.label,
                "set_by": line.set_by,
                "set_at": written(line.set_at),
            }
            for line in given
        ],
        "reasons": [
            {"code": known.code, "label": known.label, "head_only": known.head_only, "annuls": known.annuls}
            for known in offered
        ],
    }

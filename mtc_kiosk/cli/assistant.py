"""``mtc-kiosk assistant``: who typed for a pupil, said after the check. For whom is known to ``school.assistant``."""

import click

from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.export.times import spoken
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.assistant import read_named
from mtc_kiosk.school.staff import by_whom
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.school.assistants import LATER, AssistantRow, add_assistant, assistants, remove_assistant
from mtc_kiosk.store.school.received_assistants import received_assistants
from mtc_kiosk.store.school.register import pupils, pupils_named


@click.group()
def assistant() -> None:
    """Input assistants who were not set up before the check."""


@assistant.command()
@click.argument("number", metavar="UPN")
@click.option("--forename", required=True, help="The assistant's first name.")
@click.option("--surname", required=True, help="The assistant's last name.")
@click.option("--why", required=True, help="Why it was not set up before the check: up to 1000 characters.")
@home_option
@json_option
@click.pass_context
def add(ctx: click.Context, number: str, forename: str, surname: str, why: str) -> None:
    """Say who typed for a pupil in the check that they have completed."""
    with opened_home(ctx) as home:
        who = read_named(forename, surname, why)
        (pupil,) = pupils_named(home.db, [number])
        add_assistant(home.db, home.context(), pupil.id, who, home.sealer())
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"pupil_id": pupil.id}))
        else:
            echo(home, f"The assistant of {pupil.listed} is named.")


@assistant.command()
@click.argument("number", metavar="UPN")
@home_option
@json_option
@click.pass_context
def remove(ctx: click.Context, number: str) -> None:
    """Take back whom staff named as a pupil's assistant."""
    with opened_home(ctx) as home:
        (pupil,) = pupils_named(home.db, [number])
        remove_assistant(home.db, home.context(), pupil.id, home.sealer())
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"pupil_id": pupil.id}))
        else:
            echo(home, f"The assistant of {pupil.listed} is taken back.")


@assistant.command("list")
@home_option
@json_option
@click.pass_context
def list_assistants(ctx: click.Context) -> None:
    """List who typed for pupils: whom kiosks asked for before a check, and whom staff named after one."""
    with opened_home(ctx) as home:
        found = (*assistants(home.db), *received_assistants(home.db, device_key(home.home).fingerprint))
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"assistants": [_data(one) for one in found]}))
            return
        register = {pupil.id: pupil for pupil in pupils(home.db, with_left=True)}
        echo(home, counted(len(found), "assistant"))
        for one in found:
            pupil = register[one.pupil_id]
            click.echo(f"  {pupil.listed} ({pupil.number}): {_told(home, one)}")


def _told(home: OpenHome, one: AssistantRow) -> str:
    name = " ".join(part for part in (one.forename, one.surname) if part) or "a name that was erased"
    said = f"{name}, named {by_whom(one.by)} on {spoken(instant(one.at), home.timetable.zone)}"
    return f"{said}: {' '.join(one.why.split())}" if one.code == LATER and one.why else said


def _data(one: AssistantRow) -> dict[str, object]:
    return {
        "pupil_id": one.pupil_id,
        "attempt_id": one.attempt_id,
        "at": one.at,
        "by": one.by,
        "code": one.code,
        "forename": one.forename,
        "surname": one.surname,
        "why": one.why,
    }

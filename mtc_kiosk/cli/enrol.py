"""``mtc-kiosk enrol``: make this PC a kiosk of a desk, with the desk's room code or a file that the desk made."""

import contextlib
import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import MADE_UP, CommandFailed, print_json
from mtc_kiosk.cli.places import configuration_of, database_of, home_of, refusals_reported
from mtc_kiosk.config.kiosk_shape import NAME
from mtc_kiosk.office import enrol_here, json_home
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.store.made_up import is_made_up
from mtc_kiosk.sync.enrolment_file import NotAnEnrolmentFile, read_enrolment_file
from mtc_kiosk.sync.joining import Met, NotAnAddress, meet_by_code, meet_by_file, read_address
from mtc_kiosk.sync.room_code import NotARoomCode, read_room_code

WHICH_DESK = Problem(
    "Say which desk: its address, such as https://192.168.1.10:8426, or the file that it made.", "which_desk"
)

_LIKE_A_FILE = re.compile(r"[\\/].|\.mtc-enrol$", re.IGNORECASE)


@click.command("enrol")
@click.argument("desk", metavar="[URL|FILE]", required=False)
@click.option("--name", help="What to call this PC at the desk, instead of its name so far.")
@click.option("--certificate-changed", is_flag=True, help="Accept that your school changed the desk's certificate.")
@click.option("--another-desk", is_flag=True, help="Change to this desk from the one that this PC had.")
@home_option
@json_option
@click.pass_context
def enrol(
    ctx: click.Context, desk: str | None, name: str | None, *, certificate_changed: bool, another_desk: bool
) -> None:
    """Make this PC a kiosk of the desk at URL: type the room code that the desk shows.

    With a FILE that the desk made, no code is typed. A program can give the code on standard input.
    """
    home = home_of(ctx)
    configuration = configuration_of(home)
    agreed = enrol_here.Agreed(certificate_changed=certificate_changed, another_desk=another_desk)
    with contextlib.closing(database_of(home)) as db, refusals_reported():
        name = name if name is not None else enrol_here.name_so_far(home) or configuration.kiosk.name
        _refuse_name(name)
        enrol_here.may_enrol(home, db)  # refuse before a code is typed
        found = enrol_here.enrol(home, configuration, db, _meeting(desk or configuration.kiosk.desk), name, agreed)
    if settled(ctx).as_json:
        print_json(ok=True, data=json_home.enrolled(found, made_up=is_made_up(home.root)))
        return
    for sentence in (*found.said, f"This PC is now the kiosk {found.enrolment.name} of the desk."):
        click.echo(f"({MADE_UP}) {sentence}" if is_made_up(home.root) else sentence)
    if configuration.kiosk.staff_passcode is None:
        click.echo("Choose its staff passcode: mtc-kiosk passcode set")
    click.echo("Start it with: mtc-kiosk run")


def _meeting(desk: str | None) -> Callable[[], Met]:
    """How to meet the desk: by the file that is meant, or by the code that staff type now."""
    if desk is None:
        raise CommandFailed(WHICH_DESK)
    try:
        if "://" not in desk and (Path(desk).exists() or _LIKE_A_FILE.search(desk)):
            file = read_enrolment_file(Path(desk))
            return lambda: meet_by_file(file)
        address = read_address(desk)
        code = read_room_code(_typed())
    except NotAnEnrolmentFile as problem:
        raise CommandFailed(Problem(str(problem), "not_an_enrolment_file")) from problem
    except NotAnAddress as problem:
        raise CommandFailed(Problem(str(problem), "not_an_address")) from problem
    except NotARoomCode as problem:
        raise CommandFailed(Problem(str(problem), "not_a_room_code")) from problem
    return lambda: meet_by_code(address, code)


def _typed() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    return str(click.prompt("Room code"))


def _refuse_name(name: str) -> None:
    if not re.fullmatch(NAME, name):
        said = "A kiosk's name has up to 32 letters, digits, - or _, and begins with a letter or digit."
        raise CommandFailed(Problem(f"{said} Nothing was changed.", "not_a_name"))

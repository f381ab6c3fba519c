"""``mtc-kiosk passcode set``: the passcode behind which staff reach their menu and leave the kiosk."""

import sys

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import CommandFailed, print_json
from mtc_kiosk.cli.places import home_of
from mtc_kiosk.config.configuration import KIOSK, load_kiosk
from mtc_kiosk.config.mistakes import ConfigMistakes
from mtc_kiosk.config.passcode import hashed, keep
from mtc_kiosk.kiosk.staff.passcode import LONGEST_PASSCODE
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.made_up import wall_clock
from mtc_kiosk.store.school.passcode_tries import KeptGuesses

SHORTEST_PASSCODE = 6


@click.group()
def passcode() -> None:
    """The staff passcode of this kiosk."""


@passcode.command("set")
@home_option
@json_option
@click.pass_context
def set_passcode(ctx: click.Context) -> None:
    """Set the passcode; read from standard input where that is no terminal."""
    home = home_of(ctx)
    path = home.config_dir / KIOSK
    try:
        load_kiosk(path)
    except ConfigMistakes as problem:
        raise CommandFailed(*(Problem(m.message, m.code, m.file, m.line) for m in problem.mistakes)) from problem
    typed = _typed()
    if not SHORTEST_PASSCODE <= len(typed) <= LONGEST_PASSCODE or not typed.isprintable():
        raise CommandFailed(
            Problem(f"A passcode has {SHORTEST_PASSCODE} to {LONGEST_PASSCODE} characters, none of them invisible.")
        )
    keep(path, hashed(typed))
    KeptGuesses(home, COMMAND_LINE.account, KIOSK, wall_clock(home)).renewed()
    if settled(ctx).as_json:
        print_json(ok=True, data={"file": str(path)})
    else:
        click.echo("The staff passcode is set. A kiosk that is running takes it up when it starts again.")


def _typed() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Staff passcode", hide_input=True, confirmation_prompt="The same once more"))

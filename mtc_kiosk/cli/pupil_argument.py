"""The arguments by which commands take pupils, with one sentence in ``--help`` that says how to name one."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from mtc_kiosk.office.refusals import with_number
from mtc_kiosk.school.pupil import Pupil

Command = TypeVar("Command", bound=Callable[..., Any])

_EACH = 'is a UPN, a pupil ref, or a name that only one pupil has, in quotes: "Amy Testerly".'


def pupil_argument(command: Command) -> Command:
    """Add PUPIL: one pupil, as ``pupil``."""
    return click.argument("pupil", metavar="PUPIL")(_explained(command, "PUPIL"))


def pupils_argument(*, required: bool = True, metavar: str = "") -> Callable[[Command], Command]:
    """Add PUPIL...: one pupil or several, as ``pupils``."""
    metavar = metavar or ("PUPIL..." if required else "[PUPIL]...")

    def added(command: Command) -> Command:
        return click.argument("pupils", nargs=-1, required=required, metavar=metavar)(_explained(command, "Each PUPIL"))

    return added


def echo_pupils(found: Iterable[Pupil]) -> None:
    """Print the pupils that a command acted on, a line each, so that a name shows which pupil it meant."""
    for pupil in found:
        click.echo(f"  {with_number(pupil)}")


def typed(found: Iterable[Pupil]) -> str:
    """These pupils as arguments of a command: by UPN or ref, in quotes if there is a space in it."""
    return " ".join(f'"{pupil.number}"' if " " in pupil.number else pupil.number for pupil in found)


def _explained(command: Command, what: str) -> Command:
    command.__doc__ = f"{command.__doc__}\n\n    {what} {_EACH}"
    return command

"""``--home`` and ``--json``, which every command takes, before or after its name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Settled:
    """The options parsed so far, shared by a command and its groups."""

    home: Path | None = None
    as_json: bool = False


def _keep_home(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    settled = ctx.ensure_object(Settled)
    settled.home = value if value is not None else settled.home


def _keep_json(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    settled = ctx.ensure_object(Settled)
    settled.as_json = value or settled.as_json


def home_option(command: Command) -> Command:
    """Add ``--home DIR``; ``settled(ctx).home`` has it."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        callback=_keep_home,
        expose_value=False,
        help="The folder that holds the school's data.",
    )(command)


def json_option(command: Command) -> Command:
    """Add ``--json``; ``settled(ctx).as_json`` has it."""
    return click.option(
        "--json",
        is_flag=True,
        callback=_keep_json,
        expose_value=False,
        help="Print one JSON object for programs: ok, data, errors.",
    )(command)


def settled(ctx: click.Context) -> Settled:
    """The options given before and after the command's name."""
    return ctx.ensure_object(Settled)

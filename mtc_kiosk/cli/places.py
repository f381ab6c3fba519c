"""Where a command works: the home, opened, and its configuration, read; each refusal a sentence."""

import os
from collections.abc import Callable

import click

from mtc_kiosk.cli.options import settled
from mtc_kiosk.cli.output import CommandFailed
from mtc_kiosk.config.mistakes import ConfigMistakes
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.store.db.database import DatabaseRefused, begins_anew, open_database
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home, HomeRefused, find_home, open_home
from mtc_kiosk.store.home.kept_settings import configuration_at_start


def home_of(ctx: click.Context) -> Home:
    """The home that the command line, the environment or the installation names, made where it is not there yet."""
    try:
        home = open_home(find_home(settled(ctx).home, os.environ))
    except HomeRefused as refused:
        raise CommandFailed(Problem(str(refused), "home_refused")) from refused
    for sentence in home.news:
        click.echo(sentence, err=True)
    return home


def configuration_of(home: Home) -> Configuration:
    """What the home's settings files say; a Refusal with every mistake in them, and nothing starts."""
    from mtc_kiosk.config.configuration import load_all  # noqa: PLC0415 - a kiosk's start mostly needs none of it

    return _without_mistakes(lambda: load_all(home.config_dir))


def configuration_at_start_of(home: Home) -> Configuration:
    """The same for the start of a kiosk, which reads no file that is as it was at its last start."""
    return _without_mistakes(lambda: configuration_at_start(home))


def _without_mistakes(read: Callable[[], Configuration]) -> Configuration:
    try:
        return read()
    except ConfigMistakes as problem:
        raise CommandFailed(*(Problem(m.message, m.code, m.file, m.line) for m in problem.mistakes)) from problem


def database_of(home: Home, *, as_kiosk: str | None = None) -> Database:
    """The home's database, in the newest shape; a Refusal where it cannot be opened. A new one is said to be new."""
    anew = begins_anew(home)
    try:
        db = open_database(home, as_kiosk=as_kiosk)
    except DatabaseRefused as refused:
        raise CommandFailed(Problem(str(refused), "database_refused")) from refused
    if anew is not None:
        click.echo(anew, err=True)
    return db


def migrate(home: Home, kiosk: str) -> None:
    """Bring the home's database into the newest shape; a Refusal where that cannot be now."""
    database_of(home, as_kiosk=kiosk).close()

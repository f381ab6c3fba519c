"""Where a command works: the home, opened, and its configuration, read; each refusal a sentence."""

import os

import click

from mtc_kiosk.cli.answer import Problem, Refusal
from mtc_kiosk.cli.options import settled
from mtc_kiosk.config.configuration import Configuration, load_all
from mtc_kiosk.config.mistakes import ConfigMistakes
from mtc_kiosk.store.database import DatabaseRefused, open_database
from mtc_kiosk.store.home import Home, HomeRefused, find_home, open_home


def home_of(ctx: click.Context) -> Home:
    """The home that the command line, the environment or the installation names, made where it is not there yet."""
    try:
        return open_home(find_home(settled(ctx).home, os.environ))
    except HomeRefused as refused:
        raise Refusal(Problem(str(refused), "home_refused")) from refused


def configuration_of(home: Home) -> Configuration:
    """What the home's settings files say; a Refusal with every mistake in them, and nothing starts."""
    try:
        return load_all(home.config_dir)
    except ConfigMistakes as problem:
        raise Refusal(*(Problem(m.message, m.code, m.file, m.line) for m in problem.mistakes)) from problem


def migrate(home: Home, kiosk: str) -> None:
    """Bring the home's database into the newest shape; a Refusal where that cannot be now."""
    try:
        open_database(home, as_kiosk=kiosk).close()
    except DatabaseRefused as refused:
        raise Refusal(Problem(str(refused), "database_refused")) from refused

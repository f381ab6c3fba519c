"""Find a command's home, and read its settings and database; each refusal becomes a sentence."""

import contextlib
from collections.abc import Iterator

import click

from mtc_kiosk.cli.options import settled
from mtc_kiosk.cli.output import CommandFailed
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.office import open as office
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.store.classroom.kiosks import kiosk_named
from mtc_kiosk.store.db.database import begins_anew, open_database
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kept_settings import configuration_at_start


@contextlib.contextmanager
def refusals_reported(db: Database | None = None) -> Iterator[None]:
    """Turn every refusal of the office into a CommandFailed: a sentence each, with the names of pupils from ``db``."""
    try:
        yield
    except Exception as problem:
        from mtc_kiosk.cli.next_command import with_command  # noqa: PLC0415 - no kiosk that starts needs it
        from mtc_kiosk.office.refusals import REFUSALS, problems_of  # noqa: PLC0415 - the same

        if isinstance(problem, REFUSALS):
            raise CommandFailed(*map(with_command, problems_of(problem, db))) from problem
        raise


def home_of(ctx: click.Context) -> Home:
    """The home that the command line, the environment or the installation names, made if it does not exist."""
    with refusals_reported():
        home = office.find(settled(ctx).home)
    for sentence in home.news:
        click.echo(sentence, err=True)
    return home


def configuration_of(home: Home) -> Configuration:
    """The home's settings. CommandFailed lists every mistake in the files, and nothing starts."""
    with refusals_reported():
        return office.configuration_of(home)


def configuration_at_start_of(home: Home) -> Configuration:
    """The same when a kiosk starts: files unchanged since its last start are not parsed again."""
    with refusals_reported():
        return configuration_at_start(home)


def database_of(home: Home, *, as_kiosk: str | None = None) -> Database:
    """The home's database, migrated; CommandFailed if it cannot be opened. A new one is announced."""
    anew = begins_anew(home)
    with refusals_reported():
        db = open_database(home, as_kiosk=as_kiosk)
    if anew is not None:
        click.echo(anew, err=True)
    return db


def migrate(home: Home, kiosk: str) -> None:
    """Migrate the home's database for the kiosk of this name; CommandFailed if that is not possible now, or if a kiosk
    on another PC has the name."""
    with contextlib.closing(database_of(home, as_kiosk=kiosk)) as db:
        namesake = kiosk_named(db, kiosk)
    if namesake is not None:
        said = (
            f"A kiosk on another PC has the name {namesake.name} at this desk. Choose another name with --kiosk, or"
            " rename that one in the console."
        )
        raise CommandFailed(Problem(said, "name_taken"))

"""``mtc-kiosk renew FILE``: begin a file of the home anew that is gone. Nothing else ever does so where it protects.

It takes nothing away: a file that is there stays, and an empty database is set aside.
"""

import contextlib

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import CommandFailed, print_json
from mtc_kiosk.cli.places import database_of, home_of
from mtc_kiosk.config.settings import FILES, stray_files
from mtc_kiosk.config.stray_names import stray_names
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.resources import shipped_config
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.database import holds_something
from mtc_kiosk.store.db.instants import written
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.home.begun import DATABASE, forget
from mtc_kiosk.store.home.files import copy_once
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import running_kiosks
from mtc_kiosk.store.made_up import wall_clock


@click.command("renew")
@click.argument("name", metavar="FILE", type=click.Choice((*FILES, DATABASE)))
@home_option
@json_option
@click.pass_context
def renew(ctx: click.Context, name: str) -> None:
    """Begin anew a file of the home that is gone: one of the settings files, or mtc.db."""
    home = home_of(ctx)
    said = _database(home) if name == DATABASE else _settings_file(home, name)
    _note(home, name)
    if settled(ctx).as_json:
        print_json(ok=True, data={"file": name, "folder": str(home.root)})
        return
    click.echo(said)


def _settings_file(home: Home, name: str) -> str:
    path = home.config_dir / name
    if name in stray_names(home.config_dir, FILES).values() and not path.exists():
        strays = tuple(Problem(one.message, one.code, one.file) for one in stray_files(home.config_dir))
        raise CommandFailed(*strays, Problem(f"{name} was not begun anew beside that.", "stray_file"))
    if path.exists() and name not in _just_begun(home):
        raise CommandFailed(Problem("This file is there. Nothing was changed.", "not_gone", name))
    copy_once(shipped_config(name), path)
    passcode = " No staff passcode is set now. Set one with: mtc-kiosk passcode set" if name == "kiosk.yaml" else ""
    return f"{path} is begun anew, as it ships.{passcode}"


def _just_begun(home: Home) -> tuple[str, ...]:
    """What opening the home has begun anew itself a moment ago."""
    return tuple(name for name in FILES if any(name in sentence for sentence in home.news))


def _database(home: Home) -> str:
    running = running_kiosks(home)
    if running:
        raise CommandFailed(
            Problem(f"Close the kiosk {', '.join(running)} first. Nothing was changed.", "kiosk_is_running")
        )
    if holds_something(home):
        raise CommandFailed(Problem("The database is there. Nothing was changed.", "not_gone", DATABASE))
    if home.database.exists() and home.database.stat().st_size:
        damage.set_aside(home.database)
    forget(home.root, DATABASE)
    database_of(home).close()
    return f"{home.database} is begun anew: there are no pupils and no results in it."


def _note(home: Home, name: str) -> None:
    """Keep in the audit what was done, where there is a database to keep it in."""
    act = AuditStamp(written(wall_clock(home)()), COMMAND_LINE.account)
    with contextlib.suppress(CommandFailed), contextlib.closing(database_of(home)) as db, change(db):
        audit(db, act, "home.renewed", name)

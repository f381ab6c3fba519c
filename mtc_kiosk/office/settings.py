"""Check a home's settings files, renew a lost file, set the passcode.

These work while settings have mistakes or the database is gone, so they take a ``Home`` that is not open.
"""

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.config.configuration import load_kiosk
from mtc_kiosk.config.passcode import LONGEST_PASSCODE, SHORTEST_PASSCODE, hashed, is_allowed, keep
from mtc_kiosk.config.settings import FILES, KIOSK, Configuration, stray_files
from mtc_kiosk.office.open import configuration_of
from mtc_kiosk.office.problem import MOST_LINES, OfficeRefused, Problem, first_of
from mtc_kiosk.office.refusals import of_mistakes
from mtc_kiosk.office.unknown_pupils import AgainstRegister, against_register
from mtc_kiosk.resources import shipped_config
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.database import DatabaseRefused, begins_anew, holds_something, open_database, snapshot
from mtc_kiosk.store.db.sqlite_faults import OddRow
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.home.begun import DATABASE, forget
from mtc_kiosk.store.home.files import copy_once
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosks_in_words, running_kiosks
from mtc_kiosk.store.home.whole_files import what_is_wrong
from mtc_kiosk.store.made_up import wall_clock
from mtc_kiosk.store.school.passcode_tries import KeptGuesses
from mtc_kiosk.stray_names import stray_names

RENEWABLE = (*FILES, DATABASE)
"""The names of the files of a home that may be begun anew."""

PASSCODE_RULE = f"Use {SHORTEST_PASSCODE} to {LONGEST_PASSCODE} visible characters."
"""Said before a passcode is asked for, and when one is refused."""


@dataclass(frozen=True)
class SettingsChecked:
    """Settings without mistakes; ``warnings`` are lines that may be wrong."""

    configuration: Configuration
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Renewed:
    """The file that was begun anew; ``news`` is a sentence if a new database was begun beside an earlier one."""

    path: Path
    news: str | None = None


def strays(home: Home) -> tuple[Problem, ...]:
    """The files in the settings folder that look like settings but are not read."""
    return of_mistakes(stray_files(home.config_dir))


def check(home: Home) -> SettingsChecked:
    """Read every settings file, and compare the arrangements with the register if there is one.

    ConfigMistakes for mistakes in the files; OfficeRefused for files that are not read, and if an entry names several
    pupils or several entries name one.
    """
    configuration = configuration_of(home)
    compared = _against_register(home, configuration)
    if wrong := (*strays(home), *compared.twice):
        raise OfficeRefused(*first_of(wrong, MOST_LINES, "lines"))
    return SettingsChecked(configuration, first_of(compared.doubtful, MOST_LINES, "lines"))


def renew(home: Home, name: str, staff: Staff) -> Renewed:
    """Begin anew one of ``RENEWABLE`` that is gone; OfficeRefused if it exists, DatabaseRefused.

    Nothing is deleted: an empty database is set aside.
    """
    if name == DATABASE:
        path, news = home.database, _renew_database(home)
    else:
        path, news = _renew_settings_file(home, name), None
    return Renewed(path, _note(home, name, staff) or news)


def may_set_passcode(home: Home) -> None:
    """ConfigMistakes while the file for the passcode's hash has mistakes or is gone."""
    load_kiosk(home.config_dir / KIOSK)


def set_passcode(home: Home, passcode: str, staff: Staff) -> Path:
    """Set the staff passcode; return the file with its hash. ConfigMistakes; OfficeRefused if it cannot be."""
    may_set_passcode(home)
    if not is_allowed(passcode):
        raise OfficeRefused(Problem(f"The passcode was not set. {PASSCODE_RULE}"))
    path = home.config_dir / KIOSK
    try:
        keep(path, hashed(passcode))
    except OSError as problem:
        raise _not_written(path, problem, "The passcode was not set.") from problem
    KeptGuesses(home, staff.account, KIOSK, wall_clock(home)).renewed()
    return path


def _against_register(home: Home, configuration: Configuration) -> AgainstRegister:
    """The comparison with the register, if one can be read; a new home has none yet."""
    if home.database.is_file():
        with contextlib.suppress(sqlite3.Error, OddRow), snapshot(home.database) as db:
            return against_register(configuration, db)
    return AgainstRegister((), (), ())


def _renew_settings_file(home: Home, name: str) -> Path:
    path = home.config_dir / name
    if name in stray_names(home.config_dir, FILES).values() and not path.exists():
        raise OfficeRefused(*strays(home), Problem(f"No new {name} was made beside it.", "stray_file"))
    begun_on_opening = any(name in sentence for sentence in home.news)
    if path.exists() and not begun_on_opening:
        raise OfficeRefused(Problem("This file is not missing. Nothing was changed.", "not_gone", name))
    try:
        copy_once(shipped_config(name), path)
    except OSError as problem:
        raise _not_written(path, problem, "Nothing was changed.") from problem
    return path


def _not_written(path: Path, problem: OSError, outcome: str) -> OfficeRefused:
    return OfficeRefused(
        Problem(f"It cannot be written: {what_is_wrong(problem)}. {outcome}", "not_written", str(path))
    )


def _renew_database(home: Home) -> str | None:
    if running := running_kiosks(home):
        said = f"Close the {kiosks_in_words(running)} first. Nothing was changed."
        raise OfficeRefused(Problem(said, "kiosk_is_running"))
    if holds_something(home):
        raise OfficeRefused(Problem("The database is not missing. Nothing was changed.", "not_gone", DATABASE))
    if home.database.exists() and home.database.stat().st_size:
        damage.set_aside(home.database)
    forget(home.root, DATABASE)
    news = begins_anew(home)
    open_database(home).close()
    return news


def _note(home: Home, name: str, staff: Staff) -> str | None:
    """Write an audit row if a database can be opened; return the news if that begins a new one."""
    stamp = AuditStamp(written(wall_clock(home)()), staff.account)
    news = begins_anew(home)
    with contextlib.suppress(DatabaseRefused), contextlib.closing(open_database(home)) as db:
        with change(db):
            audit(db, stamp, "home.renewed", name)
        return news
    return None

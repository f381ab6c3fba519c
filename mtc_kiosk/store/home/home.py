"""The home: the one folder with a school's data on this PC. Find it, make it, or refuse a bad place."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import platformdirs

from mtc_kiosk.plain_file import why
from mtc_kiosk.resources import shipped_config
from mtc_kiosk.store.home.allowed_place import why_not_here
from mtc_kiosk.store.home.begun import DATABASE, begun, begun_before_there_was_a_list, note_begun
from mtc_kiosk.store.home.files import OWNER_ONLY_FOLDER, copy_once, keep_others_out
from mtc_kiosk.stray_names import stray_names
from mtc_kiosk.windows.access import inheriting

ENVIRONMENT = "MTC_KIOSK_HOME"

PROTECTS = frozenset({"kiosk.yaml", "access_arrangements.yaml"})
"""Settings files that are never recreated automatically: the passcode, and what children need, would be lost."""


class HomeRefused(ValueError):
    """The place cannot be a home; the message is a sentence for a person."""


@dataclass(frozen=True)
class Home:
    """A home and its paths. ``news`` has sentences about what was just begun again in it."""

    root: Path
    news: tuple[str, ...] = field(default=(), compare=False)

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.root / DATABASE

    @property
    def restoring(self) -> Path:
        """A file that is there while a restore is under way, or after one that was interrupted."""
        return self.root / "restoring.json"

    @property
    def config_dir(self) -> Path:
        """The settings files."""
        return self.root / "config"

    @property
    def exports(self) -> Path:
        """The folder for exports, unless a command names another."""
        return self.root / "exports"

    @property
    def faults_log(self) -> Path:
        """The log of commands that met a fault of the program."""
        return self.logs / "faults.log"

    @property
    def logs(self) -> Path:
        """The folder of the program's logs; they name no pupil."""
        return self.root / "logs"


def find_home(explicit: Path | None, environ: Mapping[str, str]) -> Path:
    """Where the home is: the one given, else ``MTC_KIOSK_HOME``, else the machine's if there is one, else the user's.

    A machine's home that this account cannot write to is still the home, and opening it is refused: checks written
    elsewhere without a warning would be missing from the school's results.
    """
    if explicit is not None:
        return explicit
    if environ.get(ENVIRONMENT):
        return Path(environ[ENVIRONMENT])
    machine = machine_home(environ)
    if machine.is_dir():
        return machine
    return Path(platformdirs.user_data_dir("mtc_kiosk", appauthor=False))


def machine_home(environ: Mapping[str, str]) -> Path:
    """The home of a program that is installed for the whole machine."""
    if sys.platform == "win32":
        return Path(environ.get("ProgramData", r"C:\ProgramData")) / "mtc_kiosk"
    return Path("/var/lib/mtc-kiosk")


def open_home(path: Path) -> Home:
    """Open the home at a path, with its folders and settings files; HomeRefused if it cannot be a home.

    A settings file that has disappeared is begun again, and ``news`` says so. It is not begun again if that would
    remove protection, or if another file beside it may be the lost one under another name: then nothing starts.
    """
    root = _absolute(path)
    refusal = why_not_here(root)
    if refusal is not None:
        raise HomeRefused(refusal)
    home = Home(root)
    try:
        news = _furnish(home)
    except OSError as problem:
        raise HomeRefused(
            f"The folder {root} cannot be used ({why(problem)}). Choose another with --home."
        ) from problem
    if not os.access(root, os.W_OK):
        raise HomeRefused(f"You may not write to the folder {root}. Choose another with --home.")
    return replace(home, news=news)


def _absolute(path: Path) -> Path:
    """The absolute path, with ``~`` as an account's own folder; HomeRefused if there is no such account.

    Windows gives a folder beside this account's own for any name at all, so the folder must exist.
    """
    named = path.parts[0] if path.parts and path.parts[0].startswith("~") else None
    try:
        if named is not None and named != "~" and not Path(named).expanduser().is_dir():
            raise RuntimeError(named)
        return path.expanduser().absolute()
    except RuntimeError as problem:
        raise HomeRefused(f"There is no folder {path}. Choose another with --home.") from problem


def _furnish(home: Home) -> tuple[str, ...]:
    home.root.mkdir(parents=True, exist_ok=True, mode=inheriting(OWNER_ONLY_FOLDER))
    keep_others_out(home.root, OWNER_ONLY_FOLDER)
    for folder in (home.config_dir, home.exports, home.logs):
        folder.mkdir(exist_ok=True, mode=inheriting(OWNER_ONLY_FOLDER))
    shipped = {path.name: path for path in sorted(shipped_config().glob("*.yaml"))}
    had = begun(home.root)
    had = begun_before_there_was_a_list(home.root, shipped) if had is None else had
    strays = set(stray_names(home.config_dir, shipped).values())
    news = []
    for name, path in shipped.items():
        target = home.config_dir / name
        if os.path.lexists(target) or name in strays or (name in had and name in PROTECTS):
            continue
        copy_once(path, target)
        if name in had:
            news.append(
                f"The settings file {name} was missing from {home.config_dir}."
                " A new one was made, with the settings that come with the program."
            )
    note_begun(home.root, had | {name for name in shipped if (home.config_dir / name).exists()})
    return tuple(news)

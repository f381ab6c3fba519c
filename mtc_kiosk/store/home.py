"""The home: the one folder that holds a school's data on this PC. It finds it, makes it and refuses a bad place."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from mtc_kiosk.resources import shipped_config
from mtc_kiosk.store.files import OWNER_ONLY_FOLDER, copy_once, keep_others_out
from mtc_kiosk.store.place import why_not_here

ENVIRONMENT = "MTC_KIOSK_HOME"


class HomeRefused(ValueError):
    """The place cannot be a home; the message is a sentence for a person."""


@dataclass(frozen=True)
class Home:
    """A home and the places in it."""

    root: Path

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.root / "mtc.db"

    @property
    def config_dir(self) -> Path:
        """The settings files."""
        return self.root / "config"

    @property
    def exports(self) -> Path:
        """Where exports go unless told."""
        return self.root / "exports"

    @property
    def logs(self) -> Path:
        """The program's logs; they name no pupil."""
        return self.root / "logs"


def find_home(explicit: Path | None, environ: Mapping[str, str]) -> Path:
    """Where the home is: as told, as ``MTC_KIOSK_HOME`` says, the machine's where there is one, else the user's.

    A machine's home that this account may not write to is still the home, and refused when it is opened: checks that
    went elsewhere in silence would be missing from the school's results.
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
    """Where the home is of a program that is installed for the whole machine."""
    if sys.platform == "win32":
        return Path(environ.get("ProgramData", r"C:\ProgramData")) / "mtc_kiosk"
    return Path("/var/lib/mtc-kiosk")


def open_home(path: Path) -> Home:
    """The home at a path, with its folders and settings files; HomeRefused where it cannot be one."""
    try:
        root = path.expanduser().absolute()
    except RuntimeError as problem:
        raise HomeRefused(f"There is no folder {path}: choose another with --home.") from problem
    refusal = why_not_here(root)
    if refusal is not None:
        raise HomeRefused(refusal)
    home = Home(root)
    try:
        _furnish(home)
    except OSError as problem:
        raise HomeRefused(
            f"The folder {root} cannot be used: {problem.strerror}. Choose another with --home."
        ) from problem
    if not os.access(root, os.W_OK):
        raise HomeRefused(f"The folder {root} may not be written to. Choose another with --home.")
    return home


def _furnish(home: Home) -> None:
    home.root.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    keep_others_out(home.root, OWNER_ONLY_FOLDER)
    for folder in (home.config_dir, home.exports, home.logs):
        folder.mkdir(exist_ok=True, mode=OWNER_ONLY_FOLDER)
    for shipped in sorted(shipped_config().glob("*.yaml")):
        copy_once(shipped, home.config_dir / shipped.name)

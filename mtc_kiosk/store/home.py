"""The home: the one folder that holds a school's data on this PC. It finds it, makes it and refuses a bad place."""

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from mtc_kiosk.resources import shipped_config

ENVIRONMENT = "MTC_KIOSK_HOME"
SETTINGS = ("check.yaml", "kiosk.yaml", "school.yaml")
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs", "ncpfs", "fuse.rclone"}
)
_SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud")
_DRIVE_REMOTE = 4


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
    """Where the home is: as told, as ``MTC_KIOSK_HOME`` says, the machine's where there is one, else the user's."""
    if explicit is not None:
        return explicit
    if environ.get(ENVIRONMENT):
        return Path(environ[ENVIRONMENT])
    machine = _machine_home(environ)
    if machine.is_dir() and os.access(machine, os.W_OK):
        return machine
    return Path(platformdirs.user_data_dir("mtc_kiosk", appauthor=False))


def open_home(path: Path) -> Home:
    """The home at a path, with its folders and settings files; HomeRefused where it cannot be one."""
    root = path.expanduser().absolute()
    refusal = _why_not(root)
    if refusal is not None:
        raise HomeRefused(refusal)
    home = Home(root)
    try:
        root.mkdir(parents=True, exist_ok=True)
        if os.name == "posix" and root.stat().st_uid == os.getuid():
            root.chmod(0o700)
        for folder in (home.config_dir, home.exports, home.logs):
            folder.mkdir(exist_ok=True)
        for name in SETTINGS:
            if not (home.config_dir / name).exists():
                shutil.copyfile(shipped_config(name), home.config_dir / name)
    except OSError as problem:
        raise HomeRefused(
            f"The folder {root} cannot be used: {problem.strerror}. Choose another with --home."
        ) from problem
    return home


def _machine_home(environ: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        return Path(environ.get("ProgramData", r"C:\ProgramData")) / "mtc_kiosk"
    return Path("/var/lib/mtc-kiosk")


def _why_not(root: Path) -> str | None:
    if any(mark in part.casefold() for part in root.parts for mark in _SYNCHRONISED):
        return f"{root} is in a folder that is copied to the internet; choose one on this PC alone with --home."
    if _on_network(root):
        return f"{root} is on a network drive, where a power cut loses answers; choose a folder on this PC with --home."
    return None


def _on_network(root: Path) -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only Windows has these functions

        anchor = root.anchor
        return anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE
    return _file_system(root) in _NETWORK_FILE_SYSTEMS


def _file_system(root: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """The type of the file system that holds a path, from the longest mount point above it; "" where unknown."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    real, best, found = Path(os.path.realpath(root)), -1, ""
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(before.split()[4].encode().decode("unicode_escape"))
        if real.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), after.split()[0]
    return found

"""Where a school's data is: the home, why it is this one, its files, and how old the newest backup is.

It looks and changes nothing: it makes no home, opens none that cannot be opened, and sets no damaged database aside.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from mtc_kiosk.config.settings import FILES
from mtc_kiosk.office.backup import BACKED_UP
from mtc_kiosk.office.soundness import counts_of
from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.database import gone, snapshot
from mtc_kiosk.store.db.sqlite_faults import sentence
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.home.allowed_place import why_not_here
from mtc_kiosk.store.home.backup_file import CERTIFICATE
from mtc_kiosk.store.home.begun import DATABASE, begun
from mtc_kiosk.store.home.desk_file import NAME as ENROLMENT
from mtc_kiosk.store.home.home import ENVIRONMENT, Home, find_home, machine_home
from mtc_kiosk.store.home.kiosk_lock import running_kiosks
from mtc_kiosk.store.home.whole_files import what_is_wrong
from mtc_kiosk.store.made_up import is_made_up, wall_clock
from mtc_kiosk.sync.pack_file import PACK

_LAST = "select max(at) from audit where action = ?"

_HOLDS: Mapping[str, str] = {
    "mtc.db": "pupils, checks with every key press, PINs, restarts, reasons, records, who did what",
    "config/check.yaml": "settings of the check",
    "config/access_arrangements.yaml": "what each pupil needs",
    "config/kiosk.yaml": "settings of this PC, and a code made from the staff passcode",
    "config/school.yaml": "the school",
    "device.key": "the key with which this PC signs records; never show it to anyone",
    CERTIFICATE: "the certificate by which kiosks know this desk, with its key; never show it to anyone",
    ENROLMENT: "the desk of this kiosk, and how it proves who it is; never show it to anyone; not in a backup",
    PACK: "today's pupils, sealed, until their sessions end; not in a backup",
}


class Why(StrEnum):
    """Why this folder is the home."""

    OPTION = "option"
    ENVIRONMENT = "environment"
    MACHINE = "machine"
    USER = "user"


WHY_WORDS = {
    Why.OPTION: "the folder that you named",
    Why.ENVIRONMENT: f"the folder that {ENVIRONMENT} names",
    Why.MACHINE: "the home of everybody who uses this PC",
    Why.USER: "the home of this account",
}


@dataclass(frozen=True)
class HomeFile:
    """A file or folder of the home. ``changed_at`` is UTC; ``held`` says what is in it.

    ``is_kept_copy``: it holds earlier data, which nothing reads until somebody restores it.
    """

    path: Path
    held: str
    size: int
    changed_at: datetime
    is_folder: bool = False
    is_kept_copy: bool = False


@dataclass(frozen=True)
class Found:
    """The home. ``trouble`` says why it cannot be used; ``counts`` is None if its database cannot be read."""

    root: Path
    why: Why
    exists: bool
    made_up: bool
    files: tuple[HomeFile, ...]
    kiosks: tuple[str, ...]
    counts: Mapping[str, int] | None
    backed_up_at: datetime | None
    now: datetime
    trouble: str | None

    def age_of(self, file: HomeFile) -> timedelta:
        """How long ago a file was last changed, by this PC's clock, which also gave it its time."""
        return max(datetime.now(UTC) - file.changed_at, timedelta(0))

    @property
    def backup_age(self) -> timedelta | None:
        """How old the newest backup is."""
        return max(self.now - self.backed_up_at, timedelta(0)) if self.backed_up_at is not None else None


def where(folder: Path | None, environ: Mapping[str, str] = os.environ) -> Found:
    """Look at the home that a folder, the environment or the installation names."""
    root = find_home(folder, environ)
    with contextlib.suppress(RuntimeError):  # there is no such account
        root = root.expanduser()
    root = root.absolute()
    home, why = Home(root), _why(folder, environ)
    files: tuple[HomeFile, ...] = ()
    kiosks: tuple[str, ...] = ()
    counts, backed_up_at, trouble = None, None, why_not_here(root)
    try:
        exists = root.is_dir()
        above = next((folder for folder in (root, *root.parents) if folder.exists()), None)
        if exists:
            files = tuple(_files(home))
            kiosks = running_kiosks(home)
        elif above is None or not above.is_dir():  # on Windows, the drive itself may be missing
            trouble = trouble or f"{root} is not a folder. Name another folder."
    except OSError as problem:
        exists, trouble = True, f"The folder {root} cannot be read: {what_is_wrong(problem)}."
    if exists and trouble is None:
        counts, backed_up_at, trouble = _in_database(home)
    return Found(root, why, exists, _made_up(root), files, kiosks, counts, backed_up_at, _now(home), trouble)


def _why(folder: Path | None, environ: Mapping[str, str]) -> Why:
    if folder is not None:
        return Why.OPTION
    if environ.get(ENVIRONMENT):
        return Why.ENVIRONMENT
    return Why.MACHINE if machine_home(environ).is_dir() else Why.USER


def _files(home: Home) -> Iterator[HomeFile]:
    """The home's files and folders that matter to people; OSError if the folder cannot be read."""
    names = {entry.name for entry in os.scandir(home.root)}
    kept = [name for name in names if name.startswith(("mtc.db.damaged-", "before-restore-"))]
    for name in ("mtc.db", *(f"config/{one}" for one in FILES), "device.key", CERTIFICATE, ENROLMENT, PACK):
        yield from _file(home.root / name, _HOLDS[name], ("-wal",) if name == "mtc.db" else ())
    for name in sorted(kept, key=lambda name: name.removesuffix(".zip")):
        held = "a damaged database, kept" if "damaged" in name else "the earlier data, before a restore"
        yield from (replace(each, is_kept_copy=True) for each in _file(home.root / name, held))
    for folder, held in ((home.exports, "results and slips"), (home.logs, "logs, without names")):
        yield from _folder(folder, f"{held}; not in a backup")


def _file(path: Path, held: str, also: tuple[str, ...] = ()) -> Iterator[HomeFile]:
    try:
        found = [
            path.stat(),
            *(each.stat() for each in (path.with_name(path.name + end) for end in also) if each.exists()),
        ]
    except FileNotFoundError:
        return
    changed = max(one.st_mtime for one in found)
    yield HomeFile(path, held, sum(one.st_size for one in found), datetime.fromtimestamp(changed, UTC))


def _folder(path: Path, held: str) -> Iterator[HomeFile]:
    if not path.is_dir():
        return
    found = [entry.stat() for entry in os.scandir(path) if entry.is_file()]
    changed = max((one.st_mtime for one in found), default=path.stat().st_mtime)
    yield HomeFile(path, held, sum(one.st_size for one in found), datetime.fromtimestamp(changed, UTC), is_folder=True)


def _in_database(home: Home) -> tuple[Mapping[str, int] | None, datetime | None, str | None]:
    """How much there is, when the newest backup was made, and why the database cannot be read."""
    if home.restoring.exists():
        return None, None, "A restore is under way or was interrupted. The next command finishes it or undoes it."
    if damage.is_orphan_log(home.database):
        return None, None, "The database is damaged."
    try:
        if not home.database.is_file() or not home.database.stat().st_size:
            return None, None, gone(home) if DATABASE in (begun(home.root) or ()) else None
        with snapshot(home.database, only_look=True) as db:
            (last,) = db.execute(_LAST, (BACKED_UP,)).fetchone()
            return counts_of(db), instant(last) if last is not None else None, None
    except (sqlite3.Error, ValueError, OSError) as problem:
        said = sentence(problem) if isinstance(problem, sqlite3.Error) else "The database cannot be read."
        return None, None, said


def _made_up(root: Path) -> bool:
    try:
        return is_made_up(root)
    except OSError:
        return False


def _now(home: Home) -> datetime:
    try:
        return wall_clock(home)()
    except (ValueError, OSError):
        return datetime.now(UTC)

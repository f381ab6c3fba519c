"""Back up a home into one file, while a kiosk runs and writes: database, settings, key.

It takes no write lock but for one row of the audit at the end. The file gets its name only once it was read again and
found whole. Exports and logs are not in it: they can be made again, or help nobody elsewhere.
"""

import contextlib
import importlib.metadata
import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mtc_kiosk.config.settings import FILES
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.progress import Progress, no_progress
from mtc_kiosk.office.soundness import counts_of, remarks_on
from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.record.signing import DeviceKey, NotAKey
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.store.db.copies import copied, copied_from, is_whole, opened_copy, with_new_indexes
from mtc_kiosk.store.db.database import connect, gone
from mtc_kiosk.store.db.migration_names import applied
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.sqlite_faults import Fault, fault_of, sentence
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.home.backup_file import (
    CERTIFICATE,
    KEY,
    LARGEST_OTHER,
    LARGEST_SETTINGS,
    Backup,
    BackupRefused,
    Manifest,
    read_backup,
    read_backup_bytes,
    to_bytes,
)
from mtc_kiosk.store.home.begun import DATABASE, begun
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.whole_files import what_is_wrong, why_not_written, write_whole
from mtc_kiosk.store.made_up import is_made_up, wall_clock

BACKED_UP = "home.backed_up"
"""The audit's action of a backup. It does not have the path: folders are named after people."""

DAMAGED = Problem(
    "The database is damaged, so nothing was backed up. Restore the newest backup you have.", "database_damaged"
)

INDEXES = (
    "The search indexes of the database are damaged. The backup has new ones and is whole, with every pupil and check:"
    " restore it here."
)


@dataclass(frozen=True)
class BackedUp:
    """A backup that was made. ``remarks`` say what is wrong with its rows; ``on_own_disk``: lost with the home."""

    file: Path
    size: int
    manifest: Manifest
    on_own_disk: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class DownloadedBackup:
    """A backup to download: a name without school and person, the file, and what is wrong with its rows."""

    name: str
    content: bytes
    manifest: Manifest
    remarks: tuple[str, ...]


def back_up(
    home: Home, named: Path, staff: Staff, *, force: bool = False, progress: Progress = no_progress
) -> BackedUp:
    """Write a backup to a file, or into a folder under a name with date and time; OfficeRefused."""
    now = wall_clock(home)()
    path = _path_for(home, named, now, force=force)
    backup, remarks = _whole_backup(home, now, progress)
    size = _write(path, backup)
    done = BackedUp(path, size, backup.manifest, _is_on_own_disk(home, path), remarks)
    unnoted = _noted(home, {"own_disk": done.on_own_disk}, AuditStamp(written(now), staff.account))
    return replace(done, remarks=(*remarks, *unnoted))


def backup_to_download(home: Home, staff: Staff, progress: Progress = no_progress) -> DownloadedBackup:
    """A backup in memory, read again as a restore would read it; nothing is written on this PC. OfficeRefused."""
    now = wall_clock(home)()
    backup, remarks = _whole_backup(home, now, progress)
    content = to_bytes(backup)
    try:
        _compare(read_backup_bytes(content, FILES), backup)
    except ValueError as problem:
        raise OfficeRefused(
            _problem("The backup cannot be read back correctly. Try again.", "not_verified")
        ) from problem
    unnoted = _noted(home, {"downloaded": True}, AuditStamp(written(now), staff.account))
    return DownloadedBackup(file_name(now), content, backup.manifest, (*remarks, *unnoted))


def _whole_backup(home: Home, now: datetime, progress: Progress) -> tuple[Backup, tuple[str, ...]]:
    """A backup of a home as it is now, and what is wrong with its rows; OfficeRefused."""
    _refuse_without_database(home)
    try:
        content = copied(home.database)
    except sqlite3.Error as problem:
        if fault_of(problem) is Fault.DAMAGED:
            raise OfficeRefused(DAMAGED) from problem
        raise OfficeRefused(_problem(sentence(problem), "database_refused")) from problem
    backup = backup_of(home, content, now)
    with contextlib.closing(opened_copy(backup.database)) as db:
        remarks = remarks_on(db, progress)
    return backup, remarks if backup.database == content else (INDEXES, *remarks)


def backup_of(home: Home, database: bytes, now: datetime) -> Backup:
    """The backup of a home with this copy of its database; OfficeRefused if something cannot be read."""
    try:
        db = opened_copy(database)
    except ValueError as problem:
        raise OfficeRefused(DAMAGED) from problem
    with contextlib.closing(db):
        if not is_whole(db):
            if not with_new_indexes(db):
                raise OfficeRefused(DAMAGED)
            database = db.conn.serialize()
        parts = {DATABASE: database, **_files_of(home)}
        return Backup(_manifest(home, db, parts.get(KEY), now), parts)


def file_name(now: datetime, stem: str = "mtc-kiosk-backup") -> str:
    """The name of a backup's file, in UTC; it names no school and no person."""
    return f"{stem}-{now:%Y%m%d-%H%M%S}.zip"


def write_safety_copy(home: Home, present: Database, now: datetime) -> Path:
    """Back up a home beside its own files, from an open database that reads one state; OfficeRefused."""
    backup = backup_of(home, copied_from(present), now)
    stem, count = file_name(now, "before-restore").removesuffix(".zip"), 1
    path = home.root / f"{stem}.zip"
    while os.path.lexists(path):
        count += 1
        path = home.root / f"{stem}-{count}.zip"
    _write(path, backup)
    return path


def _path_for(home: Home, named: Path, now: datetime, *, force: bool) -> Path:
    path = named / file_name(now) if named.is_dir() else named
    inside = Path(os.path.realpath(path.parent))
    root = Path(os.path.realpath(home.root))
    if inside.is_relative_to(root) and not inside.is_relative_to(root / "exports"):
        said = f"A backup cannot be in the folder it backs up, {home.root}. Name a folder on a stick or another disk."
        raise OfficeRefused(_problem(said, "in_the_home"))
    if os.path.lexists(path) and not force:
        said = "There is a file of this name already. Choose another name, or replace that file."
        raise OfficeRefused(_problem(said, "exists", path))
    return path


def _refuse_without_database(home: Home) -> None:
    if home.database.is_file() and home.database.stat().st_size:
        return
    if DATABASE in (begun(home.root) or ()):
        raise OfficeRefused(_problem(gone(home), "database_refused"))
    said = f"There is nothing to back up in {home.root}. If the school's data is in another folder, name that one."
    raise OfficeRefused(_problem(said, "nothing_to_back_up"))


def _files_of(home: Home) -> Mapping[str, bytes]:
    """The settings files, the key and the certificate that exist."""
    wanted = {f"config/{name}": LARGEST_SETTINGS for name in FILES} | dict.fromkeys((KEY, CERTIFICATE), LARGEST_OTHER)
    parts = {}
    for name, most in wanted.items():
        path = home.root / name
        try:
            parts[name] = read_plain(path, most + 1)
        except FileNotFoundError:
            continue
        except OSError as problem:
            raise OfficeRefused(_problem(f"It cannot be read: {what_is_wrong(problem)}.", "unread", path)) from problem
        if len(parts[name]) > most:
            raise OfficeRefused(_problem("This file is too large to be one of the home's.", "too_large", path))
    return parts


def _manifest(home: Home, db: Database, key: bytes | None, now: datetime) -> Manifest:
    device = None
    if key is not None:
        with contextlib.suppress(NotAKey):
            device = DeviceKey.from_pem(key).fingerprint
    return Manifest(
        made_at=written(now),
        version=importlib.metadata.version("mtc-kiosk"),
        made_up=is_made_up(home.root),
        device=device,
        migrations=tuple(sorted(applied(db))),
        counts=counts_of(db),
    )


def _write(path: Path, backup: Backup) -> int:
    """Write a backup under a temporary name, read it back, check it, and rename it; its size."""
    content = to_bytes(backup)
    try:
        write_whole(path, content, look=lambda draft: _refuse_other_than(draft, backup))
    except OSError as problem:
        why = why_not_written(problem, path)
        raise OfficeRefused(_problem(f"The backup cannot be written: {why}.", "not_written", path)) from problem
    return len(content)


def _refuse_other_than(file: Path, backup: Backup) -> None:
    """Open a written file again as a restore would; OfficeRefused if it differs from what was written."""
    try:
        _compare(read_backup(file, FILES), backup)
    except ValueError as problem:
        said = "The backup was written, but cannot be read back correctly. Try another stick or folder."
        raise OfficeRefused(_problem(said, "not_verified")) from problem


def _compare(found: Backup, backup: Backup) -> None:
    """BackupRefused if what was read back differs from what was made."""
    if found != backup:
        raise BackupRefused("This is another backup.")
    with contextlib.closing(opened_copy(found.database)) as db:
        if not is_whole(db) or counts_of(db) != backup.manifest.counts:
            raise BackupRefused("This is another database.")


def _noted(home: Home, after: Mapping[str, bool], stamp: AuditStamp) -> tuple[str, ...]:
    """Write an audit row for a backup; if that fails, a remark: the backup is still valid."""
    try:
        with contextlib.closing(connect(home.database)) as db, change(db):
            audit(db, stamp, BACKED_UP, DATABASE, after=after)
    except sqlite3.Error:
        return ("The backup is good, but this home could not record that it was made.",)
    return ()


def _is_on_own_disk(home: Home, path: Path) -> bool:
    try:
        return os.stat(path.parent).st_dev == os.stat(home.root).st_dev  # noqa: PTH116 - on a stick
    except OSError:
        return False


def _problem(said: str, code: str, path: Path | None = None) -> Problem:
    """A refusal with what happened to the data. What to type stays at the end, where it can be copied."""
    said = f"{said} Nothing was written." if said.endswith(".") else f"Nothing was written. {said}"
    return Problem(said, code, str(path) if path else None)

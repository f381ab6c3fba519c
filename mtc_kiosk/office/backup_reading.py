"""Read and check a whole backup before anything is changed; every refusal is a sentence."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.config.settings import FILES
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.progress import Progress
from mtc_kiosk.office.soundness import remarks_on
from mtc_kiosk.record.signing import DeviceKey, NotAKey
from mtc_kiosk.store.db.copies import DamagedCopy, NewerCopy, bring_up_to_date, is_whole, opened_copy
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.backup_file import Backup, BackupRefused, read_backup
from mtc_kiosk.store.home.whole_files import what_is_wrong

NOTHING = "Nothing was changed."
_NOT_OURS = "This backup is damaged, or was not made by mtc-kiosk: its database cannot be used."
_NEWER = "This backup was made by a newer mtc-kiosk. Install that version first."


@dataclass(frozen=True)
class ReadBackup:
    """A backup that can be restored. ``db`` is its database, in memory and migrated."""

    file: Path
    backup: Backup
    db: Database
    key: DeviceKey | None
    remarks: tuple[str, ...]


@contextlib.contextmanager
def reading(file: Path, progress: Progress) -> Iterator[ReadBackup]:
    """The backup in a file, open until the block ends; OfficeRefused for one that cannot be restored."""
    try:
        backup = read_backup(file, FILES)
        db = opened_copy(backup.database)
    except OSError as problem:
        raise refused(f"It cannot be read: {what_is_wrong(problem)}.", "unread", file) from problem
    except BackupRefused as problem:
        raise refused(str(problem), problem.code, file) from problem
    except DamagedCopy as problem:
        raise refused(_NOT_OURS, "damaged", file) from problem
    with contextlib.closing(db):
        yield _looked_through(file, backup, db, progress)


def _looked_through(file: Path, backup: Backup, db: Database, progress: Progress) -> ReadBackup:
    try:
        bring_up_to_date(db)  # refuses tables and triggers that are not ours
        if not is_whole(db):
            raise DamagedCopy(file)
        key = DeviceKey.from_pem(backup.key) if backup.key is not None else None
    except NewerCopy as problem:
        raise refused(_NEWER, "newer", file) from problem
    except (DamagedCopy, NotAKey) as problem:
        raise refused(_NOT_OURS, "damaged", file) from problem
    return ReadBackup(file, backup, db, key, remarks_on(db, progress))


def refused(said: str, code: str, file: Path | None = None) -> OfficeRefused:
    """The refusal of a restore, which says that nothing was changed."""
    return OfficeRefused(Problem(f"{said} {NOTHING}", code, str(file) if file is not None else None))

"""The home as a restore finds it: damaged, without data, or with some that stays the same while it is read."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.office.backup_reading import refused
from mtc_kiosk.office.soundness import counts_of
from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.copies import is_whole, with_new_indexes
from mtc_kiosk.store.db.database import connect, holds_something, snapshot
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosks_in_words, running_kiosks


class Changed(Exception):
    """The home was written to since it was read."""


def has_no_data(home: Home) -> bool:
    """Whether a home's database is empty; one that cannot be read counts as not empty."""
    if not holds_something(home):
        return True
    try:
        with snapshot(home.database, only_look=True) as db:
            return not any(counts_of(db).values())
    except (sqlite3.Error, ValueError):
        return False


def set_aside_damaged(home: Home) -> str | None:
    """Set a damaged database aside; return its new name, None if there is none. Damaged indexes are made anew."""
    path = home.database
    if not damage.is_orphan_log(path) and (not _is_there(path) or _can_be_read(path)):
        return None
    if running := running_kiosks(home):
        raise refused(f"The database is damaged. Close the {kiosks_in_words(running)} first.", "kiosk_is_running")
    return damage.set_aside(path)


@dataclass(frozen=True)
class Present:
    """A snapshot of the home's database, and another connection that notices later changes."""

    db: Database
    watch: Database
    version: int

    def refuse_if_changed(self, _: Database) -> None:
        """Changed if anything was written to the home since; a look for ``store.db.restoring``."""
        if _version(self.watch) != self.version:
            raise Changed


@contextlib.contextmanager
def unchanging(home: Home) -> Iterator[Present]:
    """The home's database as it is now, until the block ends."""
    with contextlib.closing(connect(home.database)) as watch:
        version = _version(watch)
        with snapshot(home.database) as db:
            db.execute("select count(*) from sqlite_schema").fetchone()
            yield Present(db, watch, version)


def _version(db: Database) -> int:
    return int(db.execute("pragma data_version").fetchone()[0])


def _can_be_read(path: Path) -> bool:
    """Whether the whole file is good, perhaps once its indexes are made anew: they follow from the tables."""
    if not damage.is_whole(path):
        return False
    with contextlib.closing(connect(path)) as db:
        return is_whole(db) or with_new_indexes(db)


def _is_there(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0

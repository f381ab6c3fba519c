"""Homes of made-up pupils: a file marks them, and robots work in no others.

A home counts as empty while it has no data and no changed settings, even if the program has made its folders. The time
in a home is decided here too: the PC's time, or in a made-up home the time of MTC_KIOSK_NOW, for everything in the
program: sign-in, attempts, events, staff, audit, records and logs. Time runs on from that instant, starting when the
program first asks.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from mtc_kiosk.plain_file import why
from mtc_kiosk.resources import shipped_config
from mtc_kiosk.store.db.database import snapshot
from mtc_kiosk.store.db.sqlite_faults import OddRow
from mtc_kiosk.store.db.times import instant_of
from mtc_kiosk.store.home.begun import BEGUN, DATABASE
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.home.kept_settings import KEPT

MARK = "made-up-pupils.txt"
"""The file that marks a home as made up."""

_SAID = (
    "This folder is a home of made-up pupils: mtc-kiosk simulate works in it, and everything in it is made up.\n"
    "Keep this file: without it, nothing tells these pupils from real ones.\n"
)
_MADE_BY_STARTING = (BEGUN, KEPT, "console.lock", "restore.lock")
_FROM_THE_START = "code_secret"  # the table that each database is made with a row of
_DATABASE = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm")


NOW = "MTC_KIOSK_NOW"
"""The environment variable that sets the time, only in a home of made-up pupils."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class NotAnInstant(ValueError):
    """MTC_KIOSK_NOW is not an instant with its time zone; the message is a sentence for a person."""


class NotMadeUp(ValueError):
    """The folder holds something, and robots did not put it there; the message is a sentence for a person."""


def is_made_up(root: Path) -> bool:
    """Whether the home in this folder is marked as made up."""
    return (root / MARK).is_file()


def mark_text() -> bytes:
    """The content of the file that marks a home as made up."""
    return _SAID.encode()


def time_set(environ: Mapping[str, str]) -> datetime | None:
    """The instant that MTC_KIOSK_NOW says, in UTC; None if it is not set, NotAnInstant if it cannot be read."""
    written = environ.get(NOW)
    if not written:
        return None
    try:
        told = datetime.fromisoformat(written)
    except ValueError:
        told = None
    if told is None or told.tzinfo is None:
        raise NotAnInstant(f"{NOW} must be a date and time with its time zone, such as 2027-06-07T09:00:00Z.")
    return told.astimezone(UTC)


def ahead_ms(home: Home) -> int:
    """How far the wall clock of a home is ahead of the PC's, in milliseconds; NotAnInstant as ``time_set``."""
    told = time_set(os.environ) if is_made_up(home.root) else None
    return _ahead_ms(home.root, told) if told is not None else 0


def wall_clock(home: Home) -> Callable[[], datetime]:
    """The wall clock of a home, in UTC."""
    ahead = ahead_ms(home)
    return lambda: instant_of(time.time_ns() // 1_000_000 + ahead)


@cache
def _ahead_ms(root: Path, told: datetime) -> int:
    """The same however often the program asks."""
    return (told - _EPOCH) // _MILLISECOND - time.time_ns() // 1_000_000


def open_made_up_home(path: Path) -> Home:
    """Open the made-up home in a folder: a marked one, or an empty one, which is then marked.

    NotMadeUp for any other folder, which is left unchanged; HomeRefused if no home can be there.
    """
    try:
        root = path.expanduser().absolute()
        empty = is_made_up(root) or _is_empty(root)
    except RuntimeError:
        return open_home(path)  # which says why there is no such folder
    except OSError as problem:
        raise NotMadeUp(f"The folder {path} cannot be read ({why(problem)}).") from problem
    if not empty:
        raise NotMadeUp(
            f"{root} is not empty and was not made by simulate, so it may have real pupils."
            " Choose an empty folder with --home. Nothing was changed."
        )
    home = open_home(root)
    if not is_made_up(root):
        (root / MARK).write_text(_SAID, encoding="utf-8", newline="\n")
    return home


def _is_empty(root: Path) -> bool:
    """Whether there is nothing in a folder but what the program puts into a new home."""
    if not root.exists():
        return True
    if not root.is_dir():
        return False
    home = Home(root)
    for entry in root.iterdir():
        if entry == home.config_dir:
            empty = all(_is_shipped(file) for file in entry.iterdir())
        elif entry in (home.exports, home.logs):
            empty = not any(entry.iterdir())
        elif entry.name in _DATABASE:
            empty = _has_no_rows(home.database)
        else:
            empty = entry.name in _MADE_BY_STARTING or entry.match("kiosk-*.lock")
        if not empty:
            return False
    return True


def _is_shipped(file: Path) -> bool:
    """Whether a settings file is as it came."""
    shipped = shipped_config() / file.name
    return shipped.is_file() and shipped.read_bytes() == file.read_bytes()


def _has_no_rows(database: Path) -> bool:
    """Whether a database has no row in any table but the program's own; one that cannot be read may have some."""
    if not database.exists():
        return False
    try:
        with snapshot(database, only_look=True) as db:
            ours = ("_", "sqlite_", _FROM_THE_START)
            return not any(db[table].count for table in db.table_names() if not table.startswith(ours))
    except (sqlite3.Error, OddRow):
        return False

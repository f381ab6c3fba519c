"""A restore that may be interrupted at any moment: the home is then as before or as after, never in between.

First a plan is written whole: the settings files, and the device's key. Then the database is replaced in one
transaction, and the new one has an audit row with the plan's id. Then the files are written, and last the plan is
removed. Whoever finds a plan when nothing restores looks for that row: if it is there, the files are written; if not,
nothing had changed, and the plan is removed.
"""

import base64
import contextlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.store.db.copies import copy_into
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.begun import DATABASE, note_begun
from mtc_kiosk.store.home.files import make_private, sync_folder
from mtc_kiosk.store.home.home import Home, HomeRefused
from mtc_kiosk.store.home.kiosk_lock import restore_lock
from mtc_kiosk.store.home.whole_files import what_is_wrong, write_whole

RESTORED = "home.restored"
"""The audit's action of a restore; its subject is the plan's id."""

LARGEST_PLAN = 10_000_000

UNDER_WAY = "A restore of this home is under way. Try again when it has ended."


@dataclass(frozen=True)
class Plan:
    """What is written when the database has been replaced: files by their path below the home."""

    id: str
    files: Mapping[str, bytes]


def carry_out(home: Home, plan: Plan, source: Database, look: Callable[[Database], None]) -> None:
    """Replace the home's database and then its files. The caller has ``restore_lock``; ``source`` has the audit row.

    What ``look`` raises, sqlite3.Error and OSError leave the home as it was. HomeRefused where only the files are not
    written yet: the next command finishes it.
    """
    write_whole(home.restoring, _to_bytes(plan))
    try:
        make_private(home.database)
        copy_into(source, home.database, look)
    except BaseException:
        settle_locked(home)
        raise
    try:
        settle_locked(home)
    except (OSError, sqlite3.Error) as problem:
        raise HomeRefused(
            f"The database is restored, but the settings cannot be written: {_why(problem)}. When that is corrected,"
            " any command finishes the restore."
        ) from problem


def settle(home: Home) -> str | None:
    """Finish or undo an interrupted restore; return a sentence about it, None if there was none.

    HomeRefused while a restore is under way, and where it cannot be brought to an end.
    """
    if not home.restoring.exists():
        return None
    with restore_lock(home) as taken:
        if not taken:
            raise HomeRefused(UNDER_WAY)
        try:
            return settle_locked(home)
        except (OSError, sqlite3.Error) as problem:
            said = f"A restore of this home was interrupted and cannot be finished: {_why(problem)}."
            raise HomeRefused(said) from problem


def settle_locked(home: Home) -> str | None:
    """The same for whoever has ``restore_lock``; OSError and sqlite3.Error."""
    if not home.restoring.exists():
        return None
    plan = _read(home.restoring)
    done = plan is not None and is_done(home.database, plan.id)
    if plan is not None and done:
        for name, content in plan.files.items():
            write_whole(home.root / name, content)
        settings = [Path(name).name for name in plan.files if name.endswith(".yaml")]
        note_begun(home.root, (DATABASE, *settings))
    home.restoring.unlink()
    sync_folder(home.root)
    end = "It was finished now." if done else "It was undone: everything is as it was before."
    return f"A restore of this home was interrupted. {end}"


def _why(problem: Exception) -> str:
    return what_is_wrong(problem) if isinstance(problem, OSError) else "the database cannot be read"


def is_done(database: Path, plan_id: str) -> bool:
    """Whether the restore with this plan has replaced the database; sqlite3.Error."""
    if not database.is_file() or not database.stat().st_size:
        return False
    with contextlib.closing(connect(database)) as db:
        query = "select 1 from sqlite_schema where name = 'audit'"
        if db.execute(query).fetchone() is None:
            return False
        found = db.execute("select 1 from audit where action = ? and subject = ?", (RESTORED, plan_id)).fetchone()
        return found is not None


def _to_bytes(plan: Plan) -> bytes:
    files = {name: base64.b64encode(content).decode() for name, content in plan.files.items()}
    return json.dumps({"id": plan.id, "files": files}).encode()


def _read(path: Path) -> Plan | None:
    """The plan; None for one that was altered. It is written whole, so it was never cut off."""
    try:
        said = json.loads(read_plain(path, LARGEST_PLAN))
        return Plan(str(said["id"]), {str(name): base64.b64decode(part) for name, part in said["files"].items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        return None

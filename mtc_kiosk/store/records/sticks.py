"""The sticks and folders found at each destination, by the id written on them.

Two sticks may appear under one drive letter, and a mount point may be left as an empty folder of the PC.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, change


@dataclass(frozen=True)
class Stick:
    """A stick or folder found at a destination. ``own_disk``: on the disk of the home itself."""

    id: str
    own_disk: bool


def sticks_at(db: Database, place: str) -> tuple[Stick, ...]:
    """The sticks found at a destination, the earliest first."""
    query = "select id, own_disk from stick where place = ? order by first_at, id"
    return tuple(Stick(stick_id, bool(own)) for stick_id, own in db.execute(query, (place,)).fetchall())


def remember_stick(db: Database, place: str, stick: Stick, stamp: AuditStamp) -> None:
    """Store that a stick or folder was found at a destination now."""
    with change(db):
        db.execute(
            "insert into stick (place, id, own_disk, first_at, last_at) values (?, ?, ?, ?, ?)"
            " on conflict (place, id) do update set last_at = excluded.last_at, own_disk = excluded.own_disk",
            (place, stick.id, int(stick.own_disk), stamp.at, stamp.at),
        )


def is_on_own_disk(db: Database, folder: Path) -> bool:
    """Whether a folder is on the home's disk; OSError if the folder is missing."""
    (_, _, file) = db.execute("pragma database_list").fetchone()
    return os.stat(folder).st_dev == os.stat(file).st_dev  # noqa: PTH116 - every call that may fail on a stick is one of os

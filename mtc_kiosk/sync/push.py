"""Brings what waits in the outbox to the destinations. What could not be brought waits on: nothing is lost.

It writes to folders alone; an address waits for a version that knows the way there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from mtc_kiosk.config.school_file import STORES, Destination
from mtc_kiosk.record.sealed import NotARecord
from mtc_kiosk.store.change import Act
from mtc_kiosk.store.outbox import delivered, gather, not_delivered, to_deliver, waiting_for
from mtc_kiosk.sync.folder import FolderTrouble, RecordFolder


@dataclass(frozen=True)
class Pushed:
    """What came of one destination. ``trouble`` is a sentence, None where everything is there."""

    destination: Destination
    delivered: int
    waiting: int
    trouble: str | None


def push(
    db: sqlite_utils.Database, destinations: Sequence[Destination], act: Act, *, again: bool = False
) -> Iterator[Pushed]:
    """Bring every record to every destination that lacks it, or with ``again`` every record there is."""
    gather(db)
    places = [destination.to for destination in destinations]
    for destination in destinations:
        done, trouble = _push_to(db, destination.to, places, act, again=again)
        yield Pushed(destination, done, waiting_for(db, destination.to).records, trouble)


def is_address(place: str) -> bool:
    """Whether a destination is an address and no folder."""
    return place.startswith(tuple(f"{store}://" for store in STORES))


def _push_to(
    db: sqlite_utils.Database, place: str, places: Sequence[str], act: Act, *, again: bool
) -> tuple[int, str | None]:
    """How many records are there now that were not before, and why no more."""
    if is_address(place):
        return 0, f"This version writes to folders alone, not to {place}: what waits is kept."
    folder, done, damaged = RecordFolder(Path(place)), 0, 0
    for row in to_deliver(db, place, again=again):
        try:
            folder.keep(row.sealed())
        except NotARecord:
            damaged += 1
            continue
        except FolderTrouble as problem:
            # A folder that takes one no more takes none; the rest waits.
            not_delivered(db, row)
            return done, str(problem)
        delivered(db, row, place, places, act)
        done += 1
    return done, f"Not sent, because changed in the database: {damaged}." if damaged else None

"""Deliver what waits in the outbox to its destinations. What cannot be delivered stays in the outbox.

Each push looks at what the folder has: another stick may be in under the same letter, or the same one without its
files. It writes to folders only; records for an address wait for a version that can send them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.config.school_shape import STORES, DestinationShape
from mtc_kiosk.record.sealed import NotARecord, file_name
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.records.outbox import (
    Outgoing,
    delivered,
    gather,
    not_delivered,
    on_stick,
    outgoing,
    record_to_send,
    waiting_for,
)
from mtc_kiosk.store.records.sticks import Stick, is_on_own_disk, remember_stick, sticks_at
from mtc_kiosk.sync.folder import FolderTrouble, RecordFolder


@dataclass(frozen=True)
class Pushed:
    """What was delivered to one destination. ``trouble`` is a sentence, None if it has every record.

    ``written`` counts the records written now, ``already`` those found whole. ``stick`` is None if the folder has no
    id; with ``is_new`` this destination had another one before.
    """

    destination: DestinationShape
    waiting: int
    written: int = 0
    already: int = 0
    stick: Stick | None = None
    is_new: bool = False
    trouble: str | None = None


def push(
    db: Database, destinations: Sequence[DestinationShape], act: AuditStamp, *, again: bool = False
) -> Iterator[Pushed]:
    """Deliver every record to each destination that lacks it; with ``again``, also check those that seem to be
    there."""
    gather(db)
    places = [destination.to for destination in destinations]
    for destination in destinations:
        if is_address(destination.to):
            trouble = f"This version can send only to a folder, not to {destination.to}. The records are kept here."
            yield Pushed(destination, waiting_for(db, destination.to).records, trouble=trouble)
            continue
        yield _PushTo(db, destination, places, act).done(again=again)


def is_address(place: str) -> bool:
    """Whether a destination is an address and not a folder."""
    return place.startswith(tuple(f"{store}://" for store in STORES))


class _PushTo:
    """A push to one folder."""

    def __init__(self, db: Database, destination: DestinationShape, places: Sequence[str], act: AuditStamp) -> None:
        self._db, self._act, self._places = db, act, places
        self._destination, self._place = destination, destination.to
        self._folder = RecordFolder(Path(destination.to))
        self._known = sticks_at(db, destination.to)
        self._stick: Stick | None = None
        self._written = self._already = 0

    def done(self, *, again: bool) -> Pushed:
        """Deliver every record that is not there."""
        trouble = self._trouble(again=again)
        waiting = waiting_for(self._db, self._place).records
        is_new = bool(self._known) and self._stick is not None and self._stick.id not in {s.id for s in self._known}
        return Pushed(self._destination, waiting, self._written, self._already, self._stick, is_new, trouble)

    def _trouble(self, *, again: bool) -> str | None:
        records = outgoing(self._db)
        lacking = [record for record in records if self._place not in record.has]
        damaged = 0
        record = lacking[0] if lacking else None
        try:
            self._look()
            sizes = self._folder.sizes()
            for record in records:
                if not again and self._is_there(record, sizes.get(file_name(record.type, record.sha256))):
                    self._already += 1
                elif not self._bring(record):
                    damaged += 1
            record = None
            self._look_again()
        except FolderTrouble as problem:
            # A folder that refuses one record refuses all; the rest waits.
            if record is not None:
                not_delivered(self._db, record.record_id)
            return str(problem)
        return f"Not sent, because it was changed in the database: {damaged}." if damaged else None

    def _is_there(self, record: Outgoing, size: int | None) -> bool:
        """Whether this same stick took the record and has a file of its name and size."""
        known = self._stick is not None and {self._place, on_stick(self._stick.id)} <= record.has
        return known and size == record.size

    def _bring(self, record: Outgoing) -> bool:
        """Write a record unless the whole of it is there, and note the delivery; False for a damaged one."""
        try:
            sealed = record_to_send(self._db, record.record_id).sealed()
        except NotARecord:
            return False
        if self._folder.holds(sealed):
            self._already += 1
        else:
            self._mark()
            self._folder.keep(sealed)
            self._written += 1
        stick = self._stick.id if self._stick is not None else None
        delivered(self._db, record.record_id, self._place, self._places, self._act, stick)
        return True

    def _look(self) -> None:
        """Find out which stick or folder is there; FolderTrouble if there is none, or clearly the wrong one."""
        mark = self._folder.mark()
        own_disk = self._own_disk()
        if mark is None and own_disk and self._known and not any(stick.own_disk for stick in self._known):
            raise FolderTrouble(
                f"The folder {self._folder.path} is on this PC's own disk now, and the stick that was used before"
                " is not plugged in. Plug it in. Nothing was written."
            )
        if mark is not None:
            self._found(Stick(mark, own_disk))

    def _mark(self) -> None:
        """Write an id if there is none yet."""
        if self._stick is None:
            self._found(Stick(self._folder.write_mark(), self._own_disk()))

    def _own_disk(self) -> bool:
        try:
            return is_on_own_disk(self._db, self._folder.path)
        except OSError as problem:
            raise self._folder.gone() from problem

    def _found(self, stick: Stick) -> None:
        self._stick = stick
        remember_stick(self._db, self._place, stick, self._act)

    def _look_again(self) -> None:
        """Raise FolderTrouble if another stick was put in meanwhile."""
        if self._stick is not None and self._folder.mark() != self._stick.id:
            raise FolderTrouble(f"The stick at {self._folder.path} was changed while records were sent. Send again.")

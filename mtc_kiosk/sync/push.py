"""Deliver what waits in the outbox to its destinations. What cannot be delivered stays in the outbox.

Each push looks at what the folder has: another stick may be in under the same letter, or the same one without its
files. It writes to folders only; records for an address wait for a version that can send them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.config.school_shape import STORES, DestinationShape
from mtc_kiosk.record.sealed import Sealed, file_name
from mtc_kiosk.record.stick_seal import seal_for, sealed_name, sealed_size
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.records.outbox import (
    Outgoing,
    delivered,
    gather,
    not_delivered,
    on_stick,
    outgoing,
    waiting_for,
)
from mtc_kiosk.store.records.sticks import Stick, is_on_own_disk, remember_stick, sticks_at
from mtc_kiosk.sync.delivery import Carried, carry
from mtc_kiosk.sync.folder import FolderTrouble, RecordFolder
from mtc_kiosk.sync.stick_receipts import NO_RECEIPTS, Arrived
from mtc_kiosk.sync.transport import Transport


@dataclass(frozen=True)
class Pushed:
    """What was delivered to one destination. ``trouble`` is a sentence, None if it has every record.

    ``written`` counts the records written now, ``already`` those found whole. ``stick`` is None if the folder has no
    id; with ``is_new`` this destination had another one before. ``arrived`` is what the desk's receipts on it say.
    """

    destination: DestinationShape
    waiting: int
    written: int = 0
    already: int = 0
    stick: Stick | None = None
    is_new: bool = False
    trouble: str | None = None
    arrived: Arrived = NO_RECEIPTS


def push(
    db: Database,
    destinations: Sequence[DestinationShape],
    act: AuditStamp,
    *,
    again: bool = False,
    sealed_for: bytes | None = None,
    also: Sequence[str] = (),
) -> Iterator[Pushed]:
    """Deliver every record to each destination that lacks it; with ``again``, also check those that seem to be there.

    ``sealed_for`` is the public key of the desk that alone can open what is written; None writes records as they are.
    ``also`` are places that every record has to reach as well, by another road.
    """
    gather(db)
    places = [*(destination.to for destination in destinations), *also]
    for destination in destinations:
        if is_address(destination.to):
            trouble = f"This version can send only to a folder, not to {destination.to}. The records are kept here."
            yield Pushed(destination, waiting_for(db, destination.to).records, trouble=trouble)
            continue
        yield _PushTo(db, destination, places, act, sealed_for, again=again).done()


def is_address(place: str) -> bool:
    """Whether a destination is an address and not a folder."""
    return place.startswith(tuple(f"{store}://" for store in STORES))


class _PushTo:
    """A push to one folder: the ledger of what it has (``sync.delivery.Ledger``)."""

    def __init__(
        self,
        db: Database,
        destination: DestinationShape,
        places: Sequence[str],
        act: AuditStamp,
        sealed_for: bytes | None,
        *,
        again: bool,
    ) -> None:
        self._db, self._act, self._places, self._again = db, act, places, again
        self._destination, self._place, self._sealed_for = destination, destination.to, sealed_for
        self._folder = RecordFolder(Path(destination.to))
        self._known = sticks_at(db, destination.to)
        self._stick: Stick | None = None
        self._seen = 0

    def done(self) -> Pushed:
        """Deliver every record that is not there."""
        carried = carry(self._db, self._folder, self)
        waiting = waiting_for(self._db, self._place).records
        is_new = bool(self._known) and self._stick is not None and self._stick.id not in {s.id for s in self._known}
        already = self._seen + carried.already
        return Pushed(self._destination, waiting, carried.brought, already, self._stick, is_new, self._trouble(carried))

    def lacking(self) -> Iterator[Outgoing]:
        """The records that the folder does not have; FolderTrouble if there is none, or another one at the end."""
        records = outgoing(self._db)
        try:
            self._look()
            sizes = self._folder.names()
        except FolderTrouble:
            first = next((record for record in records if self._place not in record.has), None)
            if first is not None:
                not_delivered(self._db, first.record_id)
            raise
        for record in records:
            if not self._again and self._is_there(record, sizes):
                self._seen += 1
            else:
                yield record
        self._look_again()

    def file_of(self, sealed: Sealed) -> tuple[str, bytes]:
        """The record's own file, or the one that only the desk can open."""
        if self._sealed_for is None:
            return sealed.file_name, sealed.to_file()
        return sealed_name(sealed.sha256), seal_for(sealed.to_file(), self._sealed_for)

    def is_there(self, road: Transport, name: str, content: bytes) -> bool:
        """Whether the whole of it is there; if not, the folder gets its id before it gets the file."""
        if road.is_there(name, content):
            return True
        self._mark()
        return False

    def note(self, record: Outgoing, sealed: Sealed, answer: bytes | None) -> None:
        """Note where the record is now."""
        stick = self._stick.id if self._stick is not None else None
        delivered(self._db, record.record_id, self._place, self._places, self._act, stick)

    def _trouble(self, carried: Carried) -> str | None:
        if carried.trouble is None and carried.damaged:
            return f"Not sent, because it was changed in the database: {carried.damaged}."
        return carried.trouble

    def _is_there(self, record: Outgoing, sizes: Mapping[str, int]) -> bool:
        """Whether this same stick took the record and has a file of its name and size."""
        known = self._stick is not None and {self._place, on_stick(self._stick.id)} <= record.has
        if self._sealed_for is not None:
            return known and sizes.get(sealed_name(record.sha256)) == sealed_size(record.size)
        return known and sizes.get(file_name(record.type, record.sha256)) == record.size

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

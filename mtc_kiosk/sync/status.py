"""What waits: records for each destination, devices to accept, conflicts in which a head has to choose."""

from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.config.school_shape import DestinationShape
from mtc_kiosk.record.sealed import file_name
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.records.devices import Device, devices
from mtc_kiosk.store.records.outbox import Waiting, outgoing, waiting_for
from mtc_kiosk.store.school.choices import open_conflicts
from mtc_kiosk.sync.folder import FolderTrouble, RecordFolder
from mtc_kiosk.sync.push import is_address


@dataclass(frozen=True)
class DestinationStatus:
    """One destination: what waits for it, and whether it is there now (None for an address).

    ``lacks`` counts the records delivered before that are not in the folder now.
    """

    destination: DestinationShape
    waiting: Waiting
    is_there: bool | None
    lacks: int = 0


@dataclass(frozen=True)
class SyncStatus:
    """All that waits."""

    destinations: tuple[DestinationStatus, ...]
    devices: tuple[Device, ...]
    open_conflicts: int
    """Pupils with two checks between which no head has chosen, and open conflicts of other records."""

    @property
    def waiting_devices(self) -> tuple[Device, ...]:
        """The devices that are not accepted."""
        return tuple(device for device in self.devices if device.accepted_at is None)


def status(db: Database, destinations: tuple[DestinationShape, ...]) -> SyncStatus:
    """What waits now."""
    return SyncStatus(
        destinations=tuple(
            DestinationStatus(each, waiting_for(db, each.to), _is_there(each.to), _lacks(db, each.to))
            for each in destinations
        ),
        devices=devices(db),
        open_conflicts=open_conflicts(db),
    )


def _is_there(place: str) -> bool | None:
    if is_address(place):
        return None
    try:
        RecordFolder(Path(place)).look()
    except FolderTrouble:
        return False
    return True


def _lacks(db: Database, place: str) -> int:
    if is_address(place):
        return 0
    try:
        there = RecordFolder(Path(place)).names()
    except FolderTrouble:
        return 0
    return sum(place in record.has and file_name(record.type, record.sha256) not in there for record in outgoing(db))

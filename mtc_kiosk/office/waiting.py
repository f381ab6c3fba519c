"""What waits where: records on the kiosks, for the destinations and for a person, with what to do about each.

The page and ``mtc-kiosk sync status`` say the same sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.office import kiosks, sync
from mtc_kiosk.office.conflict_words import head_has_to_choose
from mtc_kiosk.office.kiosk_words import waiting_at_kiosks
from mtc_kiosk.office.kiosks import Kiosks
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.room_words import DESK_FULL
from mtc_kiosk.office.school_pcs import is_full
from mtc_kiosk.office.sync_words import desk_sentence, destination_sentence, device_sentence
from mtc_kiosk.record.signing import fingerprint
from mtc_kiosk.store.classroom.receipts import WaitingForDesk, last_heard, waiting_for_desk
from mtc_kiosk.store.home.desk_file import enrolment_of
from mtc_kiosk.sync.status import SyncStatus


class At(StrEnum):
    """Where something waits."""

    HERE = "here"
    """On this PC, a kiosk of a desk elsewhere."""

    DISK = "disk"
    """Nowhere yet: this desk's disk is full, and takes nothing in."""

    KIOSKS = "kiosks"
    DESTINATIONS = "destinations"
    DEVICES = "devices"
    CONFLICTS = "conflicts"


@dataclass(frozen=True)
class Waits:
    """One place: a sentence, and whether somebody has to do something. ``device`` is one to accept."""

    at: At
    sentence: str
    asks: bool
    device: str = ""


@dataclass(frozen=True)
class WaitsHere:
    """What waits on this kiosk for its desk; ``desk`` is the desk's address, "" if only a stick leads there."""

    waiting: WaitingForDesk
    desk: str


@dataclass(frozen=True)
class WhatWaits:
    """All that waits: here for a desk elsewhere, for room on the disk, then kiosks, destinations, devices to accept,
    conflicts.

    ``here`` is None on a PC that is its own desk.
    """

    status: SyncStatus
    kiosks: Kiosks
    places: tuple[Waits, ...]
    here: WaitsHere | None = None

    @property
    def is_kiosk(self) -> bool:
        """Whether this PC is a kiosk of a desk elsewhere."""
        return self.here is not None

    @property
    def asking(self) -> int:
        """How many of them need a person."""
        return sum(one.asks for one in self.places)


def what_waits(home: OpenHome) -> WhatWaits:
    """Look everywhere; DeskFileRefused."""
    status, found, here = sync.status(home), kiosks.listed(home), _here(home)
    if here is not None:
        sentence = desk_sentence(here.waiting, here.desk, home.timetable.zone)
        return WhatWaits(status, found, (Waits(At.HERE, sentence, asks=False),), here)
    return WhatWaits(status, found, tuple(_places(home, status, found)))


def _here(home: OpenHome) -> WaitsHere | None:
    enrolment = enrolment_of(home.home)
    if enrolment is None:
        return None
    desk = last_heard(home.db, fingerprint(bytes.fromhex(enrolment.desk_key)))
    return WaitsHere(waiting_for_desk(home.db, desk), enrolment.address)


def _places(home: OpenHome, status: SyncStatus, found: Kiosks) -> Iterator[Waits]:
    zone = home.timetable.zone
    if found.in_use and is_full(home.home.root):
        yield Waits(At.DISK, ". ".join(DESK_FULL), asks=True)
    for one, sentence in waiting_at_kiosks(found, zone):
        yield Waits(At.KIOSKS, sentence, one is not None and not one.runs)
    for each in status.destinations:
        asks = each.lacks > 0 or (each.waiting.records > 0 and each.is_there is not True)
        yield Waits(At.DESTINATIONS, destination_sentence(each, zone), asks)
    if not status.destinations:
        yield Waits(
            At.DESTINATIONS, "There is no destination in school.yaml, so nothing is sent from here.", asks=False
        )
    for device in status.waiting_devices:
        yield Waits(At.DEVICES, device_sentence(device), device.waiting > 0, device.fingerprint)
    for sentence in head_has_to_choose(status.open_conflicts):
        yield Waits(At.CONFLICTS, sentence, asks=True)

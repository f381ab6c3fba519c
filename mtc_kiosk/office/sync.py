"""Send records to their destinations, take them in from a folder, and accept the devices that sent them."""

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from mtc_kiosk.config.school_shape import DestinationShape
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.progress import Progress, no_progress
from mtc_kiosk.office.receiving import receipt_for
from mtc_kiosk.office.sealing import catch_up, receiving_home
from mtc_kiosk.record.signing import fingerprint
from mtc_kiosk.store.classroom.epoch import epoch_of
from mtc_kiosk.store.classroom.receipts import DeskId
from mtc_kiosk.store.home.desk_file import Enrolment, enrolment_of
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.records.devices import Device, NoSuchDevice, accept, find_device
from mtc_kiosk.store.records.devices import devices as devices_in
from mtc_kiosk.store.records.inbox import judge_waiting
from mtc_kiosk.store.records.received_facts import unmatched_records
from mtc_kiosk.store.school.choices import open_conflicts
from mtc_kiosk.sync.folder import FolderTrouble, RecordFolder
from mtc_kiosk.sync.push import Pushed
from mtc_kiosk.sync.push import push as push_to
from mtc_kiosk.sync.receive import Fate, FileReport
from mtc_kiosk.sync.receive import receive as receive_from
from mtc_kiosk.sync.status import SyncStatus
from mtc_kiosk.sync.status import status as status_of
from mtc_kiosk.sync.stick_receipts import NO_RECEIPTS, ReceiptWriter, read_receipts

_NO_FOLDER = (
    "This PC is a kiosk of a desk. Name the stick or folder for the desk, such as: mtc-kiosk sync push E:\\."
    " Nothing was written, and everything is kept here."
)
_NOT_A_KIOSK = (
    "This PC is its own desk: name the folder under destinations in school.yaml, and leave it out here. Nothing was"
    " written."
)


@dataclass(frozen=True)
class Received:
    """What became of each file of a folder; ``open_conflicts`` counts the cases in which a head has to choose now.

    ``unmatched`` counts the records here of which it is not certain which pupil they are. ``receipts`` are in the
    folder now for the kiosks that sealed its records; ``no_receipts`` is why one could not be written, "" if none.
    """

    folder: Path
    files: tuple[FileReport, ...]
    open_conflicts: int
    unmatched: int
    receipts: int = 0
    no_receipts: str = ""

    @property
    def refused(self) -> tuple[FileReport, ...]:
        """The files that were refused."""
        return tuple(each for each in self.files if each.fate is Fate.REFUSED)

    @property
    def others(self) -> tuple[FileReport, ...]:
        """The files that were not refused."""
        return tuple(each for each in self.files if each.fate is not Fate.REFUSED)

    @property
    def waits(self) -> int:
        """The number of files that wait for their device to be accepted."""
        return self.counts[Fate.WAITS]

    @property
    def counts(self) -> Mapping[Fate, int]:
        """The number of files by their fate."""
        fates = [each.fate for each in self.files]
        return {fate: fates.count(fate) for fate in Fate}


@dataclass(frozen=True)
class Devices:
    """The devices that sent records, and this home's ``own`` fingerprint.

    ``taken_in`` counts the records that waited for a device and are taken in now; if there are any, ``open_conflicts``
    counts the cases in which a head has to choose.
    """

    own: str
    devices: tuple[Device, ...]
    taken_in: int
    open_conflicts: int


def push(home: OpenHome, folder: Path | None = None, *, again: bool = False) -> tuple[Pushed, ...]:
    """Send what waits to every destination in school.yaml; an enrolled kiosk's into ``folder``, sealed to its desk.

    OfficeRefused if there is none. With ``again``, also what was sent before, for a home restored from a backup.
    """
    enrolment = enrolment_of(home.home)
    if enrolment is not None:
        return _push_to_desk(home, enrolment, folder, again=again)
    if folder is not None:
        raise OfficeRefused(Problem(_NOT_A_KIOSK, "not_a_kiosk"))
    destinations = home.configuration.school.destinations
    if not destinations:
        said = "There is no destination in school.yaml. Nothing was sent."
        raise OfficeRefused(Problem(said, "no_destination"))
    catch_up(home.home, home.configuration, home.db, made_up=home.made_up)
    return tuple(push_to(home.db, destinations, home.stamp, again=again))


def _push_to_desk(home: OpenHome, enrolment: Enrolment, folder: Path | None, *, again: bool) -> tuple[Pushed, ...]:
    """Write what waits for the desk into a folder, so that only the desk can read it."""
    if folder is None:
        raise OfficeRefused(Problem(_NO_FOLDER, "no_folder"))
    catch_up(home.home, home.configuration, home.db, made_up=home.made_up)
    place = DestinationShape.of(name="For the desk", to=os.path.abspath(folder))  # noqa: PTH100 - a link stays as written
    desk_key = bytes.fromhex(enrolment.desk_key)
    key, desk = bytes.fromhex(enrolment.sealing_key), DeskId(fingerprint(desk_key))
    arrived = NO_RECEIPTS
    with contextlib.suppress(FolderTrouble):  # the push says so
        arrived = read_receipts(home.db, RecordFolder(folder), desk_key, home.stamp)
    pushed = push_to(home.db, (place,), home.stamp, again=again, sealed_for=key, also=(desk.place,))
    return tuple(replace(one, arrived=arrived) for one in pushed)


def receive(home: OpenHome, folder: Path, progress: Progress = no_progress) -> Received:
    """Take in every record in the folder, once; OfficeRefused if the folder is missing or cannot be read.

    Beside each record that a kiosk sealed goes this desk's receipt, which the kiosk reads when the stick is back there.
    """
    here, key = receiving_home(home.home, home.configuration, made_up=home.made_up), device_key(home.home)
    place = RecordFolder(folder)
    writer = ReceiptWriter(place, partial(receipt_for, home, key), key.public, partial(epoch_of, home.db))
    found = writer.beside(receive_from(home.db, place, here, home.stamp))
    try:
        files = tuple(progress(found, "Receiving records"))
    except FolderTrouble as problem:
        raise OfficeRefused(Problem(str(problem), "no_folder")) from problem
    counts = open_conflicts(home.db), unmatched_records(home.db)
    return Received(folder, files, *counts, writer.written, writer.trouble)


def status(home: OpenHome) -> SyncStatus:
    """What waits, where and since when."""
    return status_of(home.db, home.configuration.school.destinations)


def devices(home: OpenHome, accepted: Sequence[str] = ()) -> Devices:
    """Accept the devices of these fingerprints, take in what waited, and return all devices that sent records.

    All of them are accepted or none: OfficeRefused. Records of devices accepted before are taken in too.
    """
    here = receiving_home(home.home, home.configuration, made_up=home.made_up)
    try:
        accept(home.db, [find_device(home.db, written) for written in accepted], home.stamp)
    except NoSuchDevice as problem:
        raise OfficeRefused(Problem(str(problem), "no_such_device")) from problem
    taken_in = len(judge_waiting(home.db, here, home.stamp))
    return Devices(here.device, devices_in(home.db), taken_in, open_conflicts(home.db) if taken_in else 0)

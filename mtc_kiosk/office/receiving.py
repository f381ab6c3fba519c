"""The desk's side of delivery: take a kiosk's record in, and sign a receipt once it is committed.

A record may come any number of times: it is taken in once, and each time there is a receipt.
"""

from collections.abc import Mapping
from typing import Protocol

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.sealing import receiving_home
from mtc_kiosk.record.receipt import Receipt, sign
from mtc_kiosk.record.sealed import NotARecord, Sealed, read_file
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.classroom.epoch import epoch_of
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.records.inbox import Verdict, take_in
from mtc_kiosk.store.records.sent_by import files_of_device
from mtc_kiosk.sync.transport import OTHER_NAME

_NOT_KEPT = (Verdict.ANOTHER_SCHOOLS, Verdict.OTHER_PUPILS)
_OTHER_NAME = Problem("The file has another name than its record. Nothing was received.", OTHER_NAME)


class Sender(Protocol):
    """The kiosk that sends, as the desk knows it (``office.known_kiosks``)."""

    @property
    def fingerprint(self) -> str:
        """Its device."""


def take(home: OpenHome, _kiosk: Sender, name: str, content: bytes) -> bytes:
    """Take a record file in, and return the receipt; OfficeRefused for a file that is not kept.

    Any kiosk may bring any device's record: whether it counts depends on the device that signed it. One that is not
    accepted, or no longer, waits, and the receipt says so.
    """
    sealed = _read(content)
    if name != sealed.file_name:
        raise OfficeRefused(_OTHER_NAME)
    key = device_key(home.home)
    told = take_in(home.db, sealed, receiving_home(home.home, home.configuration, made_up=home.made_up), home.stamp)
    if told.verdict in _NOT_KEPT:
        raise OfficeRefused(Problem(told.sentence, str(told.verdict)))
    return receipt_for(home, key, sealed.content.id, sealed.sha256, told.verdict)


def receipt_for(home: OpenHome, key: DeviceKey, record_id: str, sha256: str, verdict: str) -> bytes:
    """The signed receipt for a record that is committed here."""
    receipt = Receipt(
        record=record_id,
        sha256=sha256,
        verdict=str(verdict),
        desk=key.fingerprint,
        epoch=epoch_of(home.db),
        at=home.stamp.at,
    )
    return sign(receipt, key)


def names_of(home: OpenHome, kiosk: Sender) -> Mapping[str, int]:
    """The record files that are here of this kiosk's device, each with its size in bytes."""
    return files_of_device(home.db, kiosk.fingerprint)


def _read(content: bytes) -> Sealed:
    try:
        return read_file(content)
    except NotARecord as problem:
        raise OfficeRefused(Problem(str(problem), str(problem.fault))) from problem

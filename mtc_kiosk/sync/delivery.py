"""Deliver what waits in a kiosk's outbox to its desk, and keep the desk's receipts.

A record waits until there is a receipt for this very content, whatever was sent before: an answer that was lost costs
another try, and the desk takes each record once.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from mtc_kiosk.record.receipt import NotAReceipt, Receipt, read_receipt
from mtc_kiosk.record.sealed import NotARecord, Sealed
from mtc_kiosk.record.signing import fingerprint
from mtc_kiosk.store.classroom.receipts import DeskId, keep_receipt, waiting_for_desk, without_receipt
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.sqlite_faults import sentence
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.records.outbox import Outgoing, gather, not_delivered, record_to_send
from mtc_kiosk.sync.transport import FileRefused, Transport, TransportTrouble

_NOT_ITS_RECEIPT = "The desk's answer is not its receipt for the record. The record is kept here, and is sent again."


@dataclass(frozen=True)
class Delivery:
    """What one delivery did. ``waiting`` counts the records that still have no receipt.

    ``refused`` are the desk's sentences for records that it does not take; ``damaged`` counts records that were changed
    in this PC's database. ``trouble`` is why it stopped, None if it went through; ``again``: trying later may help.
    """

    delivered: int
    waiting: int
    refused: tuple[str, ...] = ()
    damaged: int = 0
    trouble: str | None = None
    again: bool = True


def deliver_waiting(
    db: Database, road: Transport, desk_key: bytes, epoch: str | None, stamp: Callable[[], AuditStamp]
) -> Delivery:
    """Offer the desk every record for which it has given no receipt, oldest first.

    ``epoch`` is the desk's as its last beat told; None offers only what has no receipt at all. ``stamp`` says who
    delivers and when, and is asked once for each record.
    """
    desk = DeskId(fingerprint(desk_key), epoch)
    round_ = _Round(db, road, desk_key, stamp)
    trouble, again = None, True
    try:
        gather(db)
        for record in without_receipt(db, desk):
            round_.bring(record)
    except TransportTrouble as problem:
        trouble, again = str(problem), problem.again
    except sqlite3.OperationalError as problem:  # a lock that another program keeps, or a full disk
        trouble = sentence(problem)
    return Delivery(
        round_.delivered,
        waiting_for_desk(db, desk).records,
        tuple(round_.refused),
        round_.damaged,
        trouble,
        again,
    )


class _Round:
    """One delivery, and what it did so far."""

    def __init__(self, db: Database, road: Transport, desk_key: bytes, stamp: Callable[[], AuditStamp]) -> None:
        self._db, self._road, self._desk_key, self._stamp = db, road, desk_key, stamp
        self.delivered = self.damaged = 0
        self.refused: list[str] = []

    def bring(self, record: Outgoing) -> None:
        """Bring one record to the desk; TransportTrouble if the others would not get there either."""
        try:
            sealed = record_to_send(self._db, record.record_id).sealed()
        except NotARecord:
            self.damaged += 1
            return
        try:
            answer = self._road.keep(sealed.file_name, sealed.to_file())
        except FileRefused as refused:
            not_delivered(self._db, record.record_id)
            self.refused.append(str(refused))
            return
        except TransportTrouble:
            not_delivered(self._db, record.record_id)
            raise
        if answer is not None:
            keep_receipt(self._db, self._receipt(answer, sealed), answer, self._stamp())
            self.delivered += 1

    def _receipt(self, answer: bytes, sealed: Sealed) -> Receipt:
        """The desk's receipt for this very record; TransportTrouble for anything else."""
        try:
            receipt = read_receipt(answer, self._desk_key)
        except NotAReceipt as problem:
            raise TransportTrouble(_NOT_ITS_RECEIPT) from problem
        if (receipt.record, receipt.sha256) != (sealed.content.id, sealed.sha256):
            raise TransportTrouble(_NOT_ITS_RECEIPT)
        return receipt

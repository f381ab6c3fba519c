"""Deliver what waits in the outbox, by any road: to a kiosk's desk over HTTPS, to a folder, to a stick.

What is the same on every road is here: the order, one record at a time, what was refused or damaged, tries and why it
stopped. A road moves bytes (``sync.transport``); a ledger says which records its far end lacks and notes what it has:
``DeskLedger`` by the desk's receipts, ``sync.push`` by what a folder has.

To its desk a record waits until there is a receipt for this very content, whatever was sent before: an answer that was
lost costs another try, and the desk takes each record once.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import stamina
import stamina.instrumentation

from mtc_kiosk.record.receipt import NotAReceipt, Receipt, read_receipt
from mtc_kiosk.record.sealed import NotARecord, Sealed
from mtc_kiosk.record.signing import fingerprint
from mtc_kiosk.store.classroom.receipts import DeskId, keep_receipt, waiting_for_desk, without_receipt
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.sqlite_faults import sentence
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.records.outbox import Outgoing, gather, not_delivered, record_to_send
from mtc_kiosk.sync.transport import FileRefused, Transport, TransportTrouble

TRIES, WITHIN_S, FIRST_WAIT_S, LONGEST_WAIT_S = 3, 12.0, 0.2, 2.0
"""How often one record is tried before all wait; each wait is longer, and of another length at each kiosk."""

_NOT_ITS_RECEIPT = "The desk's answer is not its receipt for the record. The record is kept here, and is sent again."

stamina.instrumentation.set_on_retry_hooks(())  # a try that failed is no news, and would be printed


class Keeps(Protocol):
    """As much of a road as it takes to bring a file."""

    def keep(self, name: str, content: bytes) -> bytes | None:
        """The same as ``Transport.keep``."""


class Ledger(Protocol):
    """Which records the far end of a road lacks, and what is noted once one is there."""

    def lacking(self) -> Iterable[Outgoing]:
        """The records to bring, oldest first; TransportTrouble if the far end is not there."""

    def file_of(self, sealed: Sealed) -> tuple[str, bytes]:
        """A record as it goes: the file's name and content."""

    def is_there(self, road: Transport, name: str, content: bytes) -> bool:
        """Whether it need not be brought; asked before each."""

    def note(self, record: Outgoing, sealed: Sealed, answer: bytes | None) -> None:
        """The record is there, and this is what the road answered; TransportTrouble if the answer is no proof."""


@dataclass(frozen=True)
class Carried:
    """What became of the records to bring. ``already`` counts those found there, whole.

    ``refused`` are the far end's sentences for records that it does not take; ``damaged`` counts records that were
    changed in this PC's database. ``trouble`` is why it stopped, None if it went through; ``again``: trying later may
    help, and ``again_s`` after how many seconds the far end will have room, where it said so.
    """

    brought: int = 0
    already: int = 0
    refused: tuple[str, ...] = ()
    damaged: int = 0
    trouble: str | None = None
    again: bool = True
    again_s: float | None = None


@dataclass(frozen=True)
class Delivery:
    """What one delivery to the desk did; ``waiting`` counts the records that still have no receipt.

    The rest is as in ``Carried``.
    """

    delivered: int
    waiting: int
    refused: tuple[str, ...] = ()
    damaged: int = 0
    trouble: str | None = None
    again: bool = True
    again_s: float | None = None


def deliver_waiting(
    db: Database, road: Transport, desk_key: bytes, epoch: str | None, stamp: Callable[[], AuditStamp]
) -> Delivery:
    """Offer the desk every record for which it has given no receipt, oldest first.

    ``epoch`` is the desk's as its last beat told; None offers only what has no receipt at all. ``stamp`` says who
    delivers and when, and is asked once for each record.
    """
    desk = DeskId(fingerprint(desk_key), epoch)
    done = carry(db, road, DeskLedger(db, desk, desk_key, stamp))
    waiting = waiting_for_desk(db, desk).records
    return Delivery(done.brought, waiting, done.refused, done.damaged, done.trouble, done.again, done.again_s)


def carry(db: Database, road: Transport, ledger: Ledger) -> Carried:
    """Bring every record that is lacking, one after another; what stops one road stops all the rest of its records."""
    carrying = _Carrying(db, road, ledger)
    trouble, again, again_s = None, True, None
    try:
        gather(db)
        for record in ledger.lacking():
            carrying.bring(record)
    except TransportTrouble as problem:
        trouble, again, again_s = str(problem), problem.again, problem.again_s
    except sqlite3.OperationalError as problem:  # a lock that another program keeps, or a full disk
        trouble = sentence(problem)
    told = tuple(carrying.refused)
    return Carried(carrying.brought, carrying.already, told, carrying.damaged, trouble, again, again_s)


@dataclass(frozen=True)
class DeskLedger:
    """What a kiosk's desk has, by its receipts. ``desk_key`` is the key that signs them."""

    db: Database
    desk: DeskId
    desk_key: bytes
    stamp: Callable[[], AuditStamp]

    def lacking(self) -> Sequence[Outgoing]:
        """Every record without a receipt."""
        return without_receipt(self.db, self.desk)

    def file_of(self, sealed: Sealed) -> tuple[str, bytes]:
        """The record's own file."""
        return sealed.file_name, sealed.to_file()

    def is_there(self, road: Transport, name: str, content: bytes) -> bool:
        """Never known before the desk has given its receipt."""
        return False

    def note(self, record: Outgoing, sealed: Sealed, answer: bytes | None) -> None:
        """Keep the desk's receipt for this very record; TransportTrouble for anything else."""
        try:
            receipt = read_receipt(answer or b"", self.desk_key)
        except NotAReceipt as problem:
            raise TransportTrouble(_NOT_ITS_RECEIPT, again=False) from problem
        if not _is_for(receipt, sealed):
            raise TransportTrouble(_NOT_ITS_RECEIPT, again=False)
        keep_receipt(self.db, receipt, answer or b"", self.stamp())


class _Carrying:
    """One delivery on one road, and what it did so far."""

    def __init__(self, db: Database, road: Transport, ledger: Ledger) -> None:
        self._db, self._road, self._ledger = db, road, ledger
        self.brought = self.already = self.damaged = 0
        self.refused: list[str] = []

    def bring(self, record: Outgoing) -> None:
        """Bring one record; TransportTrouble if the others would not get there either."""
        try:
            sealed = record_to_send(self._db, record.record_id).sealed()
        except NotARecord:
            self.damaged += 1
            return
        try:
            self._bring(record, sealed, *self._ledger.file_of(sealed))
        except FileRefused as refused:
            not_delivered(self._db, record.record_id)
            self.refused.append(str(refused))
        except TransportTrouble:
            not_delivered(self._db, record.record_id)
            raise

    def _bring(self, record: Outgoing, sealed: Sealed, name: str, content: bytes) -> None:
        if self._ledger.is_there(self._road, name, content):
            self._ledger.note(record, sealed, None)
            self.already += 1
            return
        self._ledger.note(record, sealed, kept(self._road, name, content))
        self.brought += 1


def kept(road: Keeps, name: str, content: bytes) -> bytes | None:
    """Bring a file, and try again where the road may be open a moment later; TransportTrouble after the last try."""
    tries = stamina.retry_context(
        on=_may_help,
        attempts=TRIES,
        timeout=WITHIN_S,
        wait_initial=FIRST_WAIT_S,
        wait_max=LONGEST_WAIT_S,
        wait_jitter=FIRST_WAIT_S,
    )
    for attempt in tries:
        with attempt:
            return road.keep(name, content)
    raise AssertionError("the last try returns or raises")


def _may_help(problem: Exception) -> bool | float:
    """Whether to try again; after how many seconds, where the far end says when it will have room."""
    if not isinstance(problem, TransportTrouble) or not problem.again:
        return False
    return True if problem.again_s is None else problem.again_s


def _is_for(receipt: Receipt, sealed: Sealed) -> bool:
    return (receipt.record, receipt.sha256) == (sealed.content.id, sealed.sha256)

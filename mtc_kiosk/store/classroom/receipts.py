"""An enrolled kiosk's receipts: which of its records its desk has, and which it has to be offered.

A receipt holds for one epoch of the desk: after a restored backup every record that the kiosk keeps is offered again.
"""

from dataclasses import dataclass

from mtc_kiosk.record.receipt import Receipt
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, change
from mtc_kiosk.store.records.outbox import Outgoing, Waiting, note_delivery, outgoing_where

_HAS_RECEIPT = (
    "exists (select 1 from receipt where receipt.desk = :desk and receipt.sha256 = outbox.sha256"
    " and (:epoch is null or receipt.epoch = :epoch))"
)
_WAITING = f"select count(*), min(at), count(*) filter (where type = 'check') from outbox where not {_HAS_RECEIPT}"  # noqa: S608 - ours
_LAST_EPOCH = "select epoch from receipt where desk = ? order by at desc limit 1"
_KEEP = (
    "insert into receipt (desk, sha256, record_id, at, epoch, body) values (?, ?, ?, ?, ?, ?)"
    " on conflict (desk, sha256, epoch) do nothing"
)


@dataclass(frozen=True)
class DeskId:
    """A desk as its receipts name it: its fingerprint, and its epoch as last heard (None: not heard yet)."""

    fingerprint: str
    epoch: str | None = None

    @property
    def place(self) -> str:
        """The desk's name among the places in the column ``said`` of the outbox."""
        return f"desk:{self.fingerprint}"


@dataclass(frozen=True)
class WaitingForDesk(Waiting):
    """The same, and how many of the records are checks."""

    checks: int


def without_receipt(db: Database, desk: DeskId) -> tuple[Outgoing, ...]:
    """The records to offer the desk, oldest first, without their content."""
    return outgoing_where(db, f"not {_HAS_RECEIPT}", _values(desk))


def waiting_for_desk(db: Database, desk: DeskId) -> WaitingForDesk:
    """How many records the desk has given no receipt for, checks among them, and since when the oldest waits."""
    return WaitingForDesk(*db.execute(_WAITING, _values(desk)).fetchone())


def last_heard(db: Database, fingerprint: str, epoch: str | None = None) -> DeskId:
    """The desk in this epoch; where no beat has told it, in that of its newest receipt here."""
    if epoch is not None:
        return DeskId(fingerprint, epoch)
    found = db.execute(_LAST_EPOCH, (fingerprint,)).fetchone()
    return DeskId(fingerprint, found[0] if found is not None else None)


def keep_receipt(db: Database, receipt: Receipt, body: bytes, stamp: AuditStamp) -> bool:
    """Store a receipt that was found to be the desk's, and that its record is delivered, in one transaction.

    Whether it is new; doing so again changes nothing.
    """
    row = (receipt.desk, receipt.sha256, receipt.record, receipt.at, receipt.epoch, body.decode())
    with change(db):
        is_new = db.execute(_KEEP, row).rowcount > 0
        if is_new:
            place = DeskId(receipt.desk).place
            note_delivery(db, receipt.record, place, (place,), stamp)
        return is_new


def _values(desk: DeskId) -> dict[str, str | None]:
    return {"desk": desk.fingerprint, "epoch": desk.epoch}

"""The desk's receipts on a stick: written where it took in what a kiosk had sealed, read by the kiosk that sealed it.

Each is a file of its own, named after its record, whole or not there. It says nothing of any pupil, and nobody but the
desk can make one. A kiosk looks only for those of its own records: whatever else is on the stick is not opened.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mtc_kiosk.record.receipt import LARGEST_RECEIPT, NotAReceipt, Receipt, read_receipt, receipt_name
from mtc_kiosk.store.classroom.receipts import keep_receipt
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.home.whole_files import what_is_wrong
from mtc_kiosk.store.records.outbox import outgoing
from mtc_kiosk.sync.folder import FolderTrouble, RecordFolder
from mtc_kiosk.sync.receive import Fate, FileReport

NOT_ITS_RECEIPT = (
    "It is damaged, or not your desk's. The record goes on waiting here. Receive the stick at the desk again."
)


@dataclass(frozen=True)
class Arrived:
    """What a stick says has arrived: how many records are known to be at the desk only now, and each file that is no
    receipt for its record, with a sentence."""

    records: int = 0
    refused: tuple[tuple[str, str], ...] = ()


NO_RECEIPTS = Arrived()


def read_receipts(db: Database, folder: RecordFolder, desk_key: bytes, act: AuditStamp) -> Arrived:
    """Keep every receipt of the desk with this key for a record of this kiosk; FolderTrouble if there is no folder."""
    folder.look()
    records, refused = 0, []
    for record in outgoing(db):
        name = receipt_name(record.sha256)
        try:
            body = folder.read(name, LARGEST_RECEIPT)
            receipt = read_receipt(body, desk_key)
            if (receipt.record, receipt.sha256) != (record.record_id, record.sha256):
                raise NotAReceipt("This receipt is for another record.")
        except FileNotFoundError:
            continue
        except NotAReceipt:
            refused.append((name, NOT_ITS_RECEIPT))
        except FolderTrouble:
            raise
        except OSError as problem:
            refused.append((name, f"It cannot be read: {what_is_wrong(problem)}."))
        else:
            records += keep_receipt(db, receipt, body, act)
    return Arrived(records, tuple(refused))


class ReceiptWriter:
    """Writes a receipt beside each sealed record that this desk has taken in.

    ``sign`` makes one, given the record, its hash and the verdict; ``desk_key`` and ``epoch`` are this desk's.
    ``written`` counts those that are on the stick now; after the first that cannot be written, ``trouble`` says why,
    and no other is tried.
    """

    def __init__(
        self,
        folder: RecordFolder,
        sign: Callable[[str, str, str], bytes],
        desk_key: bytes,
        epoch: Callable[[], str],
    ) -> None:
        self._folder, self._sign, self._desk_key, self._epoch = folder, sign, desk_key, epoch
        self.written, self.trouble = 0, ""

    def beside(self, reports: Iterator[FileReport]) -> Iterator[FileReport]:
        """Pass the reports on, each with its receipt on the stick."""
        for report in reports:
            if report.sealed is not None and report.fate is not Fate.REFUSED and not self.trouble:
                self._write(*report.sealed, report.code)
            yield report

    def _write(self, record_id: str, sha256: str, verdict: str) -> None:
        name = receipt_name(sha256)
        try:
            if not self._is_there(name, record_id, sha256):
                self._folder.keep(name, self._sign(record_id, sha256, verdict))
            self.written += 1
        except FolderTrouble as problem:
            self.trouble = str(problem)

    def _is_there(self, name: str, record_id: str, sha256: str) -> bool:
        with contextlib.suppress(OSError, NotAReceipt):
            found: Receipt = read_receipt(self._folder.read(name, LARGEST_RECEIPT), self._desk_key)
            return (found.record, found.sha256, found.epoch) == (record_id, sha256, self._epoch())
        return False

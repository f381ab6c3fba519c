"""The hash chain of an attempt's events: each row's hash covers the row and the hash before it.

``hash`` is the lower-case hex of SHA-256 over the 32 raw bytes of the previous hash (zeros at first) and the canonical
JSON of ``{attempt_id, seq, run, at_us, wall_time, type, data}``. The column ``data`` holds canonical JSON itself, so
that not even a space can be added to it unseen.
"""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from mtc_kiosk.record.canonical import NotCanonical, canonical, from_canonical
from mtc_kiosk.store.db.opened import Database

FIRST = "00" * 32
"""What stands before an attempt's first hash."""


@dataclass(frozen=True)
class ChainRow:
    """One row of ``event`` without its hash; ``data`` is the object, not its text."""

    attempt_id: str
    seq: int
    run: int
    at_us: int
    wall_time: str
    type: str
    data: dict[str, Any]


def next_hash(previous: str, row: ChainRow) -> str:
    """The hash of a row that follows the row with hash ``previous``."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical(asdict(row))).hexdigest()


def first_broken(db: Database, attempt_id: str) -> int | None:
    """The first ``seq`` of an attempt whose hash or number is not what it should be; None where the chain holds.

    It cannot see that rows are missing from the end: the last hash, in the signed record, shows that.
    """
    previous = FIRST
    query = "select seq, run, at_us, wall_time, type, data, hash from event where attempt_id = ? order by seq"
    rows = db.execute(query, (attempt_id,)).fetchall()
    for expected, (seq, run, at_us, wall_time, kind, data, kept) in enumerate(rows, start=1):
        try:
            row = ChainRow(attempt_id, seq, run, at_us, wall_time, kind, from_canonical(data.encode()))
            previous = next_hash(previous, row)
        except (NotCanonical, UnicodeError):
            return expected
        if seq != expected or kept != previous:
            return expected
    return None

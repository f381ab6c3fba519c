"""The hash chain of an attempt's events: each row's hash covers the row and the hash before it.

``hash`` is the lower-case hex of SHA-256 over the 32 raw bytes of the previous hash (zeros at first) and the canonical
JSON of ``{attempt_id, seq, run, at_us, wall_time, type, data}``. The column ``data`` holds canonical JSON itself, so
that not even a space can be added to it unseen.
"""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from mtc_kiosk.record.canonical import canonical

FIRST = "00" * 32
"""The hash before an attempt's first row."""


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

"""The hash chain of an attempt's events: each row's hash covers the row and the hash before it.

``hash`` is the lower-case hex of SHA-256 over the 32 raw bytes of the previous hash (zeros at first) and the canonical
JSON of ``{attempt_id, seq, run, at_us, wall_time, type, data}``.
"""

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from mtc_kiosk.record.canonical import NotCanonical, canonical

FIRST = "00" * 32
"""What stands before an attempt's first hash."""


@dataclass(frozen=True)
class Row:
    """One row of ``event`` without its hash; ``data`` is the object, not its text."""

    attempt_id: str
    seq: int
    run: int
    at_us: int
    wall_time: str
    type: str
    data: dict[str, Any]


def next_hash(previous: str, row: Row) -> str:
    """The hash of a row that follows the row with hash ``previous``."""
    body = canonical(
        {
            "attempt_id": row.attempt_id,
            "seq": row.seq,
            "run": row.run,
            "at_us": row.at_us,
            "wall_time": row.wall_time,
            "type": row.type,
            "data": row.data,
        }
    )
    return hashlib.sha256(bytes.fromhex(previous) + body).hexdigest()


def first_broken(connection: sqlite3.Connection, attempt_id: str) -> int | None:
    """The first ``seq`` of an attempt whose hash or number is not what it should be; None where the chain holds."""
    previous = FIRST
    query = "select seq, run, at_us, wall_time, type, data, hash from event where attempt_id = ? order by seq"
    for expected, (seq, run, at_us, wall_time, kind, data, kept) in enumerate(
        connection.execute(query, (attempt_id,)), start=1
    ):
        try:
            previous = next_hash(previous, Row(attempt_id, seq, run, at_us, wall_time, kind, json.loads(data)))
        except (NotCanonical, ValueError):
            return expected
        if seq != expected or kept != previous:
            return expected
    return None

"""Check the hash chain of an attempt in the database (``record.chain``)."""

from mtc_kiosk.record.canonical import NotCanonical, from_canonical
from mtc_kiosk.record.chain import FIRST, ChainRow, next_hash
from mtc_kiosk.store.db.opened import Database


def first_broken(db: Database, attempt_id: str) -> int | None:
    """The first ``seq`` of an attempt with a wrong hash or number; None if the chain is whole.

    It cannot see rows missing from the end: the last hash, in the signed record, shows those.
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

"""The journals of received checks by id and SHA-256, for insight: in a program that kept the checks' proofs as well.

Results already found these records proven, by those hashes; a record that still has the hash needs no second replay,
and one that does not is left out. ``proven_journals`` reads those of one snapshot.
"""

from collections.abc import Iterable, Mapping

from mtc_kiosk.record.sealed import is_signed_as
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.records.proven_journals import Journal, journal_in

Key = tuple[str, str]

_BODIES = """
    select body from inbox where record_id = :id and sha256 = :sha256
    union all select body from conflict where record_id = :id and sha256 = :sha256
"""


def journals(db: Database, proven: Iterable[Key]) -> Mapping[Key, Journal]:
    """The journals of these ``proven`` checks; without any that was changed since its proof."""
    found: dict[Key, Journal] = {}
    for record_id, sha256 in proven:
        for (body,) in db.execute(_BODIES, {"id": record_id, "sha256": sha256}):
            if isinstance(body, bytes) and is_signed_as(body, sha256):
                found[record_id, sha256] = journal_in(body)
    return found

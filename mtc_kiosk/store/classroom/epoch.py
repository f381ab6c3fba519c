"""The desk's epoch: 128 random bits, new where a desk begins and where a backup of it was restored.

Kiosks that meet another epoch than before offer all the records that they keep again. It is alone because both the
beats and the receipts need it, and neither needs the other.
"""

import secrets

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import change

_READ = "select epoch from desk_epoch"
_RENEW = "insert into desk_epoch (id, epoch) values (1, ?) on conflict (id) do update set epoch = excluded.epoch"
_BEGIN = "insert into desk_epoch (id, epoch) values (1, ?) on conflict (id) do nothing"


def epoch_of(db: Database) -> str:
    """The desk's epoch, which begins with the first call."""
    found = db.execute(_READ).fetchone()
    if found is None:
        with change(db):
            db.execute(_BEGIN, (secrets.token_hex(16),))
        found = db.execute(_READ).fetchone()
    return str(found[0])


def renew_epoch(db: Database) -> None:
    """Begin a new epoch, within the caller's transaction: a backup was restored, and may lack what came in since."""
    db.execute(_RENEW, (secrets.token_hex(16),))

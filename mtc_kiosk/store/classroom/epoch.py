"""The desk's epoch: 128 random bits, new where a desk begins, where a backup of it was restored, and at another place.

Kiosks that meet another epoch than before offer all the records that they keep again. A home that was copied to
another PC has the desk's keys, so kiosks take either for their desk: as each has an epoch of its own, what the one was
given is offered to the other too. It is alone because both the beats and the receipts need it, and neither needs the
other.
"""

import hashlib
import os
import secrets
import socket

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import change

_READ = "select epoch, place from desk_epoch"
_RENEW = (
    "insert into desk_epoch (id, epoch, place) values (1, ?, ?)"
    " on conflict (id) do update set epoch = excluded.epoch, place = excluded.place"
)
_BEGIN = (
    "insert into desk_epoch (id, epoch, place) values (1, ?, ?)"
    " on conflict (id) do update set epoch = excluded.epoch, place = excluded.place where place <> excluded.place"
)
_SETTLE = "update desk_epoch set place = ? where place = ''"


def epoch_of(db: Database) -> str:
    """The desk's epoch here, which begins with the first call at this place; not within a transaction."""
    here, found = _place(db), db.execute(_READ).fetchone()
    if found is None or found[1] != here:
        with change(db):
            db.execute(_SETTLE, (here,))  # an epoch from before places were noted goes on
            db.execute(_BEGIN, (secrets.token_hex(16), here))
        found = db.execute(_READ).fetchone()
    return str(found[0])


def renew_epoch(db: Database) -> None:
    """Begin a new epoch, within the caller's transaction: a backup was restored, and may lack what came in since."""
    db.execute(_RENEW, (secrets.token_hex(16), _place(db)))


def _place(db: Database) -> str:
    """This PC and this database's file; neither can be read out of it."""
    (_, _, file) = db.execute("pragma database_list").fetchone()
    return hashlib.sha256(f"{socket.gethostname()}\n{os.path.normcase(file)}".encode()).hexdigest()

"""When something was last done, by the audit: apart from ``transaction``, which writes it."""

from datetime import datetime

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant

_LAST = "select at from audit where action = ? order by id desc limit 1"


def last_done(db: Database, action: str) -> datetime | None:
    """When an action of this name was last written into the audit; None if it never was."""
    found = read(db, "audit", _LAST, (action,), instant)
    return found[0] if found else None

"""Wrong tries at the staff passcode, stored in the audit, from which no row is ever deleted.

They are counted over all kiosks of the home, which share the passcode, since it was last typed right or set anew. No
wall clock is used. If the database refuses the row, staff can still sign in: the page counts too.
"""

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.home.home import Home

_COUNT = (
    "select count(*) from audit where action = 'passcode.wrong' and id >"
    " coalesce((select max(id) from audit where action in ('passcode.right', 'passcode.set')), 0)"
)


@dataclass(frozen=True)
class KeptGuesses:
    """The wrong tries of one home. ``account`` is such as ``kiosk:hall-1``; ``now`` is the wall clock in UTC."""

    home: Home
    account: str
    subject: str
    now: Callable[[], datetime]

    def count(self) -> int:
        """How many wrong tries since the last right one; 0 if the database cannot be read."""
        with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(self.home.database)) as db:
            return int(db.execute(_COUNT).fetchone()[0])
        return 0

    def wrong(self, count: int, wait_seconds: int) -> None:
        """Store a wrong try: how many there are now, and how long the page accepts no other."""
        self._keep("passcode.wrong", {"tries": count, "wait_seconds": wait_seconds})

    def right(self) -> None:
        """The passcode was right: reset the count."""
        self._keep("passcode.right", None)

    def renewed(self) -> None:
        """There is a new passcode: reset the count."""
        self._keep("passcode.set", None)

    def _keep(self, action: str, after: dict[str, int] | None) -> None:
        with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(self.home.database)) as db, change(db):
            audit(db, AuditStamp(written(self.now()), self.account), action, self.subject, after=after)

"""Wrong tries at the staff passcode, kept in the audit, from which no row is ever deleted.

They are counted over all kiosks of the home, which share the passcode, since the last right one or the last new one.
No wall clock is used. If the database takes no row, staff still get in: the page counts by itself.
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
        """How many there were since the last right one; 0 where the database does not say."""
        with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(self.home.database)) as db:
            return int(db.execute(_COUNT).fetchone()[0])
        return 0

    def wrong(self, count: int, wait_seconds: int) -> None:
        """One more, and how long the page takes no other."""
        self._keep("passcode.wrong", {"tries": count, "wait_seconds": wait_seconds})

    def right(self) -> None:
        """The passcode was right: they count no more."""
        self._keep("passcode.right", None)

    def renewed(self) -> None:
        """There is a new passcode: tries at the old one count no more."""
        self._keep("passcode.set", None)

    def _keep(self, action: str, after: dict[str, int] | None) -> None:
        with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(self.home.database)) as db, change(db):
            audit(db, AuditStamp(written(self.now()), self.account), action, self.subject, after=after)

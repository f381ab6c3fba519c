"""What follows in the school half from what an attempt does, within the very transaction that writes it.

The journal half knows only that something may follow; ``school_followers`` says what.
"""

from typing import Protocol

from mtc_kiosk.check.arrangements import Chosen
from mtc_kiosk.store.db.opened import Database


class AttemptHooks(Protocol):
    """Called by the writer's thread, on its connection. ``at`` is UTC ISO 8601."""

    def begun(self, db: Database, attempt_id: str, at: str) -> None:
        """An attempt was inserted."""

    def first_pause(self, db: Database, attempt_id: str, at: str) -> None:
        """The pause before the first real question began."""

    def finished(self, db: Database, attempt_id: str) -> None:
        """An attempt is over, and its row says so."""

    def settled(self, db: Database, attempt_id: str) -> None:
        """The end of an attempt is on the disk; called outside of any transaction, while nothing waits for it."""

    def backed_out(self, db: Database, attempt_id: str, at: str) -> None:
        """The pupil said that an attempt is not theirs; that it is over comes next."""

    def chose(self, db: Database, attempt_id: str, at: str, chosen: Chosen) -> None:
        """A pupil chose colours and size."""

    def felt(self, db: Database, row_id: int) -> None:
        """A pupil said how it was: this row of ``feedback``."""

    def assisted(self, db: Database, row_id: int) -> None:
        """Somebody helps a pupil: this row of ``assistant``."""


class NoHooks:
    """Nothing follows: a home of walk-ups, a test of the journal alone."""

    def begun(self, db: Database, attempt_id: str, at: str) -> None:
        """Nothing follows."""

    def first_pause(self, db: Database, attempt_id: str, at: str) -> None:
        """Nothing follows."""

    def finished(self, db: Database, attempt_id: str) -> None:
        """Nothing follows."""

    def settled(self, db: Database, attempt_id: str) -> None:
        """Nothing follows."""

    def backed_out(self, db: Database, attempt_id: str, at: str) -> None:
        """Nothing follows."""

    def chose(self, db: Database, attempt_id: str, at: str, chosen: Chosen) -> None:
        """Nothing follows."""

    def felt(self, db: Database, row_id: int) -> None:
        """Nothing follows."""

    def assisted(self, db: Database, row_id: int) -> None:
        """Nothing follows."""

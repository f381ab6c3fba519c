"""What follows in the school half from what an attempt does, within the very transaction that writes it.

The journal half knows only that something may follow; ``store.school.journal_hooks`` does it.
"""

from typing import Protocol

from mtc_kiosk.check.arrangements import Chosen
from mtc_kiosk.store.db.opened import Database


class AttemptHooks(Protocol):
    """Called by the writer's thread, on its connection. ``at`` is UTC ISO 8601."""

    def on_begin(self, db: Database, attempt_id: str, at: str) -> None:
        """An attempt was inserted."""

    def on_first_pause(self, db: Database, attempt_id: str, at: str) -> None:
        """The pause before the first real question began."""

    def on_finish(self, db: Database, attempt_id: str) -> None:
        """An attempt is over, and its row says so."""

    def on_settled(self, db: Database, attempt_id: str) -> None:
        """The end of an attempt is on the disk; called outside of any transaction, while nothing waits for it."""

    def on_back_out(self, db: Database, attempt_id: str, at: str) -> None:
        """The pupil said that an attempt is not theirs; that it is over comes next."""

    def on_look_chosen(self, db: Database, attempt_id: str, at: str, chosen: Chosen) -> None:
        """A pupil chose colours and size."""

    def on_feedback(self, db: Database, row_id: int) -> None:
        """A pupil said how it was: this row of ``feedback``."""

    def on_assistant(self, db: Database, row_id: int) -> None:
        """Somebody helps a pupil: this row of ``assistant``."""


class NoHooks:
    """Nothing follows: a home of walk-ups, a test of the journal alone."""

    def on_begin(self, db: Database, attempt_id: str, at: str) -> None:
        """Nothing follows."""

    def on_first_pause(self, db: Database, attempt_id: str, at: str) -> None:
        """Nothing follows."""

    def on_finish(self, db: Database, attempt_id: str) -> None:
        """Nothing follows."""

    def on_settled(self, db: Database, attempt_id: str) -> None:
        """Nothing follows."""

    def on_back_out(self, db: Database, attempt_id: str, at: str) -> None:
        """Nothing follows."""

    def on_look_chosen(self, db: Database, attempt_id: str, at: str, chosen: Chosen) -> None:
        """Nothing follows."""

    def on_feedback(self, db: Database, row_id: int) -> None:
        """Nothing follows."""

    def on_assistant(self, db: Database, row_id: int) -> None:
        """Nothing follows."""

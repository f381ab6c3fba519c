"""Hooks that the school half runs when an attempt does something, inside the transaction that writes it.

The journal half only knows that there may be hooks; ``store.school.journal_hooks`` has the school's.
"""

from typing import Protocol

from mtc_kiosk.check.arrangements import Chosen
from mtc_kiosk.store.db.opened import Database


class AttemptHooks(Protocol):
    """Called on the writer's thread, with its connection. ``at`` is UTC ISO 8601."""

    def on_begin(self, db: Database, attempt_id: str, at: str) -> None:
        """An attempt was inserted."""

    def on_first_pause(self, db: Database, attempt_id: str, at: str) -> None:
        """The pause before the first real question began."""

    def on_finish(self, db: Database, attempt_id: str) -> None:
        """An attempt is over, and its row has the outcome."""

    def on_settled(self, db: Database, attempt_id: str) -> None:
        """The end of an attempt is on the disk; called outside any transaction, while nothing waits for it."""

    def on_back_out(self, db: Database, attempt_id: str, at: str) -> None:
        """The pupil pressed "this is not me"; the attempt's end comes next."""

    def on_look_chosen(self, db: Database, attempt_id: str, at: str, chosen: Chosen) -> None:
        """A pupil chose colours and size."""

    def on_feedback(self, db: Database, row_id: int) -> None:
        """A pupil gave feedback: this row of ``feedback``."""

    def on_assistant(self, db: Database, row_id: int) -> None:
        """Somebody types for a pupil: this row of ``assistant``."""


class NoHooks:
    """No hooks: a home of walk-ups, a test of the journal alone."""

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

"""The school's part at each step of an attempt: use its PIN, end abandoned attempts, store choices, seal records."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtc_kiosk.check.arrangements import Chosen
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.records.backing_out import back_out
from mtc_kiosk.store.school import preferences
from mtc_kiosk.store.school.pin_use import supersede_left_behind, use_pin

if TYPE_CHECKING:  # records are only made once a check ends
    from mtc_kiosk.store.records.sealer import Sealer


@dataclass(frozen=True)
class SchoolHooks:
    """The school's ``AttemptHooks`` for one home."""

    sealer: "Sealer"

    def on_begin(self, db: Database, attempt_id: str, at: str) -> None:
        """The pupil signed in again: end and seal the attempts they left before the check began."""
        for other in supersede_left_behind(db, attempt_id, at):
            self.sealer.check(db, other)

    def on_first_pause(self, db: Database, attempt_id: str, at: str) -> None:
        """The check has begun: mark its PIN as used."""
        use_pin(db, attempt_id, at)

    def on_finish(self, db: Database, attempt_id: str) -> None:
        """Seal the record in the transaction that ends the attempt."""
        self.sealer.check(db, attempt_id)

    def on_settled(self, db: Database, attempt_id: str) -> None:
        """Prove the check now if its record is in this inbox, so that exports need not."""
        from mtc_kiosk.store.records.proofs import prove_one  # noqa: PLC0415

        prove_one(db, attempt_id, self.sealer.key)

    def on_back_out(self, db: Database, attempt_id: str, at: str) -> None:
        """It was another pupil's check: make no record, and take back the assistant's name."""
        for row_id in back_out(db, attempt_id, at):
            self.sealer.assistant(db, row_id)

    def on_look_chosen(self, db: Database, attempt_id: str, at: str, chosen: Chosen) -> None:
        """Store the look for the pupil's next attempt."""
        preferences.keep(db, attempt_id, at, chosen)

    def on_assistant(self, db: Database, row_id: int) -> None:
        """Seal who typed, as a separate record."""
        self.sealer.assistant(db, row_id)

    def on_feedback(self, db: Database, row_id: int) -> None:
        """Seal the feedback, as a separate record."""
        self.sealer.feedback(db, row_id)

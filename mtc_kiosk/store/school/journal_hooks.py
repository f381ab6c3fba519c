"""What follows in the school half: a PIN is used, what was left behind is over, a choice is kept, records are made."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtc_kiosk.check.arrangements import Chosen
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.records.backing_out import back_out
from mtc_kiosk.store.school import preferences
from mtc_kiosk.store.school.pin_use import supersede_left_behind, use_pin

if TYPE_CHECKING:  # records are first made when a check ends
    from mtc_kiosk.store.records.sealer import Sealer


@dataclass(frozen=True)
class SchoolHooks:
    """The school's own ``AttemptHooks``, in the name of one home."""

    sealer: "Sealer"

    def on_begin(self, db: Database, attempt_id: str, at: str) -> None:
        """The pupil signed in anew: what they left before its first real pause is over, and sealed as such."""
        for other in supersede_left_behind(db, attempt_id, at):
            self.sealer.check(db, other)

    def on_first_pause(self, db: Database, attempt_id: str, at: str) -> None:
        """The attempt counts from here: its PIN is used."""
        use_pin(db, attempt_id, at)

    def on_finish(self, db: Database, attempt_id: str) -> None:
        """The record is made in the transaction that ends the attempt."""
        self.sealer.check(db, attempt_id)

    def on_settled(self, db: Database, attempt_id: str) -> None:
        """The check is proven where its record came in here, so that no export has to."""
        from mtc_kiosk.store.records.proofs import prove_one  # noqa: PLC0415

        prove_one(db, attempt_id, self.sealer.key)

    def on_back_out(self, db: Database, attempt_id: str, at: str) -> None:
        """It was another pupil's check: no record is made, and a helper's name is taken back."""
        for row_id in back_out(db, attempt_id, at):
            self.sealer.assistant(db, row_id)

    def on_look_chosen(self, db: Database, attempt_id: str, at: str, chosen: Chosen) -> None:
        """The pupil begins with it next time."""
        preferences.keep(db, attempt_id, at, chosen)

    def on_assistant(self, db: Database, row_id: int) -> None:
        """Who helps is a record of its own."""
        self.sealer.assistant(db, row_id)

    def on_feedback(self, db: Database, row_id: int) -> None:
        """Feedback is a record of its own."""
        self.sealer.feedback(db, row_id)

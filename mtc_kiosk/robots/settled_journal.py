"""The real journal, which the kiosk finds up to date whenever it asks for news of an answer, or behind a page.

A real kiosk asks and goes on; when the disk is ready is chance. On a virtual clock that chance would make two runs of
the same robots differ by when they learn that an answer is saved, or that a pupil may begin the check, which is read in
the database. So there the kiosk waits, while no time passes.
"""

from collections.abc import Sequence

from mtc_kiosk.check.facts import Answered, Fact, StepBegan, StepName
from mtc_kiosk.store.journal.journal import Journal, News, Stamp

LONGEST_WAIT_S = 30.0
"""How long the robots wait for the disk, in real time, before they say that something is wrong."""


class DiskTooSlow(RuntimeError):
    """The disk did not take what the robots typed; the message is a sentence for a person."""


class SettledJournal(Journal):
    """A journal that is never behind with an answer, nor while a page with a button is open."""

    _behind = False

    def keep(self, attempt_id: str, facts: Sequence[Fact], stamp: Stamp) -> int:
        """Keep the facts of one turn, and remember whether an answer is among them, or a page opens."""
        self._behind = self._behind or any(map(_is_waited_for, facts))
        return super().keep(attempt_id, facts, stamp)

    def news(self) -> tuple[News, ...]:
        """What happened since the last call; every answer given has happened, and every page that opened."""
        if self._behind:
            self.settle()
            self._behind = False
        return super().news()

    def settle(self) -> None:
        """Wait until everything is on the disk."""
        if not self.flush(LONGEST_WAIT_S):
            raise DiskTooSlow(f"The disk did not take what the robots typed within {LONGEST_WAIT_S:.0f} seconds.")


def _is_waited_for(fact: Fact) -> bool:
    return isinstance(fact, Answered) or (isinstance(fact, StepBegan) and fact.step is StepName.INTRO)

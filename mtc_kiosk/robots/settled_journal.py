"""The real journal, made to finish writing before the kiosk asks for news of an answer or of a page.

A real kiosk does not wait for the disk. On a virtual clock, the disk's speed would make two runs of the same robots
differ in when they learn that an answer is saved, or that a pupil may begin the check, which is read from the database.
So here the kiosk waits, while no virtual time passes.
"""

from collections.abc import Sequence

from mtc_kiosk.check.facts import Answered, Fact, StepBegan, StepName
from mtc_kiosk.store.journal.journal import Journal, News, Stamp

LONGEST_WAIT_S = 30.0
"""How long the robots wait for the disk, in real time, before they give up."""


class DiskTooSlow(RuntimeError):
    """The disk did not take what the robots typed; the message is a sentence for people."""


class SettledJournal(Journal):
    """A journal that is always up to date with answers, and while a page with a button is open."""

    _behind = False

    def keep(self, attempt_id: str, facts: Sequence[Fact], stamp: Stamp) -> int:
        """Write the facts of one turn, and note whether an answer is among them or a page opens."""
        self._behind = self._behind or any(map(_is_waited_for, facts))
        return super().keep(attempt_id, facts, stamp)

    def news(self) -> tuple[News, ...]:
        """What was written since the last call, with every answer given and every page opened so far."""
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

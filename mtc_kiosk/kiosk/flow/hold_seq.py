"""The ``seq`` of the event that holds a check, counted from the facts as they go to the journal, where they get it.

It is alone so that an attempt on the screen and one that was set aside are counted alike.
"""

from collections.abc import Iterable

from mtc_kiosk.check import facts
from mtc_kiosk.check.events import Released, SetAside
from mtc_kiosk.school.kiosk_command import CheckNow


class HoldSeq:
    """Follow the facts of one attempt from its first one on."""

    def __init__(self) -> None:
        self._seq = self._hold = 0
        self._is_set_aside = self._only_stop = False

    def follow(self, emitted: Iterable[facts.Fact]) -> None:
        """The next facts, in their order."""
        for fact in emitted:
            self._seq += 1
            match fact:
                case facts.Held(only_stop=only_stop):
                    self._hold, self._is_set_aside, self._only_stop = self._seq, False, only_stop
                case SetAside():
                    self._hold, self._is_set_aside = self._seq, True
                case Released():
                    self._hold, self._is_set_aside, self._only_stop = 0, False, False
                case _:
                    pass

    def check(self, attempt_id: str, run: int) -> CheckNow:
        """The check as a command from the console names it."""
        return CheckNow(attempt_id, run, self._hold, self._only_stop, self._is_set_aside)

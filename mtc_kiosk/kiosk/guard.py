"""Keeps the loop running when something in it raises: no pupil is left on the desktop.

A check that runs is held, as after any other failure. Over staff's pages staff read that it was not done. Anywhere
else a calm page asks for the teacher, and what was on the screen is tried again after a while; the staff menu opens
over it. What has been typed stays where it is.
"""

import contextlib
from collections.abc import Callable

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause
from mtc_kiosk.kiosk.flow.kiosk_state import KioskState
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.scene import WaitView
from mtc_kiosk.store.db.sqlite_faults import Fault, OddRow, fault_of, sentence

TRY_AGAIN_NS = 2_000_000_000
REST_NS = 250_000_000
"""After a fault the loop waits so long, unless something happens: one that comes back must not keep the PC busy."""


class Guard:
    """``met`` is called with each exception that the loop survives."""

    def __init__(self, clock: Clock, state: KioskState, met: Callable[[Exception], None]) -> None:
        self._clock, self._state, self._met = clock, state, met
        self._rest_until_ns = self._cover_until_ns = 0
        self._unheld_since_ns: int | None = None

    def no_sooner(self, until_ns: int) -> int:
        """When the loop may wake, where it would wake at ``until_ns``."""
        return max(until_ns, self._rest_until_ns)

    def hold_first(self) -> None:
        """Hold a check that could not be held when it should have been, before its time goes on."""
        if self._unheld_since_ns is not None:
            self._hold()

    def try_again(self, now_ns: int) -> None:
        """Try the page that was on the screen again, once it is time."""
        if self._state.cover is not None and now_ns >= self._cover_until_ns:
            self._state.cover = None

    def met(self, problem: Exception) -> None:
        """Report an exception from outside the page on the screen: hold the check, else cover the page."""
        self.note(problem)
        if not self._hold() and not self._state.is_held:
            self._cover(problem)

    def met_on_screen(self, problem: Exception) -> None:
        """Report an exception from the page on the screen, as it was used or drawn."""
        self.note(problem)
        staff = self._state.staff
        if staff.shown is None:
            if not self._hold():
                self._cover(problem)
        elif not staff.locked:  # there the passcode is still to come, and keys act whatever is seen
            staff.refuse(staff_words.WENT_WRONG, _for_staff(problem))

    def met_again(self, problem: Exception) -> None:
        """Report an exception from what replaced the page on the screen: only the calm page is left."""
        self.note(problem)
        staff = self._state.staff
        if not staff.locked:
            staff.close()
            self._hold()
            self._cover(problem)

    def note(self, problem: Exception) -> None:
        """Report an exception that changes nothing on the screen."""
        self._rest_until_ns = self._clock.now_ns() + REST_NS
        self._met(problem)

    def _hold(self) -> bool:
        """Hold the check that runs; whether one ran and is held now."""
        attempt = self._state.attempt
        if attempt is None or attempt.over or attempt.machine.held is not None:
            self._unheld_since_ns = None
            return False
        now_ns = self._clock.now_ns()
        since_ns = self._unheld_since_ns = now_ns if self._unheld_since_ns is None else self._unheld_since_ns
        with contextlib.suppress(Exception):  # a machine that takes nothing now does so later, from the same moment on
            self._state.advance(events.Failed(attempt.at(now_ns), Cause.PROGRAM, attempt.at(since_ns)))
        if attempt.machine.held is None:
            return False
        self._unheld_since_ns = None
        return True

    def _cover(self, problem: Exception) -> None:
        self._cover_until_ns = self._clock.now_ns() + TRY_AGAIN_NS
        said = (*words.PC_NEEDS_HELP, words.for_staff(_for_staff(problem)))
        self._state.cover = WaitView(said, can_try=False, has_menu=self._state.staff.has_passcode)


def _for_staff(problem: Exception) -> str:
    is_known = isinstance(problem, OddRow) or fault_of(problem) is not Fault.OTHER
    return sentence(problem) if is_known else words.SEE_THE_LOG

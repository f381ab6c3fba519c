"""Between the practice and the check itself: whether the school still lets the pupil begin.

If the session has ended, the PIN was cancelled or a reason was given meanwhile, the check does not begin. Its attempt
is stopped and never counts, as the pupil saw no question. A check that has begun is not asked about again. While the
database does not answer, a calm page waits and the gate asks again.
"""

import sqlite3

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause, Source
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.kiosk_state import KioskState
from mtc_kiosk.kiosk.flow.page import PlainPage
from mtc_kiosk.kiosk.flow.sign_in_port import SignInService
from mtc_kiosk.kiosk.flow.stage import Stage
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.scene import Shown, WaitView
from mtc_kiosk.store.db.sqlite_faults import OddRow

ASKS_EVERY_NS = 1_000_000_000
SHOWN_FOR_NS = 60_000_000_000
"""How long "Wait for your teacher" stays before the PC is free for the next pupil."""

WAITS = WaitView(words.ONE_MOMENT, can_try=False, has_menu=True)


class BeginGate(PlainPage):
    """Asks the school, and is the page on the screen while it ``waits``. "Try it out" has no school to ask."""

    def __init__(self, state: KioskState) -> None:
        self._state, self._service = state, state.setup.sign_in
        self._pressed: tuple[str, Source] | None = None
        self._at_ns = 0

    @property
    def waits(self) -> bool:
        """Whether the database has not answered yet."""
        return self._pressed is not None

    def shown(self, now_ns: int) -> Shown:
        """The page "One moment, please"."""
        return WAITS

    def lets(self, event: events.Event | None, at_ns: int) -> bool:
        """Whether the machine may have this event now; if not, wait or stop the attempt."""
        starts = isinstance(event, events.Next) and self._state.page is Page.QUESTIONS_INTRO
        attempt = self._state.attempt
        if not starts or attempt is None or self._service is None or attempt.kind is not Kind.OFFICIAL:
            return True
        assert isinstance(event, events.Next), "nothing else starts the check"
        self._pressed = attempt.id, event.source
        return self._ask(attempt, self._service, at_ns)

    def pass_time(self, now_ns: int) -> None:
        """Ask again when it is time, and close "Wait for your teacher" after ``SHOWN_FOR_NS``."""
        state, attempt = self._state, self._state.attempt
        if state.stage is Stage.NOT_NOW and now_ns >= self._at_ns + SHOWN_FOR_NS:
            state.leave()
        if self._pressed is None or self._service is None or state.is_held:
            return
        attempt_id, source = self._pressed
        if attempt is None or attempt.id != attempt_id or state.page is not Page.QUESTIONS_INTRO:
            self._pressed = None
        elif now_ns >= self._at_ns and self._ask(attempt, self._service, now_ns):
            state.advance(events.Next(attempt.at(now_ns), source))

    def _ask(self, attempt: RunningAttempt, service: SignInService, now_ns: int) -> bool:
        """Whether the check begins now. ``_pressed`` stays set until the school has answered."""
        from mtc_kiosk.school.sign_in import MayBegin  # noqa: PLC0415 - "try it out" starts without the school

        self._at_ns = now_ns + ASKS_EVERY_NS
        try:
            answer = service.may_begin(attempt.id)
        except (sqlite3.Error, OddRow):
            return False
        if answer is MayBegin.UNKNOWN:
            return False
        self._pressed = None
        if answer is MayBegin.YES:
            return True
        self._at_ns = now_ns
        if answer is MayBegin.OVER:
            self._state.current.clear()
        else:
            at = attempt.at(now_ns)
            self._state.advance(events.Noted(at, "session", "the check may not begin any more"))
            self._state.advance(events.HoldAsked(at, Cause.STAFF))
            self._state.advance(events.Stopped(at))
        self._state.stage = Stage.NOT_NOW
        return False

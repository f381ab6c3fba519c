"""The staff chord: it opens the staff's pages, over a running check once its question has ended.

A running check is held when the question that is open ends, by an event that is journalled like any other, and only
then do the staff's pages cover the screen: no question loses a key or a moment. Where they close and staff chose
nothing, the check goes on by itself with a pause of its own. It stays held where staff chose that, left the pages open
behind the passcode, or where something broke meanwhile.
"""

from typing import TYPE_CHECKING

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.script import Pause
from mtc_kiosk.kiosk.flow.stage import Stage
from mtc_kiosk.kiosk.staff.disk_remedy import remedy
from mtc_kiosk.kiosk.view import words

if TYPE_CHECKING:
    from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
    from mtc_kiosk.kiosk.flow.journey import Journey

A_MOMENT_US = 5_000_000
GOES_ON = "closed, the check goes on"


def _is_a_moment(failed: events.Failed) -> bool:
    """Whether the loop only stood still a little, as a slow PC may while it tries a passcode under the page."""
    return failed.cause is Cause.STALL and failed.at - failed.since < A_MOMENT_US


class StaffChord:
    """From the chord until the check under the pages goes on, ends, or stays held.

    ``_asked`` is the attempt whose question is let end first, ``_holds`` the one that is held for the chord alone.
    """

    def __init__(self, place: str) -> None:
        self._place = place
        self._asked: str | None = None
        self._holds: str | None = None
        self._broke = False
        self._unheard: tuple[str, int] | None = None

    def chord(self, journey: "Journey", now_ns: int) -> None:
        """Staff held the chord."""
        attempt = journey.attempt
        if attempt is None or journey.stage is not Stage.CHECK or journey.is_held:
            self._open(journey, now_ns)
        elif journey.staff.has_passcode and self._asked != attempt.id:
            self._asked = attempt.id
            if attempt.machine.hold_asked is None:
                journey.handle(events.HoldAsked(attempt.at(now_ns), Cause.STAFF))

    def heard(self, journey: "Journey", event: events.Event, now_ns: int) -> None:
        """The machine has heard something: the question may be over, or something broke."""
        attempt = journey.attempt
        if isinstance(event, events.Failed) and not _is_a_moment(event):
            self._broke = True
        if attempt is None or self._asked != attempt.id or not (journey.is_held or attempt.over):
            return
        self._asked = None
        held = attempt.machine.held
        by_chord = held is not None and held.cause is Cause.STAFF and not held.only_stop
        if by_chord:
            self._holds, self._broke = attempt.id, False
        self._open(journey, now_ns, is_running=by_chord)

    def pass_time(self, journey: "Journey", now_ns: int) -> None:
        """Time goes on: pages close themselves, say what has changed, and a running check goes on behind them."""
        journey.staff.rest(now_ns)
        if journey.is_held and journey.attempt is not None:
            journey.staff.follow(self._why(journey), can_resume=self._can_resume(journey))
        if self._holds is None or journey.staff.shown is not None or journey.exit_code is not None:
            return
        holds, self._holds = self._holds, None
        attempt = journey.attempt
        if attempt is None or attempt.id != holds or not journey.is_held:
            return
        if journey.staff.stays_held or journey.cover is not None:
            return
        over = journey.staff.is_over(holds)
        if over:
            journey.leave()
        elif over is False and self._can_go_on(journey, attempt):
            journey.handle(events.Noted(attempt.at(now_ns), "staff_page", GOES_ON))
            journey.seat.hearing.begin(attempt.machine)
            journey.handle(events.Released(attempt.at(now_ns)))
            self._unheard = holds, attempt.machine.cursor

    def takes_key(self, attempt: "RunningAttempt") -> bool:
        """Whether a key is the check's: in the pause behind the staff's pages it may be the end of a passcode."""
        in_pause = isinstance(attempt.machine.step, Pause)
        return not in_pause or self._unheard != (attempt.id, attempt.machine.cursor)

    def remedy(self, journey: "Journey") -> str:
        """What staff must do before a check can go on; empty where the disk takes what it is given."""
        return remedy(journey.trouble.fault, self._place) if journey.trouble is not None else ""

    def _can_go_on(self, journey: "Journey", attempt: "RunningAttempt") -> bool:
        sound = journey.seat.has_sound_for(journey.seat.arrangements)
        return journey.trouble is None and not self._broke and not attempt.machine.away and sound

    def _open(self, journey: "Journey", now_ns: int, *, is_running: bool = False) -> None:
        on_screen = journey.attempt.id if journey.attempt is not None and journey.is_held else None
        journey.staff.open(
            self._why(journey),
            can_resume=self._can_resume(journey),
            attempt_id=on_screen,
            is_running=is_running,
            now_ns=now_ns,
        )

    def _why(self, journey: "Journey") -> str:
        held = journey.attempt.machine.held if journey.attempt is not None else None
        if held is None:
            return ""
        if held.only_stop or journey.trouble is None:
            return words.why_held(held.cause, only_stop=held.only_stop)
        return self.remedy(journey)

    def _can_resume(self, journey: "Journey") -> bool:
        held = journey.attempt.machine.held if journey.attempt is not None else None
        return held is not None and not held.only_stop and journey.trouble is None

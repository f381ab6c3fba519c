"""The staff chord: it opens the staff's pages, over a running check once its question has ended.

A running check is held when its open question ends, by an event that is journalled like any other; only then do the
staff's pages cover the screen, so no question loses a key or any time. If staff close the pages and chose nothing, the
check goes on by itself after a new pause. It stays held if staff chose that, left the pages open after the passcode,
or something broke meanwhile.
"""

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.script import Pause
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.kiosk_state import KioskState
from mtc_kiosk.kiosk.flow.stage import Stage
from mtc_kiosk.kiosk.staff.disk_remedy import remedy
from mtc_kiosk.kiosk.view import staff_words

A_MOMENT_US = 5_000_000
GOES_ON = "closed, the check goes on"


def _is_a_moment(failed: events.Failed) -> bool:
    """Whether this is only a short stall, such as a slow PC has while it hashes a passcode."""
    return failed.cause is Cause.STALL and failed.at - failed.since_us < A_MOMENT_US


class StaffChord:
    """From the chord until the check under the pages goes on, ends, or stays held.

    ``_waits_for`` is the attempt whose question must end first, ``_holds`` the one held only because of the chord.
    Until the pause ``_ignored_pause`` (attempt and step) is over, keys are ignored.
    """

    def __init__(self, state: KioskState) -> None:
        self._state = state
        self._waits_for: str | None = None
        self._holds: str | None = None
        self._broke = False
        self._ignored_pause: tuple[str, int] | None = None

    def open_pages(self, now_ns: int) -> None:
        """Staff held the chord: open their pages, over a running check once its question has ended."""
        attempt = self._state.attempt
        if attempt is None or self._state.stage is not Stage.CHECK or self._state.is_held:
            self._open(now_ns)
        elif self._state.staff.has_passcode and self._waits_for != attempt.id:
            self._waits_for = attempt.id
            if attempt.machine.hold_asked is None:
                self._state.advance(events.HoldAsked(attempt.at(now_ns), Cause.STAFF))

    def follow(self, event: events.Event, now_ns: int) -> None:
        """Open the pages if the machine's last event ended the question; note if something broke."""
        attempt = self._state.attempt
        if isinstance(event, events.Failed) and not _is_a_moment(event):
            self._broke = True
        if attempt is None or self._waits_for != attempt.id or not (self._state.is_held or attempt.over):
            return
        self._waits_for = None
        held = attempt.machine.held
        by_chord = held is not None and held.cause is Cause.STAFF and not held.only_stop
        by_chord = by_chord and self._state.stays_held != attempt.id  # the console asked for a hold, too
        if by_chord:
            self._holds, self._broke = attempt.id, False
        self._open(now_ns, is_running=by_chord)

    def pass_time(self, now_ns: int) -> None:
        """Close pages after their time, update them, and let the check go on once they are closed."""
        self._state.staff.rest(now_ns)
        if self._state.is_held and self._state.attempt is not None:
            self._state.staff.follow(self._why, can_resume=self._can_resume)
        if self._holds is None or self._state.staff.shown is not None or self._state.exit_code is not None:
            return
        holds, self._holds = self._holds, None
        attempt = self._state.attempt
        if attempt is None or attempt.id != holds or not self._state.is_held:
            return
        if self._state.staff.stays_held or self._state.cover is not None:
            return
        over = self._state.staff.is_over(holds)
        if over:
            self._state.leave()
        elif over is False and self._can_go_on(attempt):
            self._state.advance(events.Noted(attempt.at(now_ns), "staff_page", GOES_ON))
            self._state.current.narrator.begin(attempt.machine)
            self._state.advance(events.Released(attempt.at(now_ns)))
            self._ignored_pause = holds, attempt.machine.cursor

    def takes_key(self, attempt: RunningAttempt) -> bool:
        """Whether the check takes a key; not in the pause after the staff's pages, where it may be part of a
        passcode."""
        in_pause = isinstance(attempt.machine.step, Pause)
        return not in_pause or self._ignored_pause != (attempt.id, attempt.machine.cursor)

    @property
    def remedy(self) -> tuple[str, ...]:
        """What staff must do before a check can go on; empty while the disk takes writes."""
        return remedy(self._state.trouble.fault, self._state.setup.place) if self._state.trouble is not None else ()

    def _can_go_on(self, attempt: RunningAttempt) -> bool:
        sound = self._state.current.has_sound_for(self._state.current.arrangements)
        return self._state.trouble is None and not self._broke and not attempt.machine.away and sound

    def _open(self, now_ns: int, *, is_running: bool = False) -> None:
        on_screen = self._state.attempt.id if self._state.attempt is not None and self._state.is_held else None
        self._state.staff.open(
            self._why,
            can_resume=self._can_resume,
            attempt_id=on_screen,
            is_running=is_running,
            now_ns=now_ns,
        )

    @property
    def _why(self) -> tuple[str, ...]:
        held = self._state.attempt.machine.held if self._state.attempt is not None else None
        if held is None:
            return ()
        if held.only_stop or self._state.trouble is None:
            return staff_words.why_held(held.cause, only_stop=held.only_stop)
        return self.remedy

    @property
    def _can_resume(self) -> bool:
        held = self._state.attempt.machine.held if self._state.attempt is not None else None
        return held is not None and not held.only_stop and self._state.trouble is None

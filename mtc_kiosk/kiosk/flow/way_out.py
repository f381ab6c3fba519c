"""Ways out of the kiosk besides the pupil's last page and the staff's menu; each leaves the attempt in order."""

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause
from mtc_kiosk.kiosk.flow.kiosk_state import DONE, KioskState
from mtc_kiosk.kiosk.flow.stage import Stage


def leave_early(state: KioskState, now_ns: int) -> None:
    """Leave "try it out" early: stop its attempt, so that the next start does not find it held."""
    attempt = state.attempt
    if attempt is not None and state.stage is Stage.CHECK:
        now = attempt.at(now_ns)
        state.advance(events.HoldAsked(now, Cause.STAFF))
        if not state.is_held:
            state.advance(events.Failed(now, Cause.STAFF, now))
        state.advance(events.Stopped(now))
    state.exit_code = DONE


def end(state: KioskState, now_ns: int) -> None:
    """The PC ends the program: hold a running check, so that the next start shows it."""
    state.exit_code = DONE
    attempt = state.attempt
    if attempt is not None and not state.is_held:
        now = attempt.at(now_ns)
        state.advance(events.Failed(now, Cause.ENDED, now))


def close_asked(state: KioskState) -> None:
    """Alt+F4: do nothing while a passcode is set, else end the kiosk; a running check is held at the next start."""
    if not state.staff.has_passcode:
        state.exit_code = DONE

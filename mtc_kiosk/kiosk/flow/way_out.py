"""The ways out of the kiosk, but for the pupil's last page and staff's: in good order each."""

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause
from mtc_kiosk.kiosk.flow.kiosk_state import DONE, KioskState
from mtc_kiosk.kiosk.flow.stage import Stage


def leave_early(state: KioskState, now_ns: int) -> None:
    """Whoever tries it out has had enough: the attempt ends here, so that the next one does not begin held."""
    attempt = state.attempt
    if attempt is not None and state.stage is Stage.CHECK:
        now = attempt.at(now_ns)
        state.advance(events.HoldAsked(now, Cause.STAFF))
        if not state.is_held:
            state.advance(events.Failed(now, Cause.STAFF, now))
        state.advance(events.Stopped(now))
    state.exit_code = DONE


def end(state: KioskState, now_ns: int) -> None:
    """The PC ends the program: a check that runs is held, and the next start shows it."""
    state.exit_code = DONE
    attempt = state.attempt
    if attempt is not None and not state.is_held:
        now = attempt.at(now_ns)
        state.advance(events.Failed(now, Cause.ENDED, now))


def close_asked(state: KioskState) -> None:
    """Alt+F4 does nothing while a passcode is set; else the window may be closed, and nothing is lost by it."""
    if not state.staff.has_passcode:
        state.exit_code = DONE

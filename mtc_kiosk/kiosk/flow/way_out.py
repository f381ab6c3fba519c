"""The ways out of the kiosk, but for the pupil's last page: in good order each, with the program's exit code."""

from typing import TYPE_CHECKING

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause
from mtc_kiosk.kiosk.flow.stage import Stage

if TYPE_CHECKING:
    from mtc_kiosk.kiosk.flow.journey import Journey

DONE, STAFF_EXIT, ENVIRONMENT = 0, 3, 4


def leave_early(journey: "Journey", now_ns: int) -> None:
    """Whoever tries it out has had enough: the attempt ends here, so that the next one does not begin held."""
    attempt = journey.attempt
    if attempt is not None and journey.stage is Stage.CHECK:
        now = attempt.at(now_ns)
        journey.handle(events.HoldAsked(now, Cause.STAFF))
        if not journey.is_held:
            journey.handle(events.Failed(now, Cause.STAFF, now))
        journey.handle(events.Stopped(now))
    journey.exit_code = DONE


def end(journey: "Journey", now_ns: int) -> None:
    """The PC ends the program: a check that runs is held, and the next start shows it."""
    journey.exit_code = DONE
    attempt = journey.attempt
    if attempt is not None and not journey.is_held:
        now = attempt.at(now_ns)
        journey.handle(events.Failed(now, Cause.ENDED, now))


def close_asked(journey: "Journey", *, has_passcode: bool) -> None:
    """Alt+F4 does nothing while a passcode is set; else the window may be closed, and nothing is lost by it."""
    if not has_passcode:
        journey.exit_code = DONE


def staff_leave(journey: "Journey") -> None:
    """Staff close the check on this PC."""
    journey.exit_code = STAFF_EXIT

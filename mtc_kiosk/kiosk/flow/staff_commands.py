"""What staff want done to an attempt, done: the one on the screen goes on, is set aside or stopped, or another is.

``staff_menu`` only wishes for it; the journey is where it shows.
"""

from typing import TYPE_CHECKING

from mtc_kiosk.check import events
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.way_out import staff_leave
from mtc_kiosk.kiosk.staff.commands import CommandKind, StaffCommand
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.store.journal.journal import Journal

if TYPE_CHECKING:
    from mtc_kiosk.kiosk.flow.journey import Journey


class StaffCommands:
    """Does what is wished for on one kiosk."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock, self._journal = clock, journal

    def grant(self, journey: "Journey", wish: StaffCommand | None, at_ns: int) -> None:
        """Do what staff want done to the attempt on the screen, or to another one of this kiosk."""
        if wish is None:
            return
        if wish.deed is CommandKind.EXIT:
            staff_leave(journey)
        elif journey.attempt is None or wish.attempt_id not in (None, journey.attempt.id):
            self._take_up(journey, wish)
        elif wish.deed is CommandKind.DROP:
            journey.leave()
        elif journey.is_held:
            self._release(journey, wish.deed, at_ns)

    def _release(self, journey: "Journey", deed: CommandKind, at_ns: int) -> None:
        """What becomes of the held check on the screen; one that needs sound does not go on without."""
        attempt = journey.attempt
        if attempt is None:
            return
        at = attempt.at(at_ns)
        match deed:
            case CommandKind.RESUME if not journey.seat.has_sound_for(journey.seat.arrangements):
                journey.staff.refuse(words.STILL_NO_SOUND)
            case CommandKind.RESUME if journey.trouble is None:
                journey.seat.hearing.begin(attempt.machine)  # a device that was opened anew has nothing decoded
                journey.handle(events.Released(attempt.at(self._clock.now_ns())))
            case CommandKind.STOP:
                journey.handle(events.Stopped(at))
            case CommandKind.SET_ASIDE:
                journey.handle(events.SetAside(at))
                journey.leave()
            case _:
                pass

    def _take_up(self, journey: "Journey", wish: StaffCommand) -> None:
        """Go on with an attempt that was set aside, or stop it where it lies."""
        if wish.deed not in (CommandKind.RESUME, CommandKind.STOP) or wish.attempt_id is None:
            return
        try:
            stored = self._journal.load_attempt(wish.attempt_id)
            attempt = RunningAttempt.take_up(stored, self._clock, self._journal)
        except Exception:  # rows of the right shape can still tell what no machine ever did
            journey.staff.refuse(*words.UNREADABLE)
            return
        if wish.deed is CommandKind.STOP:
            attempt.record(events.Stopped(attempt.at(self._clock.now_ns())))
            return
        if journey.door is not None:
            journey.door.leave()
        journey.enter(attempt)
        self._release(journey, CommandKind.RESUME, self._clock.now_ns())

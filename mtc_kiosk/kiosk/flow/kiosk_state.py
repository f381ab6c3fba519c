"""What this kiosk is doing: its attempt, the stage of the pupil's journey, and what is wrong with the PC.

Pages change it, but it imports none of them: from it, ``Journey`` decides which page has the screen.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.kiosk.audio.narrator import Narrator
from mtc_kiosk.kiosk.audio.recordings import RecordingFault
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.current_attempt import CurrentAttempt
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.flow.stage import AFTER_OUTCOME, Stage
from mtc_kiosk.kiosk.staff.menu import StaffMenu
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.kiosk.view.scene import WaitView
from mtc_kiosk.school.kiosk_command import CheckNow
from mtc_kiosk.store.journal.journal import Journal
from mtc_kiosk.store.journal.news import Trouble

if TYPE_CHECKING:
    from mtc_kiosk.kiosk.flow.sign_in import SignInFlow

DONE, STAFF_EXIT, ENVIRONMENT = 0, 3, 4
"""The program's exit codes."""


def _sign_in(setup: KioskSetup, narrator: Narrator, begin: Callable[[PreparedAttempt], None]) -> "SignInFlow | None":
    """The sign-in of a school's pupils; None in "try it out", which starts without the school."""
    if setup.sign_in is None:
        return None
    from mtc_kiosk.kiosk.flow.sign_in import SignInFlow  # noqa: PLC0415 - what "try it out" does not need delays its start

    return SignInFlow(setup.sign_in, narrator, begin, setup.waiting_checks)


@dataclass(frozen=True)
class Offer:
    """The console lets the pupil carry on with this held check, until ``until_ns``, once they press the button."""

    check: CheckNow
    until_ns: int


class KioskState:
    """``exit_code`` is set when the kiosk must end. ``cover`` replaces a page that cannot be shown.

    ``offer``: the console lets the pupil carry on. ``stays_held`` is the attempt that the console asked to hold.
    ``after_event`` is called with each event that the machine has handled, and the time (ns).
    """

    def __init__(self, clock: Clock, journal: Journal, setup: KioskSetup, narrator: Narrator) -> None:
        self.clock, self.journal, self.setup = clock, journal, setup
        self.current = CurrentAttempt(clock, journal, narrator)
        self.staff = StaffMenu(setup.passcode_matches, setup.staff_room, setup.guesses, clock.now_ns())
        self.sign_in = _sign_in(setup, narrator, self.begin)
        self.stage = Stage.WELCOME
        self.exit_code: int | None = None
        self.cover: WaitView | None = None
        self.trouble: Trouble | None = None
        self.offer: Offer | None = None
        self.stays_held: str | None = None
        self.after_event: Callable[[events.Event, int], None] | None = None

    @property
    def attempt(self) -> RunningAttempt | None:
        """The attempt on the screen."""
        return self.current.attempt

    @property
    def is_held(self) -> bool:
        """Whether a held check is on the screen."""
        return self.stage is Stage.CHECK and self.current.is_held

    @property
    def is_offered(self) -> bool:
        """Whether the pupil may press "Carry on": the check is held as it was when the console offered it."""
        offer, attempt = self.offer, self.attempt
        if offer is None or attempt is None or self.trouble is not None:
            return False
        return self.is_held and offer.check == attempt.now

    @property
    def is_free(self) -> bool:
        """Whether no pupil is at this kiosk: no check, and nothing typed to sign in."""
        if self.stage is not Stage.WELCOME or self.attempt is not None or self.cover is not None:
            return False
        return self.sign_in is None or not self.sign_in.is_in_use

    @property
    def signs_in(self) -> bool:
        """Whether a sign-in page is open: no session, the boxes, or "is this you?"."""
        return self.sign_in is not None and self.stage is Stage.WELCOME and self.staff.shown is None

    @property
    def page(self) -> Page | None:
        """The page of the check that is on the screen; None if something else is."""
        return self.current.page if self.stage is Stage.CHECK and self.staff.shown is None else None

    @property
    def label(self) -> Kind:
        """The kind of check on the screen, or of the next one."""
        if self.attempt is not None:
            return self.attempt.kind
        return Kind.TRY if self.sign_in is None else Kind.OFFICIAL

    def enter(self, attempt: RunningAttempt, notes: tuple[str, ...] = ()) -> None:
        """Put an attempt on the screen."""
        self.stage, self.cover = Stage.CHECK, None
        self.current.start(attempt, self.setup.about, notes)
        gc.unfreeze()  # else garbage of the pupil before would never be collected
        gc.collect()
        gc.freeze()
        gc.disable()  # a collection in a question could cost a child a millisecond; ``Screen`` collects in pauses

    def enter_new(self) -> None:
        """Begin a new attempt, of the pupil who has just tried it out or of a walk-up."""
        try:
            again = self.sign_in.again() if self.sign_in is not None else None
            prepared = again or self.setup.prepare()
        except RecordingFault:
            self._without_sound()
            return
        self.begin(prepared)

    def begin(self, prepared: PreparedAttempt) -> None:
        """Begin a new attempt, unless it needs sound and there is none."""
        if not self.current.has_sound_for(prepared.new.settings.arrangements):
            self._without_sound()
            return
        self.enter(RunningAttempt.begin(prepared.new, self.clock, self.journal), prepared.notes)
        self._advance_by(self.current.look_chosen())

    def _without_sound(self) -> None:
        """Show that there is no sound: a check that needs it does not begin."""
        self.current.clear()
        self.stage = Stage.NO_SOUND

    def advance(self, event: events.Event) -> None:
        """Hand the machine an event; if it ends the attempt, go to the page that follows."""
        if self.attempt is None:
            return
        self.current.apply(event)
        if isinstance(event, events.Released):
            self.stays_held = None
        if isinstance(event, events.Failed):
            self.offer = None  # the pupil may have gone
        outcome = self.attempt.machine.outcome
        if outcome is not None and self.stage is Stage.CHECK:
            self.stage = AFTER_OUTCOME[outcome]
            gc.enable()
        if self.after_event is not None:
            self.after_event(event, self.clock.now_ns())

    def _advance_by(self, event: events.Event | None) -> None:
        if event is not None:
            self.advance(event)

    def kept(self, ticket: int, at_ns: int) -> None:
        """The journal has written a ticket's facts to the disk."""
        if self.attempt is not None:
            self._advance_by(self.attempt.kept(ticket, at_ns))

    def sound_lost(self, now_ns: int) -> None:
        """Sound was lost: hold a check that needs it."""
        if self.stage is Stage.CHECK:
            self._advance_by(self.current.sound_lost(now_ns))

    def leave(self) -> None:
        """Clear all data of this pupil, and go back to sign-in or end the kiosk."""
        gc.enable()
        code = ENVIRONMENT if self.stage is Stage.NO_SOUND else DONE
        self.stage = Stage.WELCOME
        self.current.clear()
        if self.sign_in is not None:
            self.sign_in.leave()
        if not self.setup.loops:
            self.exit_code = code

    # -- other ways out of the kiosk

    def leave_early(self, now_ns: int) -> None:
        """Leave "try it out" early: stop its attempt, so that the next start does not find it held."""
        if self.attempt is not None and self.stage is Stage.CHECK:
            now = self.attempt.at(now_ns)
            self.advance(events.HoldAsked(now, Cause.STAFF))
            if not self.is_held:
                self.advance(events.Failed(now, Cause.STAFF, now))
            self.advance(events.Stopped(now))
        self.exit_code = DONE

    def end(self, now_ns: int) -> None:
        """The PC ends the program: hold a running check, so that the next start shows it."""
        self.exit_code = DONE
        if self.attempt is not None and not self.is_held:
            now = self.attempt.at(now_ns)
            self.advance(events.Failed(now, Cause.ENDED, now))

    def close_asked(self) -> None:
        """Alt+F4: do nothing while a passcode is set, else end the kiosk; a running check is held at the next start."""
        if not self.staff.has_passcode:
            self.exit_code = DONE

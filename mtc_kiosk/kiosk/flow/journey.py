"""The pupil's journey on this kiosk: which page is on the screen, and what a button does there.

The check's own script is the machine's; here are the pages around it, the held check, and what staff may do with it.
"""

import gc
from typing import TYPE_CHECKING

from mtc_kiosk.check import events
from mtc_kiosk.check.arrangements import Look
from mtc_kiosk.check.events import Source
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page, Pause
from mtc_kiosk.check.view import EndedView, PageView, PauseView
from mtc_kiosk.kiosk.audio.narrator import Narrator
from mtc_kiosk.kiosk.audio.recordings import RecordingFault
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.begin_gate import WAITS, BeginGate
from mtc_kiosk.kiosk.flow.current_attempt import CurrentAttempt
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.flow.staff_chord import StaffChord
from mtc_kiosk.kiosk.flow.staff_commands import StaffCommands
from mtc_kiosk.kiosk.flow.stage import AFTER_OUTCOME, FIRST_FOCUS, NEXT_STAGE, Stage, shown
from mtc_kiosk.kiosk.flow.way_out import DONE, ENVIRONMENT
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.staff.menu import StaffMenu
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling
from mtc_kiosk.kiosk.view.scene import AgainView, Shown, WaitView
from mtc_kiosk.store.journal.journal import Journal
from mtc_kiosk.store.journal.news import Trouble

if TYPE_CHECKING:
    from mtc_kiosk.kiosk.flow.sign_in import SignInFlow
    from mtc_kiosk.kiosk.flow.text_entry import TextEntry


def _door(orders: KioskSetup, hearing: Narrator) -> "SignInFlow | None":
    """The door of a school's kiosk; "try it out" has none, and starts without the school."""
    if orders.sign_in is None:
        return None
    from mtc_kiosk.kiosk.flow.sign_in import SignInFlow  # noqa: PLC0415 - what "try it out" does not need delays its start

    return SignInFlow(orders.sign_in, hearing)


class Journey:
    """Where the pupil is. ``exit_code`` is set when the kiosk is to end."""

    def __init__(self, clock: Clock, journal: Journal, orders: KioskSetup, hearing: Narrator) -> None:
        self.seat = CurrentAttempt(clock, journal, hearing)
        self._deeds = StaffCommands(clock, journal)
        self.stage = Stage.WELCOME
        self.exit_code: int | None = None
        self.cover: WaitView | None = None  # while what belongs on the screen cannot be shown
        self.staff = StaffMenu(orders.passcode_matches, orders.staff_room, orders.guesses, clock.now_ns())
        self.trouble: Trouble | None = None
        self._call = StaffChord(orders.place)
        self._gate = BeginGate(orders.sign_in)
        self.door = _door(orders, hearing)
        self._clock, self._journal, self._orders = clock, journal, orders
        self._chosen: Feeling | None = None

    # -- what is on the screen

    @property
    def attempt(self) -> RunningAttempt | None:
        """The attempt on the screen."""
        return self.seat.attempt

    def shown(self, now_ns: int) -> Shown:
        """What the pupil, or staff, should see."""
        if self.staff.shown is not None:
            return self.staff.shown
        if self.cover is not None:
            return self.cover
        if self._gate.waits and not self.is_held:
            return WAITS
        if self.stage is Stage.CHECK and self.attempt is not None:
            view = self.attempt.view(now_ns)
            if isinstance(view, PageView) and self.seat.pages is not None:
                return self.seat.pages.shown(view)
            return shown(AFTER_OUTCOME[view.outcome], None) if isinstance(view, EndedView) else view
        if self.at_door and self.door is not None:
            return self.door.shown
        if self.stage is Stage.AGAIN:
            # Whose held check was taken up signs in again, so that they have what they need.
            known = self.door is None or self.door.has_somebody
            return AgainView(can_go_again=self.label is Kind.TRY and known)
        return shown(self.stage, self._chosen)

    def first_focus(self) -> Control | None:
        """The control that has the focus when a page opens; none where an Enter too many would choose something."""
        if self.staff.shown is not None or self.is_held or self.cover is not None:
            return None
        if self.stage is Stage.CHECK and self.attempt is not None:
            if self.seat.page is not None and self.seat.pages is not None:
                return self.seat.pages.first_focus(self.seat.page)
            return Button.NEXT if isinstance(self.attempt.machine.step, Pause) else None
        if self.at_door and self.door is not None:
            return self.door.first_focus()
        return FIRST_FOCUS.get(self.stage)

    @property
    def at_door(self) -> bool:
        """Whether the page of the kiosk's own door is open: waiting, signing in, "is this you?"."""
        return self.door is not None and self.stage is Stage.WELCOME and self.staff.shown is None

    @property
    def label(self) -> Kind:
        """Which kind of check is on the screen, or comes next."""
        if self.attempt is not None:
            return self.attempt.kind
        return Kind.TRY if self.door is None else Kind.OFFICIAL

    @property
    def look(self) -> Look:
        """What the pupil's screen looks like; the staff's has the kiosk's own look."""
        if self.staff.shown is not None:
            return Look()
        return self.seat.look or (self.door.look if self.door is not None else Look())

    @property
    def changes(self) -> tuple[Button, ...]:
        """The buttons of the page on the screen that lead to colours and size, in "try it out"."""
        page, pages = self.page, self.seat.pages
        return pages.changes(page) if page is not None and pages is not None else ()

    @property
    def may_back_out(self) -> bool:
        """Whether whoever signed in here may still say that the check is not theirs."""
        somebody = self.door is not None and self.door.has_somebody
        return somebody and self.page is not None and self.seat.may_back_out

    @property
    def page(self) -> Page | None:
        """The page of the check that is on the screen; None where something else is."""
        return self.seat.page if self.stage is Stage.CHECK and self.staff.shown is None else None

    @property
    def is_held(self) -> bool:
        """Whether a held check is on the screen."""
        return self.stage is Stage.CHECK and self.seat.is_held

    def takes_keys(self, now_ns: int) -> bool:
        """Whether keys are the check's: in a pause and a question, unless the pause offers Next."""
        attempt = self.attempt
        if self.stage is not Stage.CHECK or attempt is None or self.is_held or attempt.machine.question is None:
            return False
        view = attempt.view(now_ns)
        return not (isinstance(view, PauseView) and view.next_button)

    @property
    def boxes(self) -> "TextEntry | None":
        """The boxes on the page that take text, where there are any."""
        if self.staff.shown is not None or self.cover is not None:
            return None
        if self.at_door and self.door is not None:
            return self.door if self.door.takes_text else None
        return self.seat.pages if self.page is Page.ASSISTANT else None

    def finds_keyboard(self, key: KeyDown) -> bool:
        """Whether this key is what the page "find your keyboard" waits for; it does nothing else."""
        pages = self.seat.pages
        return self.page is Page.KEYBOARD and pages is not None and pages.find_keyboard(key.name)

    # -- what happens

    def enter(self, attempt: RunningAttempt, notes: tuple[str, ...] = ()) -> None:
        """Put an attempt on the screen."""
        self.stage, self._chosen, self.cover = Stage.CHECK, None, None
        self.seat.start(attempt, self._orders.about, notes)
        gc.unfreeze()  # else what the pupil before left in circles would stay for good
        gc.collect()
        gc.freeze()
        gc.disable()  # a collection in a question could cost a child a millisecond; the pauses make up for it

    def enter_new(self) -> None:
        """Begin a new attempt: of the pupil who has just tried it out, else of a walk-up."""
        try:
            again = self.door.again() if self.door is not None else None
            prepared = again or self._orders.prepare()
        except RecordingFault:
            self._without_sound()
            return
        self._begin(prepared)

    def _without_sound(self) -> None:
        """A check that needs sound does not begin without."""
        self.seat.clear()
        self.stage = Stage.NO_SOUND

    def _begin(self, prepared: PreparedAttempt | None) -> None:
        if prepared is None:
            return
        if not self.seat.has_sound_for(prepared.new.settings.arrangements):
            self._without_sound()
            return
        self.enter(RunningAttempt.begin(prepared.new, self._clock, self._journal), prepared.notes)
        self._hear_of(self.seat.look_chosen())

    def handle(self, event: events.Event) -> None:
        """Hand the machine an event; where the attempt ends, the journey goes on behind it."""
        if self.attempt is None:
            return
        self.seat.apply(event)
        outcome = self.attempt.machine.outcome
        if outcome is not None and self.stage is Stage.CHECK:
            self.stage = AFTER_OUTCOME[outcome]
            gc.enable()
        self._call.heard(self, event, self._clock.now_ns())

    def _hear_of(self, event: events.Event | None) -> None:
        if event is not None:
            self.handle(event)

    def kept(self, ticket: int, at_ns: int) -> None:
        """The journal has brought something to the disk."""
        if self.attempt is not None:
            self._hear_of(self.attempt.kept(ticket, at_ns))

    def sound_lost(self, now_ns: int) -> None:
        """The sound went away; a check that needs it is held."""
        if self.stage is Stage.CHECK:
            self._hear_of(self.seat.sound_lost(now_ns))

    def act(self, control: Control, source: Source, at_ns: int) -> None:
        """A button or a choice was pressed."""
        if self.staff.shown is not None or self.is_held:
            self._deeds.grant(self, self.staff.act(control, at_ns), at_ns)
        elif isinstance(control, Feeling):
            self._chosen = control
        elif self.at_door and self.door is not None:
            self._begin(self.door.act(control, at_ns))
        elif self._gate.waits:
            pass
        elif control == Button.NOT_ME and self.attempt is not None and self.may_back_out:
            self._back_out(self.attempt, source, at_ns)
        elif self.page is not None:
            event = self.seat.act(control, source, at_ns)
            if self._gate.lets(self, event, at_ns):
                self._hear_of(event)
        elif self.stage is Stage.CHECK and self.attempt is not None:
            self.handle(events.Next(self.attempt.at(at_ns), source))
        elif isinstance(control, Button) and (self.stage, control) in NEXT_STAGE:
            self._go(control)

    def _back_out(self, attempt: RunningAttempt, source: Source, at_ns: int) -> None:
        self.handle(events.BackedOut(attempt.at(at_ns), source))
        if attempt.over:  # not while a device is away: an attempt left behind would count as running
            self.leave()

    def open_staff(self, now_ns: int) -> None:
        """Staff held the chord: ask for the passcode, once the question that is open has ended."""
        self._call.chord(self, now_ns)

    def pass_time(self, now_ns: int) -> None:
        """Time goes on for the staff's pages, for a check that waits under them, and where pupils sign in."""
        self._call.pass_time(self, now_ns)
        self._gate.pass_time(self, now_ns)
        if self.at_door and self.door is not None and self.cover is None:
            self.door.pass_time(now_ns)

    def takes_key(self, attempt: RunningAttempt) -> bool:
        """Whether a key of the keyboard is this check's, and no late piece of a passcode."""
        return self._call.takes_key(attempt)

    @property
    def remedy(self) -> str:
        """What staff must do before a held check can go on; empty where nothing is in its way."""
        return self._call.remedy(self)

    def staff_key(self, key: KeyDown, now_ns: int) -> None:
        """A key on the staff page while it asks for the passcode."""
        self._deeds.grant(self, self.staff.key(key, now_ns), now_ns)

    def _go(self, button: Button) -> None:
        if button is Button.SEND:
            if self._chosen is None or self.attempt is None:
                return
            self._journal.keep_feedback(self.attempt.id, str(self._chosen), self._clock.wall_ms())
        match NEXT_STAGE[self.stage, button]:
            case Stage.CHECK:
                self.enter_new()
            case Stage.GONE:
                self.leave()
            case stage:
                self.stage = stage

    def leave(self) -> None:
        """Back to the door, or out; clear all data of this pupil."""
        gc.enable()
        code = ENVIRONMENT if self.stage is Stage.NO_SOUND else DONE
        self.stage = Stage.WELCOME
        self.seat.clear()
        if self.door is not None:
            self.door.leave()
        if not self._orders.loops:
            self.exit_code = code

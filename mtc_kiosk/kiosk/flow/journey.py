"""The pupil's journey on this kiosk: which page has the screen. Only this module decides it.

The machine follows the check's own script. Here are the pages around it, the held check, and the staff's pages.
"""

from mtc_kiosk.check.arrangements import Look
from mtc_kiosk.kiosk.audio.narrator import Narrator
from mtc_kiosk.kiosk.flow.begin_gate import BeginGate
from mtc_kiosk.kiosk.flow.check_page import CheckPage
from mtc_kiosk.kiosk.flow.intro_pages import IntroPages
from mtc_kiosk.kiosk.flow.kiosk_state import KioskState
from mtc_kiosk.kiosk.flow.page import ScreenPage
from mtc_kiosk.kiosk.flow.room_commands import ReadyPage, RoomCommands
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.flow.staff_chord import StaffChord
from mtc_kiosk.kiosk.flow.staff_pages import HeldPage, StaffPages
from mtc_kiosk.kiosk.flow.stage import Stage
from mtc_kiosk.kiosk.flow.stage_pages import CoverPage, StagePages
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.store.journal.journal import Journal


class Journey:
    """``state`` is shared by all pages, which change it."""

    def __init__(self, clock: Clock, journal: Journal, setup: KioskSetup, narrator: Narrator) -> None:
        self.state = state = KioskState(clock, journal, setup, narrator)
        self._chord = StaffChord(state)
        state.after_event = self._chord.follow
        self._staff, self._held, self._cover = StaffPages(state), HeldPage(state), CoverPage(state)
        self._gate = BeginGate(state)
        self._intro = IntroPages(state, self._gate)
        self._check = CheckPage(state, self._chord)
        self._stages = StagePages(state)
        self._ready, self._room = ReadyPage(state), RoomCommands(state)

    @property
    def on_screen(self) -> ScreenPage:
        """The page that has the screen and takes every key and press."""
        state = self.state
        if state.staff.shown is not None:
            return self._staff
        if state.cover is not None:
            return self._cover
        if state.stage is Stage.CHECK and state.current.attempt is not None:
            return self._of_check
        if state.signs_in and state.sign_in is not None:
            return state.sign_in
        return self._stages

    @property
    def _of_check(self) -> ScreenPage:
        """The page of the attempt that is being taken."""
        current = self.state.current
        if current.is_held:
            return self._ready if self.state.is_offered else self._held
        if self._gate.waits:
            return self._gate
        return self._intro if current.page is not None else self._check

    # -- drawn with every page

    @property
    def look(self) -> Look:
        """The look of the pupil's screen; the staff's pages have the default look."""
        state = self.state
        if state.staff.shown is not None:
            return Look()
        return state.current.look or (state.sign_in.look if state.sign_in is not None else Look())

    @property
    def changes(self) -> tuple[Button, ...]:
        """The buttons of the page on the screen that lead to colours and size, in "try it out"."""
        return self._intro.changes

    @property
    def may_back_out(self) -> bool:
        """Whether the pupil who signed in here may still press "This is not me"."""
        return self._intro.may_back_out

    @property
    def remedy(self) -> tuple[str, ...]:
        """What staff must do before a held check can go on; empty if it can."""
        return self._chord.remedy

    # -- for no page alone

    def open_staff(self, now_ns: int) -> None:
        """Staff held the chord: ask for the passcode once the open question has ended."""
        self._chord.open_pages(now_ns)

    def touch(self, now_ns: int) -> None:
        """Somebody is at the PC: a key, a press, or the focus moved."""
        if self.state.sign_in is not None:
            self.state.sign_in.touch(now_ns)

    def pass_time(self, now_ns: int) -> None:
        """Let time pass for the staff's pages and a check that waits under them, for the console, and for sign-in."""
        state = self.state
        self._chord.pass_time(now_ns)
        self._gate.pass_time(now_ns)
        self._room.pass_time(now_ns)
        if state.signs_in and state.sign_in is not None and state.cover is None:
            state.sign_in.pass_time(now_ns)

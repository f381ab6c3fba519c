"""The staff's pages on a kiosk as one small state machine: the passcode first, then the menu and its lists.

``StaffRoom`` reads and changes the school's data; without one there is only the passcode page. Commands for an attempt
are returned; the caller carries them out.
"""

import contextlib
from collections.abc import Callable
from dataclasses import replace

from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.input.typed import character
from mtc_kiosk.kiosk.staff.checks import ASKS_FOR_NS, SETTLES_NS, Answer, Beneath, StaffChecks
from mtc_kiosk.kiosk.staff.commands import COMMANDS, CommandKind, StaffCommand
from mtc_kiosk.kiosk.staff.give import GrantFlow
from mtc_kiosk.kiosk.staff.lists import GRANTS, LONGEST_TEXT, TURNS, pins_view
from mtc_kiosk.kiosk.staff.passcode import PasscodePage
from mtc_kiosk.kiosk.staff.port import Guesses, StaffRefused, StaffRoom, trying
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button, Control, ListedCode, Row
from mtc_kiosk.kiosk.view.scene import (
    CodeListView,
    HeldListView,
    PinListView,
    PupilListView,
    StaffAskView,
    StaffDoneView,
    StaffMenuView,
    StaffShown,
    StaffView,
)
from mtc_kiosk.school.staff import AuditAction

OPEN_FOR_NS = 120_000_000_000
"""Untouched for this long, the pages close: the next pupil must not see PINs and names."""


class StaffMenu:
    """Which staff page is open; ``shown`` is None if none is."""

    def __init__(
        self,
        matches: Callable[[str], bool] | None,
        room: StaffRoom | None,
        guesses: Guesses | None = None,
        now_ns: int = 0,
    ) -> None:
        self._passcode, self._room = PasscodePage(matches, guesses, now_ns), room
        self._checks = StaffChecks(room)
        self._page: StaffShown | None = None
        self._grant_flow: GrantFlow | None = None
        self._acted_ns = self._opened_ns = 0
        self.has_passcode = matches is not None

    @property
    def shown(self) -> StaffShown | None:
        """The page that is open."""
        return self._page if self._page is not None else self._passcode.shown

    @property
    def locked(self) -> bool:
        """Whether the page still asks for the passcode."""
        return self._page is None and self._passcode.locked

    @property
    def stays_held(self) -> bool:
        """Whether the running check under the pages stays held when they close."""
        return self._checks.beneath.stays_held

    def open(
        self,
        why: tuple[str, ...],
        *,
        can_resume: bool,
        attempt_id: str | None = None,
        is_running: bool = False,
        now_ns: int = 0,
    ) -> None:
        """Staff held the chord: open the first page. ``attempt_id`` is the held check on the screen, if any.

        ``is_running``: only the chord holds the check, and it goes on when the pages close.
        """
        if self.shown is None:
            self._checks.beneath = Beneath(attempt_id, can_resume, is_running)
            self._opened_ns = self._acted_ns = now_ns
            self._passcode.open(why, can_resume=can_resume, always=(staff_words.CHECK_WAITS,) if is_running else ())

    def close(self) -> None:
        """Close the pages and clear what staff looked at."""
        self._passcode.close()
        self._checks.forget()
        self._page = self._grant_flow = None

    def rest(self, now_ns: int) -> None:
        """Close pages untouched for too long. If the passcode was given, a running check then stays held."""
        if self.shown is None:
            self._acted_ns = now_ns
            return
        asks = self.locked and self._checks.beneath.is_running
        if now_ns - self._acted_ns >= (ASKS_FOR_NS if asks else OPEN_FOR_NS):
            self._checks.beneath.stays_held = not self.locked
            self.close()

    def follow(self, why: tuple[str, ...], *, can_resume: bool) -> None:
        """Update an open page when it changes whether, or why not, the held check can go on."""
        beneath = self._checks.beneath
        if self.shown is None or beneath.attempt_id is None or not self._passcode.follow(why, can_resume=can_resume):
            return
        beneath.can_resume = can_resume
        if self._room is not None and isinstance(self._page, HeldListView) and self._page.chosen is not None:
            room, page, chosen = self._room, self._page.page, self._page.chosen
            self._tried(lambda: self._show(self._checks.choose(room, page, chosen)))

    def is_over(self, attempt_id: str) -> bool | None:
        """Whether something has ended an attempt; None if that cannot be read."""
        return self._checks.is_over(attempt_id)

    def refuse(self, heading: str, *sentences: str) -> None:
        """Show that a command could not be carried out; ``heading`` names what was not done."""
        self._page = StaffDoneView(heading, sentences)

    def key(self, key: KeyDown, now_ns: int) -> StaffCommand | None:
        """Type a key of the passcode. The right one opens the held check, else the menu, else leaves the kiosk."""
        self._acted_ns = now_ns
        beneath = self._checks.beneath
        if beneath.is_running and now_ns - self._opened_ns < SETTLES_NS:
            return None
        self._passcode.key(key, now_ns)
        if self._passcode.shown is None or self._passcode.locked:
            return None
        if self._room is None:
            return StaffCommand(CommandKind.EXIT) if beneath.attempt_id is None else None
        if beneath.attempt_id is None or beneath.is_running:
            self._show_menu(self._room)
        return None

    def type(self, key: KeyDown, now_ns: int) -> bool:
        """Take a key that needs no control: a letter of a name, or Escape for Back; True if it was one."""
        if self.shown is None or self.locked:
            return False
        self._acted_ns = now_ns
        if key.name == "Escape":
            self._tried(self._back)
            return True
        flow = self._grant_flow
        if flow is None or not isinstance(self._page, PupilListView):
            return False
        typed = self._page.typed
        if key.name == "Backspace":
            typed = typed[:-1]
        elif character(key) and key.name != "Space":
            typed = (typed + character(key))[:LONGEST_TEXT]
        else:
            return False
        self._tried(lambda: self._show(flow.pupils(typed=typed, page=1)))
        return True

    def act(self, control: Control, now_ns: int) -> StaffCommand | None:
        """Press a control; return the command for the journey, if any."""
        self._acted_ns = now_ns
        return self._tried(lambda: self._act(control))

    def _tried(self, do: Callable[[], StaffCommand | None]) -> StaffCommand | None:
        try:
            return do()
        except StaffRefused as refused:
            self._page = StaffDoneView(refused.heading, refused.sentences)
            return None

    # -- what a control does

    def _act(self, control: Control) -> StaffCommand | None:
        if isinstance(control, Button):
            return self._button(control)
        if self._room is not None:
            self._choose(self._room, control)
        return None

    def _button(self, button: Button) -> StaffCommand | None:
        if button is Button.BACK:
            return self._back()
        if self._page is None:
            over = not self.locked and button in COMMANDS
            return self._then(self._checks.press_over(button)) if over else None
        if isinstance(self._page, StaffAskView) and self._page.button is Button.STOP:
            return self._then(self._checks.stop()) if button is Button.STOP else None
        return self._behind(self._room, self._page, button) if self._room is not None else None

    def _behind(self, room: StaffRoom, page: StaffShown, button: Button) -> StaffCommand | None:
        """Handle a button of a page that needs the staff room."""
        match page:
            case StaffMenuView():
                self._from_menu(room, button)
            case PinListView() | HeldListView() | PupilListView() | CodeListView() if button in TURNS:
                self._turn(room, page, TURNS[button])
            case HeldListView(offered=offered) if button in offered:
                return self._then(self._checks.press_listed(room, button, page))
            case CodeListView(chosen=str(code)) if button is Button.GIVE and self._grant_flow is not None:
                return self._done(self._grant_flow.give(code))
            case StaffAskView(button=Button.EXIT) if button is Button.EXIT:
                with contextlib.suppress(StaffRefused):  # staff must be able to leave although the disk refuses writes
                    room.note(AuditAction.LEFT)
                return StaffCommand(CommandKind.EXIT)
            case StaffAskView(button=Button.DATE) if button is Button.DATE:
                with trying(staff_words.DATE_NOT_CONFIRMED):
                    room.confirm_date()
                self._show_menu(room)
            case StaffAskView(button=asked) if button is asked and self._grant_flow is not None:
                return self._done(self._grant_flow.take_back())
            case _:
                pass
        return None

    def _from_menu(self, room: StaffRoom, button: Button) -> None:
        match button:
            case Button.PINS:
                self._page = pins_view(room.pins(), 1)
                room.note(AuditAction.PINS_SHOWN)
            case Button.HELD:
                self._page = self._checks.listed(room)
            case Button.RESTART | Button.REASON:
                self._grant_flow = GrantFlow(GRANTS[button], room)
                self._page = self._grant_flow.pupils()
            case Button.HOLD if self._checks.beneath.is_running:
                self._checks.hold(room)
                self.close()
            case Button.DATE if sentences := room.date_in_doubt():
                self._page = StaffAskView(staff_words.ASK[Button.DATE], sentences, Button.DATE)
            case Button.EXIT:
                self._page = StaffAskView(staff_words.ASK[Button.EXIT], staff_words.EXIT_KEEPS, Button.EXIT)
            case _:
                pass

    def _turn(self, room: StaffRoom, page: PinListView | HeldListView | PupilListView | CodeListView, by: int) -> None:
        match page:
            case PinListView():
                self._page = pins_view(room.pins(), page.page + by)
            case HeldListView():
                self._page = self._checks.listed(room, page.page + by)
            case PupilListView() if self._grant_flow is not None:
                self._page = self._grant_flow.pupils(page=page.page + by)
            case CodeListView() if self._grant_flow is not None:
                self._page = self._grant_flow.codes(page.page + by)
            case _:
                pass

    def _choose(self, room: StaffRoom, control: Control) -> None:
        """Choose a row or a code of a list."""
        match self._page, control:
            case HeldListView(page=page), Row(index):
                self._page = self._checks.choose(room, page, index)
            case PupilListView(), Row(index) if self._grant_flow is not None:
                self._page = self._grant_flow.choose(index)
            case CodeListView() as codes, ListedCode(code):
                self._page = replace(codes, chosen=code)
            case _:
                pass

    def _then(self, answer: Answer) -> StaffCommand | None:
        """Show the next page; return the command for the journey."""
        page, command = answer
        if page is None:
            self.close()
        else:
            self._page = page
        if command is not None and command.kind is CommandKind.DROP:
            self._passcode.close()
        return command

    def _done(self, page: StaffDoneView) -> StaffCommand | None:
        """Show that it is done; drop the held check on the screen if that has ended it, as a restart does."""
        return self._then((page, self._checks.ended()))

    # -- which page comes

    def _back(self) -> StaffCommand | None:
        match self._page:
            case None if self._room is not None and not self.locked and isinstance(self._passcode.shown, StaffView):
                self._show_menu(self._room)
            case None | StaffMenuView():
                self.close()
            case CodeListView() | StaffAskView(button=Button.TAKE_BACK) if self._grant_flow is not None:
                self._page = self._grant_flow.pupils()
            case StaffAskView(button=Button.STOP) if self._passcode.shown is not None:
                self._page = None  # back to the held check
            case StaffAskView(button=Button.STOP) if self._room is not None and self.has_passcode:
                self._page = self._checks.listed(self._room)
            case _ if self._room is not None:
                self._show_menu(self._room)
            case _:
                self.close()
        return None

    def _show_menu(self, room: StaffRoom) -> None:
        self._passcode.close()
        self._page = self._checks.menu(room)

    def _show(self, page: StaffShown) -> None:
        self._page = page

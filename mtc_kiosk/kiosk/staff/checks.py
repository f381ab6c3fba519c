"""The checks that staff deal with in their menu: the one under their pages, and those on the list of held checks.

Each press returns the next page (None: the pages close) and a command for the journey. Stopping must be confirmed.
"""

import contextlib
from dataclasses import dataclass

from mtc_kiosk.kiosk.staff.commands import COMMANDS, CommandKind, StaffCommand
from mtc_kiosk.kiosk.staff.lists import held_on, held_view
from mtc_kiosk.kiosk.staff.port import HeldFound, StaffRefused, StaffRoom, trying
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import HeldListView, StaffAskView, StaffDoneView, StaffMenuView, StaffShown
from mtc_kiosk.school.staff import AuditAction

ASKS_FOR_NS = 30_000_000_000
"""Over a running check the passcode page closes after this time, sooner than others: a pupil may have opened it."""

SETTLES_NS = 500_000_000
"""Keys this soon after it opened over a running check were meant for the question that had just ended."""

Answer = tuple[StaffShown | None, StaffCommand | None]


@dataclass
class Beneath:
    """The check under the staff's pages; ``attempt_id`` is None if there is none.

    ``is_running``: only the chord holds it, and it goes on when the pages close, unless it ``stays_held``.
    """

    attempt_id: str | None = None
    can_resume: bool = False
    is_running: bool = False
    stays_held: bool = False


class StaffChecks:
    """``room`` is None without a school: then there is only the check under the pages."""

    def __init__(self, room: StaffRoom | None) -> None:
        self.beneath = Beneath()
        self._room = room
        self._chosen: HeldFound | None = None

    def forget(self) -> None:
        """Forget the choice on the list."""
        self._chosen = None

    def count(self, room: StaffRoom) -> int | None:
        """How many checks are held; None if that cannot be read."""
        with contextlib.suppress(Exception):  # staff must reach their menu whatever the fault
            return len(room.held())
        return None

    def menu(self, room: StaffRoom) -> StaffMenuView:
        """What staff can do now."""
        can_hold = self.beneath.is_running
        with contextlib.suppress(Exception):  # the same
            return StaffMenuView(self.count(room), can_hold, room.at_desk, asks_date=bool(room.date_in_doubt()))
        return StaffMenuView(None, can_hold)

    def listed(self, room: StaffRoom, page: int = 1) -> HeldListView:
        """A page of the held checks, without a choice."""
        self._chosen = None
        return held_view(room.held(), page)

    def choose(self, room: StaffRoom, page: int, index: int) -> HeldListView:
        """The same page with one of them chosen."""
        found = room.held()
        there = held_on(found, page)
        self._chosen = there[index] if index < len(there) else None
        return held_view(found, page, index, self.beneath.attempt_id, can_resume=self.beneath.can_resume)

    def hold(self, room: StaffRoom) -> None:
        """Keep the check under the pages held, even if the audit cannot be written: the hold is in the journal."""
        with contextlib.suppress(StaffRefused):
            room.note(AuditAction.HELD, self.beneath.attempt_id)
        self.beneath.stays_held = True

    def press_over(self, button: Button) -> Answer:
        """Handle a button for the check under the pages."""
        if button is Button.STOP:
            return StaffAskView(staff_words.ASK[button], (staff_words.STAFF_CHOICES[button],), button), None
        return self._over(button)

    def press_listed(self, room: StaffRoom, button: Button, shown: HeldListView) -> Answer:
        """Handle a button for the check chosen on the list."""
        held = self._chosen
        if held is None:
            return shown, None
        if button is Button.STOP:
            said = (held.row.name, staff_words.STAFF_CHOICES[button])
            return StaffAskView(staff_words.ASK[button], said, button), None
        return self._listed(room, button, held)

    def stop(self) -> Answer:
        """Stop a check, once confirmed: the chosen one, else the one under the pages."""
        if self._room is not None and self._chosen is not None:
            return self._listed(self._room, Button.STOP, self._chosen)
        return self._over(Button.STOP)

    def ended(self) -> StaffCommand | None:
        """The command for the journey if something, such as a restart, has ended the check under the pages."""
        there = self.beneath.attempt_id
        if self._room is not None and there is not None and self._room.is_over(there):
            return self._dropped(there)
        return None

    def is_over(self, attempt_id: str) -> bool | None:
        """Whether something has ended an attempt; None if that cannot be read."""
        if self._room is None:
            return False
        with contextlib.suppress(StaffRefused):
            return self._room.is_over(attempt_id)
        return None

    def _over(self, button: Button) -> Answer:
        if self._room is not None and self.beneath.attempt_id is not None:
            command = self._command(self._room, button, self.beneath.attempt_id)
            if command.kind is CommandKind.DROP:
                return StaffDoneView(staff_words.CHECK_NOT_DONE[button], staff_words.ALREADY_ENDED), command
        kind, _ = COMMANDS[button]
        return None, StaffCommand(kind)

    def _listed(self, room: StaffRoom, button: Button, held: HeldFound) -> Answer:
        command = self._command(room, button, held.attempt_id)
        if command.kind is CommandKind.DROP:
            return StaffDoneView(staff_words.CHECK_NOT_DONE[button], staff_words.ALREADY_ENDED), command
        if command.kind is CommandKind.RESUME:
            return None, command
        return StaffDoneView(staff_words.CHECK_DONE[button], staff_words.check_of(held.row.name, button)), command

    def _command(self, room: StaffRoom, button: Button, attempt_id: str) -> StaffCommand:
        """Make the command and its audit row, unless a restart has ended the attempt meanwhile."""
        kind, act = COMMANDS[button]
        with trying(staff_words.CHECK_NOT_DONE[button]):
            if room.is_over(attempt_id):
                return self._dropped(attempt_id)
            room.note(act, attempt_id)
        if kind is not CommandKind.RESUME and attempt_id == self.beneath.attempt_id:
            self.beneath = Beneath()
        return StaffCommand(kind, attempt_id)

    def _dropped(self, attempt_id: str) -> StaffCommand:
        if attempt_id == self.beneath.attempt_id:
            self.beneath = Beneath()
        return StaffCommand(CommandKind.DROP, attempt_id)

"""The staff's pages on the screen, and the page of a held check: carry out at once what staff press there."""

from mtc_kiosk.kiosk.flow.kiosk_state import KioskState
from mtc_kiosk.kiosk.flow.page import FocusOn, PlainPage, Pressed
from mtc_kiosk.kiosk.flow.staff_commands import carry_out
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.staff.commands import StaffCommand
from mtc_kiosk.kiosk.view.controls import Control
from mtc_kiosk.kiosk.view.scene import Shown


class _PageForStaff(PlainPage):
    """A page that carries out the commands of its buttons."""

    def __init__(self, state: KioskState) -> None:
        self._state = state

    def press(self, control: Control, by: Pressed, now_ns: int) -> FocusOn | None:
        """Carry out the menu's command for this control, if any."""
        self._carry_out(self._state.staff.act(control, by.at_ns), by.at_ns)
        return None

    def _carry_out(self, command: StaffCommand | None, at_ns: int) -> None:
        if command is not None:
            carry_out(self._state, command, at_ns)


class HeldPage(_PageForStaff):
    """The held check. Without a passcode, the page itself offers the staff's commands to anybody."""

    def shown(self, now_ns: int) -> Shown:
        """The view of the held check, with its cause."""
        assert self._state.attempt is not None, "the journey asks only while one is held"
        return self._state.attempt.view(now_ns)


class StaffPages(_PageForStaff):
    """The passcode page, and the menu with its lists."""

    def shown(self, now_ns: int) -> Shown:
        """The page that is open."""
        assert self._state.staff.shown is not None, "the journey asks only while one is open"
        return self._state.staff.shown

    def type(self, key: KeyDown, focus: Control | None, now_ns: int) -> FocusOn | None:
        """Take a key of the passcode, of a name, or Escape for Back."""
        staff = self._state.staff
        if staff.locked:
            self._carry_out(staff.key(key, now_ns), now_ns)
            return FocusOn(focus)
        # The rows have changed: no focus, so that Enter chooses none of them.
        return FocusOn(None) if staff.type(key, now_ns) else None

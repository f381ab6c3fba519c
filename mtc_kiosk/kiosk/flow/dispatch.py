"""Hand keys, presses on the screen and long presses to the page on the screen.

It knows where the focus is and what is down. The page decides what a key or a button does.
"""

from collections.abc import Sequence

from mtc_kiosk.kiosk.drawing.marks import Mark
from mtc_kiosk.kiosk.flow.journey import Journey
from mtc_kiosk.kiosk.flow.open_page import OpenPage
from mtc_kiosk.kiosk.flow.page import FocusOn
from mtc_kiosk.kiosk.input import events as happen
from mtc_kiosk.kiosk.input.focus import PageFocus, Takes
from mtc_kiosk.kiosk.input.long_press import LongPress
from mtc_kiosk.kiosk.view.controls import Field


class InputDispatcher:
    """``focus`` is where the focus is and what is down. Once ``keyboard_used``, losing the keyboard is a failure."""

    def __init__(self, journey: Journey, page: OpenPage) -> None:
        self.focus = PageFocus()
        self.keyboard_used = False
        self._journey, self._page = journey, page
        self._long_press = LongPress()

    def take(
        self,
        happening: happen.KeyDown | happen.KeyUp | happen.Press | happen.Release,
        marks: Sequence[Mark],
        now_ns: int,
    ) -> None:
        """Handle a press or a release; ``marks`` are what is on the screen."""
        self._journey.touch(now_ns)
        match happening:
            case happen.KeyDown():
                self.keyboard_used = True
                self._long_press.down(happening)
                self._key_down(happening, marks, now_ns)
            case happen.KeyUp():
                self._long_press.up(happening)
            case happen.Press():
                key = self.focus.press(happening, marks, self._taking(now_ns))
                if key is not None:
                    self._move(self._journey.on_screen.press(key, happening, now_ns))
            case happen.Release():
                control = self.focus.release(happening, marks, self._taking(now_ns))
                if control is not None:
                    self._move(self._journey.on_screen.press(control, happening, now_ns))

    def _key_down(self, key: happen.KeyDown, marks: Sequence[Mark], now_ns: int) -> None:
        """Offer the page a key; if it does not take it, move the focus or press the control that has it."""
        page = self._journey.on_screen
        typed = page.type(key, self.focus.focus, now_ns)
        if typed is not None:
            self._move(typed)
            return
        control = self.focus.key(key, marks, self._taking(now_ns))
        if control is None and isinstance(self.focus.focus, Field):
            control = self.focus.focus  # typing goes to the box that has the focus
        if control is not None:
            self._move(page.press(control, key, now_ns))

    def _move(self, to: FocusOn | None) -> None:
        if to is not None:
            self.focus.focus = to.control

    def _taking(self, now_ns: int) -> Takes:
        return lambda control, began_ns: self._page.takes(control, began_ns, now_ns)

    # -- what is held down

    def let_go(self) -> None:
        """Forget held keys: the keyboard now belongs to another window."""
        self._long_press.let_go()

    def let_go_of_screen(self) -> None:
        """Forget held presses: the screen has changed under the finger or the mouse."""
        self.focus.let_go()

    def wake_ns(self) -> int | None:
        """When a long press will have lasted long enough (ns)."""
        return self._long_press.wake_ns()

    def look_at_long_press(self, now_ns: int) -> None:
        """Act on a long press that has lasted long enough."""
        match self._long_press.lasted(now_ns):
            case "staff":
                self._journey.open_staff(now_ns)
            case "leave" if not self._journey.state.staff.has_passcode:
                self._journey.state.leave_early(now_ns)
            case _:
                pass

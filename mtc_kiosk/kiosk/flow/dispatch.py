"""What pupils and staff press: keys, the pad on the screen, buttons and long presses, each to where it belongs.

It stamps a key of the check and knows where the focus is. What a button does is the journey's to say.
"""

from collections.abc import Sequence
from dataclasses import replace

from mtc_kiosk.check.deadline import due
from mtc_kiosk.check.events import KeyPressed, Source
from mtc_kiosk.check.keypress import ENTER, is_chord
from mtc_kiosk.check.script import Asking
from mtc_kiosk.kiosk.drawing.marks import Mark
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.journey import Journey
from mtc_kiosk.kiosk.flow.open_page import TOO_SOON_NS, OpenPage
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.flow.way_out import leave_early
from mtc_kiosk.kiosk.input import events as happen
from mtc_kiosk.kiosk.input.focus import PageFocus, Takes
from mtc_kiosk.kiosk.input.long_press import LongPress
from mtc_kiosk.kiosk.input.typed import character, digit
from mtc_kiosk.kiosk.view.controls import Field

LATE_NS = 20_000_000
"""Woken later than this after a deadline, the loop cannot know by its own stamps which keys came in time."""

_SERVER_STAMP_NS = 1_000_000  # the window system stamps to the millisecond, rounding down


class InputDispatcher:
    """``hands`` has the focus and what is down. ``keyboard_used``: from then on its loss is a failure."""

    def __init__(self, journey: Journey, page: OpenPage, orders: KioskSetup) -> None:
        self.hands = PageFocus()
        self.keyboard_used = False
        self._journey, self._page, self._orders = journey, page, orders
        self._holding = LongPress()
        self._marks: Sequence[Mark] = ()

    def take(
        self,
        happening: happen.KeyDown | happen.KeyUp | happen.Press | happen.Release,
        marks: Sequence[Mark],
        now_ns: int,
    ) -> None:
        """Something was pressed or let go; ``marks`` are what is on the screen."""
        self._marks = marks
        takes = self._taking(now_ns)
        if self._journey.door is not None:
            self._journey.door.touch(now_ns)
        match happening:
            case happen.KeyDown():
                self._key_down(happening, now_ns)
            case happen.KeyUp():
                self._holding.up(happening)
            case happen.Press():
                key = self.hands.press(happening, marks, takes)
                if key is not None:
                    self._pad(key.name, happening, now_ns)
            case happen.Release():
                control = self.hands.release(happening, marks, takes)
                if control is not None:
                    self._journey.act(control, happening.source, happening.at_ns)

    def _taking(self, now_ns: int) -> Takes:
        return lambda control, began_ns: self._page.takes(control, began_ns, now_ns)

    def let_go(self) -> None:
        """The keyboard went elsewhere."""
        self._holding.let_go()

    def let_go_of_screen(self) -> None:
        """What is on the screen has moved: nothing that a finger or the mouse began before acts."""
        self.hands.let_go()

    def wake_ns(self) -> int | None:
        """When a long press will have lasted."""
        return self._holding.wake_ns()

    def look_at_long_press(self, now_ns: int) -> None:
        """Let a long press act that has lasted."""
        match self._holding.lasted(now_ns):
            case "staff":
                self._journey.open_staff(now_ns)
            case "leave" if self._orders.passcode_matches is None:
                leave_early(self._journey, now_ns)
            case _:
                pass

    def _key_down(self, key: happen.KeyDown, now_ns: int) -> None:
        self.keyboard_used = True
        self._holding.down(key)
        if self._journey.staff.locked:
            self._journey.staff_key(key, now_ns)
        elif self._journey.staff.shown is None and self._journey.takes_keys(now_ns):
            self._press_key(key.name, Source.KEYBOARD, self._stamp(key, now_ns))
        elif self._journey.staff.type(key, now_ns):
            self.hands.focus = None  # the rows are others now: an Enter must not choose one of them
        elif not self._box_key(key, now_ns):
            control = self.hands.key(key, self._marks, self._taking(now_ns))
            if control is None and isinstance(self.hands.focus, Field):
                control = self.hands.focus  # the box that has the focus is the one that is typed in
            if control is not None:
                self._journey.act(control, Source.KEYBOARD, key.at_ns)

    def _pad(self, key: str, press: happen.Press, now_ns: int) -> None:
        """A key of the pad on the screen: of a question, or of the letters where boxes take text."""
        boxes = self._journey.boxes
        if boxes is not None:
            boxes.press_screen(key)
            self.hands.focus = self._journey.first_focus()
        else:
            self._press_key(key, press.source, self._stamp(press, now_ns))

    def _box_key(self, key: happen.KeyDown, now_ns: int) -> bool:
        """A key of the keyboard where boxes take what is typed, or a page waits for any key; whether it was one."""
        if self._journey.finds_keyboard(key):
            return True
        boxes = self._journey.boxes
        if boxes is None or (is_chord(key.name) and not character(key)):
            return False
        in_a_box = isinstance(self.hands.focus, Field)
        if key.name == "Enter" and in_a_box:
            self.hands.focus = boxes.enter(now_ns)
            return True
        if key.name == "Space" and not (in_a_box and boxes.takes_spaces):
            return False
        text = key.name if key.name == "Backspace" else digit(key) if boxes.takes_digits else character(key)
        if not text:
            return False
        boxes.type(text)
        self.hands.focus = self._journey.first_focus()
        return True

    def _press_key(self, name: str, source: Source, stamp: tuple[int, bool]) -> None:
        attempt = self._journey.attempt
        stamp_ns, stall = stamp
        if attempt is not None and self._journey.takes_key(attempt) and not _skips_unseen(attempt, name, stamp_ns):
            self._journey.handle(KeyPressed(attempt.at(stamp_ns), name, source, stall))

    def _stamp(self, pressed: happen.KeyDown | happen.Press, now_ns: int) -> tuple[int, bool]:
        """When something was pressed, and whether that is uncertain (decided in the pupil's favour)."""
        if pressed.os_ns is not None:
            return min(pressed.at_ns, pressed.os_ns + _SERVER_STAMP_NS), False
        attempt = self._journey.attempt
        # The time alert makes no key late.
        coming = due(replace(attempt.machine, alerted=True)) if attempt is not None else None
        if attempt is None or coming is None or now_ns <= attempt.moment(coming.at) + LATE_NS:
            return pressed.at_ns, False
        return attempt.moment(coming.at - 1), True


def _skips_unseen(attempt: RunningAttempt, name: str, stamp_ns: int) -> bool:
    """Whether this is an Enter alone that would skip a question which has only just come: a second press of Next.

    Enter alone skips a question without a time limit. With a limit it does nothing, and the machine says so.
    """
    machine = attempt.machine
    step, shown = machine.step, machine.shown
    if name != ENTER or machine.typed or shown is None or not isinstance(step, Asking) or step.lasts is not None:
        return False
    return stamp_ns < attempt.moment(shown) + TOO_SOON_NS

"""The page of a check while a question or a pause is open: keys go to the answer, each with its own time stamp."""

from dataclasses import replace

from mtc_kiosk.check import events
from mtc_kiosk.check.deadline import due
from mtc_kiosk.check.keypress import ENTER
from mtc_kiosk.check.script import Asking, Pause
from mtc_kiosk.check.view import EndedView, PauseView
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.kiosk_state import KioskState
from mtc_kiosk.kiosk.flow.page import TOO_SOON_NS, FocusOn, Pressed
from mtc_kiosk.kiosk.flow.staff_chord import StaffChord
from mtc_kiosk.kiosk.flow.stage import AFTER_OUTCOME, shown
from mtc_kiosk.kiosk.input.events import KeyDown, Release
from mtc_kiosk.kiosk.view.controls import Button, Control, ScreenKey
from mtc_kiosk.kiosk.view.scene import Shown

LATE_NS = 20_000_000
"""If the loop wakes later than this after a deadline, its own stamps do not show which keys came in time."""

_SERVER_STAMP_NS = 1_000_000  # the window system stamps to the millisecond, rounding down


class CheckPage:
    """``chord`` knows which keys in a pause may be the end of a passcode."""

    def __init__(self, state: KioskState, chord: StaffChord) -> None:
        self._state, self._chord = state, chord

    def shown(self, now_ns: int) -> Shown:
        """The question or the pause, at this time."""
        view = self._attempt.view(now_ns)
        return shown(AFTER_OUTCOME[view.outcome], None) if isinstance(view, EndedView) else view

    def first_focus(self) -> Control | None:
        """Next, which some pauses offer."""
        return Button.NEXT if isinstance(self._attempt.machine.step, Pause) else None

    def press(self, control: Control, by: Pressed, now_ns: int) -> FocusOn | None:
        """Press a key of the pad, or Next."""
        attempt = self._attempt
        if isinstance(control, ScreenKey):
            self._key(attempt, control.name, by, now_ns)
        else:
            self._state.advance(events.Next(attempt.at(by.at_ns), by.source))
        return None

    def type(self, key: KeyDown, focus: Control | None, now_ns: int) -> FocusOn | None:
        """Take every key in a question or a pause, unless the pause offers Next."""
        attempt = self._attempt
        view = attempt.view(now_ns)
        if attempt.machine.question is None or (isinstance(view, PauseView) and view.next_button):
            return None
        self._key(attempt, key.name, key, now_ns)
        return FocusOn(focus)

    @property
    def _attempt(self) -> RunningAttempt:
        attempt = self._state.current.attempt
        assert attempt is not None, "the journey asks only while there is one"
        return attempt

    def _key(self, attempt: RunningAttempt, name: str, by: Pressed, now_ns: int) -> None:
        stamp_ns, is_doubtful = _stamp(attempt, by, now_ns)
        if self._chord.takes_key(attempt) and not _skips_unseen(attempt, name, stamp_ns):
            self._state.advance(events.KeyPressed(attempt.at(stamp_ns), name, by.source, is_doubtful))


def _stamp(attempt: RunningAttempt, pressed: Pressed, now_ns: int) -> tuple[int, bool]:
    """When something was pressed, and whether that is uncertain (decided in the pupil's favour)."""
    if not isinstance(pressed, Release) and pressed.os_ns is not None:
        return min(pressed.at_ns, pressed.os_ns + _SERVER_STAMP_NS), False
    coming = due(replace(attempt.machine, alerted=True))  # the time alert makes no key late
    if coming is None or now_ns <= attempt.moment(coming.at) + LATE_NS:
        return pressed.at_ns, False
    return attempt.moment(coming.at - 1), True


def _skips_unseen(attempt: RunningAttempt, name: str, stamp_ns: int) -> bool:
    """Whether this Enter would skip a question that has only just appeared, as a second press of Next does.

    Without a time limit, Enter alone skips a question. With a limit it does nothing; the machine decides that.
    """
    machine = attempt.machine
    step, shown_at = machine.step, machine.shown
    if name != ENTER or machine.typed or shown_at is None or not isinstance(step, Asking) or step.lasts is not None:
        return False
    return stamp_ns < attempt.moment(shown_at) + TOO_SOON_NS

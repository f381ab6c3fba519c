"""Commands from the console's room: carry on, hold, set aside, stop. The loop carries them out between two passes.

Each does what the same button of the staff menu does, except that "Carry on" never lets the clock go on by itself:
nobody in the room may be in front of this PC. It offers the pupil a page with one button, for a minute.
"""

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.hold_seq import HoldSeq
from mtc_kiosk.kiosk.flow.kiosk_state import KioskState, Offer
from mtc_kiosk.kiosk.flow.page import FocusOn, PlainPage, Pressed
from mtc_kiosk.kiosk.flow.room_port import ConsoleCommands
from mtc_kiosk.kiosk.flow.staff_commands import Result, bring_back, outcome
from mtc_kiosk.kiosk.flow.stage import READY
from mtc_kiosk.kiosk.staff.commands import CommandKind, StaffCommand
from mtc_kiosk.kiosk.view.controls import Button, Control
from mtc_kiosk.kiosk.view.scene import Shown
from mtc_kiosk.school.kiosk_command import OFFERED_FOR, CheckNow, CommandAnswer, KioskCommand, Order, Why

NOTED = "room"
OFFERED = "carry on offered"
_OFFERED_NS = int(OFFERED_FOR.total_seconds() * 1_000_000_000)


class ReadyPage(PlainPage):
    """The page on which the pupil presses "Carry on"; no control has the focus, so that a stray Enter presses none."""

    def __init__(self, state: KioskState) -> None:
        self._state = state

    def shown(self, now_ns: int) -> Shown:
        """One question, one button."""
        return READY

    def press(self, control: Control, by: Pressed, now_ns: int) -> FocusOn | None:
        """The pupil is there: the check goes on, as after the staff menu's "Carry on"."""
        if control is Button.RESUME and self._state.is_offered:
            outcome(self._state, StaffCommand(CommandKind.RESUME), by.at_ns)
            self._state.offer = None
        return None


class RoomCommands:
    """Takes the commands of the port; does nothing on a kiosk without a school."""

    def __init__(self, state: KioskState) -> None:
        self._state, self._port = state, state.setup.console

    def pass_time(self, now_ns: int) -> None:
        """Carry out the commands that came, and take back an offer that the pupil has not taken up."""
        offer = self._state.offer
        if offer is not None and (now_ns >= offer.until_ns or not self._state.is_offered):
            self._state.offer = None
        if self._port is not None:
            for command in self._port.news():
                self._take(self._port, command, now_ns)

    def _take(self, port: ConsoleCommands, command: KioskCommand, now_ns: int) -> None:
        if command.has_expired(port.now()):
            port.answer(command, CommandAnswer.EXPIRED, Why.LATE)
            return
        why = self._act(command, now_ns)
        port.answer(command, CommandAnswer.DONE if why is None else CommandAnswer.REFUSED, why)

    def _act(self, command: KioskCommand, now_ns: int) -> Why | None:
        """Carry out one command; why not, if it is refused."""
        state, attempt = self._state, self._state.attempt
        here = attempt if attempt is not None and attempt.id == command.attempt_id else None
        if state.staff.shown is not None:
            return Why.STAFF
        if command.is_over or (here is not None and here.over):
            if here is not None and not here.over and state.is_held:
                state.leave()  # a restart has ended it; the staff menu drops it from the screen, too
            return Why.ENDED
        if here is None:
            return self._of_set_aside(command, now_ns)
        return command.why_refused(here.now) or self._on_screen(here, command.order, now_ns)

    def _on_screen(self, attempt: RunningAttempt, order: Order, now_ns: int) -> Why | None:
        state = self._state
        match order:
            case Order.CARRY_ON:
                return self._offer(attempt, now_ns)
            case Order.HOLD:
                state.stays_held = attempt.id
                if attempt.machine.hold_asked is None:
                    state.advance(events.HoldAsked(attempt.at(now_ns), Cause.STAFF))
                return None
            case Order.STOP:
                kind = CommandKind.STOP
            case Order.SET_ASIDE:
                kind = CommandKind.SET_ASIDE
        if outcome(state, StaffCommand(kind, attempt.id), now_ns) is Result.LEFT:
            state.leave()
        return None

    def _offer(self, attempt: RunningAttempt, now_ns: int) -> Why | None:
        """Let the pupil carry on, once they press the button."""
        state = self._state
        if state.trouble is not None:
            return Why.DISK
        if not state.current.has_sound_for(state.current.arrangements):
            return Why.SOUND
        state.offer = Offer(attempt.now, now_ns + _OFFERED_NS)
        state.advance(events.Noted(attempt.at(now_ns), NOTED, OFFERED))
        return None

    def _of_set_aside(self, command: KioskCommand, now_ns: int) -> Why | None:
        """A check that is not on the screen. Reading it takes time, so that no pupil may be at the PC."""
        state = self._state
        if not state.is_free:
            return Why.BUSY
        check = self._stored(command.attempt_id)
        if check is None:
            return Why.UNREADABLE
        why = command.why_refused(check)
        if why is not None:
            return why
        if command.order is Order.STOP:
            outcome(state, StaffCommand(CommandKind.STOP, command.attempt_id), now_ns)
            return None
        attempt = bring_back(state, command.attempt_id)
        return self._offer(attempt, now_ns) if attempt is not None else Why.UNREADABLE

    def _stored(self, attempt_id: str) -> CheckNow | None:
        """A check of this kiosk that was set aside, from the journal; None if it cannot be read."""
        try:
            stored = self._state.journal.load_attempt(attempt_id)
        except Exception:  # whatever is wrong with its rows
            return None
        seq = HoldSeq()
        seq.follow(stored.facts)
        return seq.check(attempt_id, stored.last_run)

"""The kiosk's own pages around a check, from welcome to "again or leave", and the calm page over a fault."""

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.flow.kiosk_state import KioskState
from mtc_kiosk.kiosk.flow.page import FocusOn, PlainPage, Pressed
from mtc_kiosk.kiosk.flow.stage import FIRST_FOCUS, NEXT_STAGE, Stage, shown
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling
from mtc_kiosk.kiosk.view.scene import AgainView, Shown


class StagePages(PlainPage):
    """The state's ``stage`` says which is open. ``_chosen`` is the answer to "how was it" until it is sent."""

    def __init__(self, state: KioskState) -> None:
        self._state = state
        self._chosen: Feeling | None = None

    def shown(self, now_ns: int) -> Shown:
        """The page of this stage."""
        state = self._state
        if state.stage is Stage.AGAIN:
            # A pupil whose held check was taken up signs in again, to get their arrangements.
            known = state.sign_in is None or state.sign_in.has_somebody
            return AgainView(can_go_again=state.label is Kind.TRY and known)
        return shown(state.stage, self._chosen)

    def first_focus(self) -> Control | None:
        """The button of a page that has only one."""
        return FIRST_FOCUS.get(self._state.stage)

    def press(self, control: Control, by: Pressed, now_ns: int) -> FocusOn | None:
        """Press one of the five answers, or a button to the next page."""
        if isinstance(control, Feeling):
            self._chosen = control
        elif isinstance(control, Button) and (self._state.stage, control) in NEXT_STAGE:
            self._go(control)
        return None

    def _go(self, button: Button) -> None:
        state = self._state
        if button is Button.SEND:
            if self._chosen is None or state.attempt is None:
                return
            state.journal.keep_feedback(state.attempt.id, str(self._chosen), state.clock.wall_ms())
        match NEXT_STAGE[state.stage, button]:
            case Stage.CHECK:
                state.enter_new()
            case Stage.GONE:
                state.leave()
            case stage:
                state.stage, self._chosen = stage, None


class CoverPage(PlainPage):
    """The calm page, while the right page cannot be shown."""

    def __init__(self, state: KioskState) -> None:
        self._state = state

    def shown(self, now_ns: int) -> Shown:
        """The calm page that the guard has set."""
        assert self._state.cover is not None, "the journey asks only while there is one"
        return self._state.cover

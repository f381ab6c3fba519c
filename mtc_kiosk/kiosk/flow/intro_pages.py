"""The pages of a check without a question: what to expect, settings, who types, the keyboard, "the check now"."""

from mtc_kiosk.check import events
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import PageView
from mtc_kiosk.kiosk.flow.arrangement_pages import ArrangementPages
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.begin_gate import BeginGate
from mtc_kiosk.kiosk.flow.kiosk_state import KioskState
from mtc_kiosk.kiosk.flow.page import FocusOn, Pressed
from mtc_kiosk.kiosk.flow.text_entry import type_in_boxes
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.view.controls import Button, Control, ScreenKey
from mtc_kiosk.kiosk.view.scene import Shown

_WHILE_OPEN = "the journey asks only while a page is open"


class IntroPages:
    """``gate`` decides whether the check itself begins."""

    def __init__(self, state: KioskState, gate: BeginGate) -> None:
        self._state, self._gate = state, gate

    @property
    def changes(self) -> tuple[Button, ...]:
        """The buttons of the page on the screen that lead to colours and size, in "try it out"."""
        page, pages = self._state.current.page, self._state.current.pages
        return pages.changes(page) if page is not None and pages is not None else ()

    @property
    def may_back_out(self) -> bool:
        """Whether the pupil who signed in here may still press "This is not me"."""
        state = self._state
        somebody = state.sign_in is not None and state.sign_in.has_somebody
        return somebody and state.current.page is not None and state.current.may_back_out

    def shown(self, now_ns: int) -> Shown:
        """The page, as the pupil's arrangements change it."""
        attempt, pages = self._state.current.attempt, self._state.current.pages
        assert attempt is not None, _WHILE_OPEN
        view = attempt.view(now_ns)
        return pages.shown(view) if isinstance(view, PageView) and pages is not None else view

    def first_focus(self) -> Control | None:
        """The first focus that the pupil's arrangements give the page."""
        _, pages, page = self._open
        return pages.first_focus(page)

    def press(self, control: Control, by: Pressed, now_ns: int) -> FocusOn | None:
        """Press a box, a choice or a button, or a letter on the screen."""
        attempt, pages, page = self._open
        if isinstance(control, ScreenKey):
            if page is not Page.ASSISTANT:
                return None
            pages.press_screen(control.name)
            return FocusOn(self.first_focus())
        if control is Button.NOT_ME and self.may_back_out:
            self._back_out(attempt, by)
            return None
        event = self._state.current.act(control, by.source, by.at_ns)
        if self._gate.lets(event, by.at_ns) and event is not None:
            self._state.advance(event)
        return None

    def type(self, key: KeyDown, focus: Control | None, now_ns: int) -> FocusOn | None:
        """Take a letter of a name, or the key that "find your keyboard" waits for."""
        _, pages, page = self._open
        if page is Page.KEYBOARD and pages.find_keyboard(key.name):
            return FocusOn(focus)
        return type_in_boxes(pages, key, focus, now_ns) if page is Page.ASSISTANT else None

    @property
    def _open(self) -> tuple[RunningAttempt, ArrangementPages, Page]:
        current = self._state.current
        attempt, pages, page = current.attempt, current.pages, current.page
        assert attempt is not None, _WHILE_OPEN
        assert pages is not None, "they come with the attempt"
        assert page is not None, _WHILE_OPEN
        return attempt, pages, page

    def _back_out(self, attempt: RunningAttempt, by: Pressed) -> None:
        self._state.advance(events.BackedOut(attempt.at(by.at_ns), by.source))
        if attempt.over:  # not so while a device is away; the attempt would stay unfinished
            self._state.leave()

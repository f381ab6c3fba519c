"""The page on the screen: since when it is open, and which presses came too soon to be meant for it.

The second click of a double click must not act on the page that the first has opened. Text entry and the check's own
keys never wait.
"""

from mtc_kiosk.check.view import PauseView, QuestionView
from mtc_kiosk.kiosk.flow.journey import Journey
from mtc_kiosk.kiosk.flow.page import TOO_SOON_NS
from mtc_kiosk.kiosk.view.controls import Control, Field, ScreenKey
from mtc_kiosk.kiosk.view.scene import KeyboardView, Shown, StaffView


class OpenPage:
    """The page drawn last. It stays the same page while only its content changes (a choice, a letter, the focus)."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._page: object = None
        self._flipped_ns: int | None = None

    def turn(self, shown: Shown) -> bool:
        """Note what is about to be drawn; True if it is another page."""
        page = self._identity(shown)
        if page == self._page:
            return False
        self._page, self._flipped_ns = page, None
        return True

    def flipped(self, now_ns: int) -> None:
        """Note the time of a page's first flip."""
        if self._flipped_ns is None:
            self._flipped_ns = now_ns

    def takes(self, control: Control, began_ns: int, now_ns: int) -> bool:
        """Whether a press that began at ``began_ns`` may act on a control of this page.

        Never if the page has turned since the last flip: the pressed control is no longer there. For the Next button of
        a pause the machine itself waits.
        """
        if isinstance(control, ScreenKey | Field):
            return True
        shown = self._journey.on_screen.shown(now_ns)
        if self._flipped_ns is None or self._identity(shown) != self._page:
            return False
        return isinstance(shown, PauseView | QuestionView) or began_ns >= self._flipped_ns + TOO_SOON_NS

    def _identity(self, shown: Shown) -> object:
        state = self._journey.state
        attempt = state.attempt
        return (
            type(shown),
            state.stage,
            attempt and (attempt.id, attempt.machine.cursor),
            _opens(shown),
        )


def _opens(shown: Shown) -> bool:
    """Whether the awaited key or passcode has come, which gives the page other controls."""
    match shown:
        case KeyboardView(key_pressed=pressed):
            return pressed
        case StaffView(passcode_digits=digits):
            return digits is None
        case _:
            return False

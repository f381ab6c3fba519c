"""The page on the screen: which one it is, since when, and which presses came too soon to be meant for it.

A double click must not act on the page that its first half brings. Text entry and the check's own keys never wait.
"""

from mtc_kiosk.check.view import PauseView, QuestionView
from mtc_kiosk.kiosk.flow.journey import Journey
from mtc_kiosk.kiosk.flow.page import TOO_SOON_NS
from mtc_kiosk.kiosk.view.controls import Control, Field, ScreenKey
from mtc_kiosk.kiosk.view.scene import KeyboardView, Shown, StaffView


class OpenPage:
    """The page that was drawn last. A page whose content merely changes (a choice, a letter, the focus) is the same."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey
        self._page: object = None
        self._flipped_ns: int | None = None

    def turn(self, shown: Shown) -> bool:
        """Take note of what is about to be drawn; whether it is another page."""
        page = self._identity(shown)
        if page == self._page:
            return False
        self._page, self._flipped_ns = page, None
        return True

    def flipped(self, now_ns: int) -> None:
        """The flip has returned; the first one of a page counts."""
        if self._flipped_ns is None:
            self._flipped_ns = now_ns

    def takes(self, control: Control, began_ns: int, now_ns: int) -> bool:
        """Whether a press that began at ``began_ns`` may act on a control of this page.

        Never where the page has turned since the last flip: what was pressed is no longer there. The Next button of a
        pause has the machine's own wait.
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
    """Whether what was waited for has come, and the page has other controls: any key, the passcode."""
    match shown:
        case KeyboardView(key_pressed=pressed):
            return pressed
        case StaffView(passcode_digits=digits):
            return digits is None
        case _:
            return False

"""The staff page over a held check: a passcode where one is set, then what staff may do.

Guessing is slowed: after five wrong tries the page takes no more for 30 seconds. It knows nothing of how a passcode is
kept; it is handed a function that says whether one matches.
"""

from collections.abc import Callable

from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.happenings import KeyDown
from mtc_kiosk.kiosk.scene import StaffView

TRIES = 5
WAIT_NS = 30_000_000_000
LONGEST_PASSCODE = 64


class StaffDesk:
    """What of the staff page is open. ``shown`` is None while it is not."""

    def __init__(self, matches: Callable[[str], bool] | None) -> None:
        self.shown: StaffView | None = None
        self._matches = matches
        self._typed = ""
        self._why = ""
        self._wrong = 0
        self._wait_until_ns = 0

    @property
    def locked(self) -> bool:
        """Whether the page still asks for the passcode."""
        return self.shown is not None and self.shown.passcode_digits is not None

    def open(self, why: str, *, can_resume: bool) -> None:
        """Staff held the chord. Without a passcode the held page itself offers what staff may do.

        ``why`` is what they are told behind the passcode.
        """
        if self._matches is not None and self.shown is None:
            self._typed, self._why = "", why
            self.shown = StaffView(0, "", can_resume)

    def close(self) -> None:
        """Back to what was on the screen before."""
        self.shown = None
        self._typed = ""

    def key(self, key: KeyDown, now_ns: int) -> None:
        """A key on the staff page while it asks for the passcode."""
        if not self.locked or self.shown is None or self._matches is None:
            return
        if key.name == "Escape":
            self.close()
        elif key.name == "Enter":
            self._try(self._matches, now_ns, can_resume=self.shown.can_resume)
        else:
            if key.name in ("Backspace", "Delete"):
                self._typed = self._typed[:-1]
            elif key.text.isprintable() and len(self._typed) < LONGEST_PASSCODE:
                self._typed += key.text
            self.shown = StaffView(len(self._typed), "", self.shown.can_resume)

    def _try(self, matches: Callable[[str], bool], now_ns: int, *, can_resume: bool) -> None:
        typed, self._typed = self._typed, ""
        if now_ns < self._wait_until_ns:
            self.shown = StaffView(0, words.TOO_MANY_TRIES, can_resume)
        elif matches(typed):
            self._wrong = 0
            self.shown = StaffView(None, self._why, can_resume)
        else:
            self._wrong += 1
            if self._wrong % TRIES == 0:
                self._wait_until_ns = now_ns + WAIT_NS
            self.shown = StaffView(0, words.WRONG_PASSCODE, can_resume)

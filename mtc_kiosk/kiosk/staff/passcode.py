"""The staff page over a held check: the passcode if one is set, then what staff may do.

Guessing is slowed down: the fifth wrong try costs 30 seconds, each further one twice as long, up to five minutes, until
the right one. The monotonic clock measures the wait, and it begins anew when the kiosk starts: neither a restart nor
setting the PC's clock shortens it.
"""

from collections.abc import Callable

from mtc_kiosk.config.passcode import LONGEST_PASSCODE
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.input.typed import character
from mtc_kiosk.kiosk.staff.port import Guesses
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.scene import StaffView

TRIES = 5
WAIT_NS = 30_000_000_000
LONGEST_WAIT_NS = 300_000_000_000


def wait_after(wrong: int) -> int:
    """How long the page accepts no try after so many wrong ones (ns)."""
    if wrong < TRIES:
        return 0
    return min(WAIT_NS << min(wrong - TRIES, 10), LONGEST_WAIT_NS)


class PasscodePage:
    """The state of the staff page; ``shown`` is None while it is closed.

    ``guesses`` stores wrong tries; ``now_ns`` is when the kiosk started.
    """

    def __init__(self, matches: Callable[[str], bool] | None, guesses: Guesses | None = None, now_ns: int = 0) -> None:
        self.shown: StaffView | None = None
        self._matches, self._guesses = matches, guesses
        self._typed = ""
        self._why: tuple[str, ...] = ()
        self._always: tuple[str, ...] = ()
        self._wrong = guesses.count() if guesses is not None else 0
        self._wait_until_ns = now_ns + wait_after(self._wrong)

    @property
    def locked(self) -> bool:
        """Whether the page still asks for the passcode."""
        return self.shown is not None and self.shown.passcode_digits is not None

    def open(self, why: tuple[str, ...], *, can_resume: bool, always: tuple[str, ...] = ()) -> None:
        """Staff held the chord: open the page. Without a passcode it stays closed, as the held page offers the choices.

        ``why`` is shown after the passcode. ``always`` is shown until then, also beside "wrong passcode": over a
        running check, a pupil who opened the page must read how to go on.
        """
        if self._matches is not None and self.shown is None:
            self._typed, self._why, self._always = "", why, always
            self.shown = StaffView(0, always, can_resume)

    def follow(self, why: tuple[str, ...], *, can_resume: bool) -> bool:
        """Update whether the check can go on, and why not; True if that is new."""
        if self.shown is None or (why, can_resume) == (self._why, self.shown.can_resume):
            return False
        self._why = why
        self.shown = StaffView(self.shown.passcode_digits, self.shown.sentences if self.locked else why, can_resume)
        return True

    def close(self) -> None:
        """Close the page."""
        self.shown = None
        self._typed = ""

    def key(self, key: KeyDown, now_ns: int) -> None:
        """Type a key of the passcode. Enter without any is not a try."""
        if not self.locked or self.shown is None or self._matches is None:
            return
        if key.name == "Escape":
            self.close()
        elif key.name == "Enter":
            if self._typed:
                self._try(self._matches, now_ns, can_resume=self.shown.can_resume)
        else:
            if key.name in ("Backspace", "Delete"):
                self._typed = self._typed[:-1]
            elif len(self._typed) < LONGEST_PASSCODE:
                self._typed += character(key)
            self.shown = StaffView(len(self._typed), self._always, self.shown.can_resume)

    def _try(self, matches: Callable[[str], bool], now_ns: int, *, can_resume: bool) -> None:
        typed, self._typed = self._typed, ""
        if now_ns < self._wait_until_ns:
            left = -((now_ns - self._wait_until_ns) // 1_000_000_000)
            self.shown = self._refused(staff_words.too_many_tries(left), can_resume=can_resume)
        elif matches(typed):
            if self._wrong and self._guesses is not None:
                self._guesses.right()
            self._wrong = 0
            self.shown = StaffView(None, self._why, can_resume)
        else:
            self._wrong += 1
            wait_ns = wait_after(self._wrong)
            self._wait_until_ns = now_ns + wait_ns
            seconds = wait_ns // 1_000_000_000
            if self._guesses is not None:
                self._guesses.wrong(self._wrong, seconds)
            said = staff_words.too_many_tries(seconds) if seconds else staff_words.WRONG_PASSCODE
            self.shown = self._refused(said, can_resume=can_resume)

    def _refused(self, said: str, *, can_resume: bool) -> StaffView:
        return StaffView(0, (said, *self._always), can_resume)

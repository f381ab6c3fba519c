"""Keys held for long: Ctrl+Shift+F12 for staff, and Escape to leave if no passcode is set."""

from dataclasses import dataclass

from mtc_kiosk.kiosk.input.events import KeyDown, KeyUp

STAFF_NS = 3_000_000_000
LEAVE_NS = 2_000_000_000
_STAFF_CHORD = "Ctrl+F12"  # and Shift, which a key's name does not carry
_LEAVE_KEY = "Escape"


@dataclass(frozen=True)
class _Hold:
    code: int
    name: str
    until_ns: int


class LongPress:
    """Tracks one long press, and when it has lasted long enough."""

    def __init__(self) -> None:
        self._hold: _Hold | None = None

    def down(self, key: KeyDown) -> None:
        """A key went down: it begins a long press, or ends the one under way."""
        self._hold = None
        if key.name == _STAFF_CHORD and key.shift:
            self._hold = _Hold(key.code, "staff", key.at_ns + STAFF_NS)
        elif key.name == _LEAVE_KEY:
            self._hold = _Hold(key.code, "leave", key.at_ns + LEAVE_NS)

    def up(self, key: KeyUp) -> None:
        """A key came up. Any release ends the long press: a chord is held as a whole."""
        if self._hold is not None:
            self._hold = None

    def let_go(self) -> None:
        """Drop the press: another window has the keyboard."""
        self._hold = None

    def wake_ns(self) -> int | None:
        """When the long press will have lasted long enough."""
        return self._hold.until_ns if self._hold is not None else None

    def lasted(self, now_ns: int) -> str | None:
        """``staff`` or ``leave``, once, when the press has lasted."""
        if self._hold is None or now_ns < self._hold.until_ns:
            return None
        name, self._hold = self._hold.name, None
        return name

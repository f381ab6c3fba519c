"""What the pupil's hands are doing on a page: which control has the focus, which is pressed, and by what.

Buttons act on release inside the button that was pressed; keys of the on-screen pad act on press. Nothing begun on one
page acts on the next: ``turn_page`` lets go of everything.
"""

from collections.abc import Sequence

from mtc_kiosk.kiosk.happenings import KeyDown, Press, Release
from mtc_kiosk.kiosk.marks import Mark, controls, hit

PAD = "key:"
_ONWARD = frozenset({"Tab", "Right", "Down"})
_BACK = frozenset({"Left", "Up"})
_ACT = frozenset({"Enter", "Space"})


class Hands:
    """Focus and presses on the page that was last drawn."""

    def __init__(self) -> None:
        self.focus: str | None = None
        self._pressed: dict[int, str] = {}

    @property
    def pressed(self) -> frozenset[str]:
        """The controls that are down now."""
        return frozenset(self._pressed.values())

    def turn_page(self, focus: str | None) -> None:
        """A new page: nothing is pressed, and this control has the focus."""
        self.focus = focus
        self._pressed.clear()

    def press(self, press: Press, marks: Sequence[Mark]) -> str | None:
        """Something went down: the pad key that acts now, or None."""
        control = hit(marks, press.x, press.y)
        if control is None:
            return None
        self._pressed[press.finger] = control
        if control.startswith(PAD):
            return control
        self.focus = control
        return None

    def release(self, release: Release, marks: Sequence[Mark]) -> str | None:
        """It came up: the button that acts now, or None."""
        control = self._pressed.pop(release.finger, None)
        if control is None or control.startswith(PAD):
            return None
        return control if hit(marks, release.x, release.y) == control else None

    def key(self, key: KeyDown, marks: Sequence[Mark]) -> str | None:
        """A key on a page: it moves the focus, or gives the control that acts now."""
        reachable = controls(marks)
        if key.name in _ACT:
            return self.focus if self.focus in reachable else None
        if reachable and (key.name in _ONWARD or key.name in _BACK):
            back = key.name in _BACK or key.shift
            place = reachable.index(self.focus) if self.focus in reachable else (0 if back else -1)
            self.focus = reachable[(place + (-1 if back else 1)) % len(reachable)]
        return None

"""The state of a page's controls: which has the focus, which is pressed, and by what.

Buttons act on release inside the button that was pressed; keys of the on-screen pad act on press. A press begun on one
page never acts on the next: ``turn_page`` drops all presses, and ``Takes`` says which presses came too soon.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mtc_kiosk.kiosk.drawing.marks import Mark, controls, hit
from mtc_kiosk.kiosk.input.events import KeyDown, Press, Release
from mtc_kiosk.kiosk.view.controls import Control, ScreenKey

_ONWARD = frozenset({"Tab", "Right", "Down"})
_BACK = frozenset({"Left", "Up"})
_ACT = frozenset({"Enter", "Space"})

Takes = Callable[[Control, int], bool]
"""Whether a control takes a press that began at this moment (ns)."""


@dataclass(frozen=True)
class _Down:
    control: Control
    began_ns: int


class PageFocus:
    """Focus and presses on the page that was last drawn."""

    def __init__(self) -> None:
        self.focus: Control | None = None
        self._pressed: dict[int, _Down] = {}

    @property
    def pressed(self) -> frozenset[Control]:
        """The controls that are down now."""
        return frozenset(down.control for down in self._pressed.values())

    def turn_page(self, focus: Control | None) -> None:
        """Start a new page: nothing is pressed, and this control has the focus."""
        self.focus = focus
        self._pressed.clear()

    def let_go(self) -> None:
        """Drop all presses because the layout has changed. The focus stays."""
        self._pressed.clear()

    def press(self, press: Press, marks: Sequence[Mark], takes: Takes) -> ScreenKey | None:
        """A press on the page: the pad key that acts now, or None."""
        control = hit(marks, press.x, press.y)
        if control is None or not takes(control, press.began_ns):
            return None
        self._pressed[press.finger] = _Down(control, press.began_ns)
        if isinstance(control, ScreenKey):
            return control
        self.focus = control
        return None

    def release(self, release: Release, marks: Sequence[Mark], takes: Takes) -> Control | None:
        """A release on the page: the button that acts now, or None."""
        down = self._pressed.pop(release.finger, None)
        if down is None or isinstance(down.control, ScreenKey) or hit(marks, release.x, release.y) != down.control:
            return None
        return down.control if takes(down.control, down.began_ns) else None

    def key(self, key: KeyDown, marks: Sequence[Mark], takes: Takes) -> Control | None:
        """A key on a page: move the focus, or return the control that acts now."""
        reachable = controls(marks)
        if key.name in _ACT:
            return self.focus if self.focus in reachable and takes(self.focus, key.began_ns) else None
        if reachable and (key.name in _ONWARD or key.name in _BACK):
            back = key.name in _BACK or key.shift
            place = reachable.index(self.focus) if self.focus in reachable else (0 if back else -1)
            self.focus = reachable[(place + (-1 if back else 1)) % len(reachable)]
        return None

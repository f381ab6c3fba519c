"""The pages on which a pupil chooses size and colours: before "is this you?", from the settings, in "try it out".

The page is its own preview: what is chosen is what it looks like. It knows neither who the pupil is nor where the
choice is kept.
"""

from dataclasses import replace

from mtc_kiosk.check.arrangements import Colours, Look, Size
from mtc_kiosk.kiosk.view.controls import Button, Control
from mtc_kiosk.kiosk.view.scene import ColoursView, SizeView


class LookPages:
    """What may be chosen, what is, and which of the pages is open."""

    def __init__(self, look: Look, *, colours: bool, size: bool) -> None:
        self.look = look
        self._may = {Button.SIZE: size, Button.COLOURS: colours}
        self._open: Button | None = None

    @property
    def any(self) -> bool:
        """Whether there is anything to choose."""
        return any(self._may.values())

    @property
    def shown(self) -> ColoursView | SizeView | None:
        """The page that is open."""
        match self._open:
            case Button.COLOURS:
                return ColoursView(self.look.colours or Colours.BOW)
            case Button.SIZE:
                return SizeView(self.look.size)
            case _:
                return None

    def first_focus(self) -> Control | None:
        """On the choice as it is."""
        match self._open:
            case Button.COLOURS:
                return self.look.colours or Colours.BOW
            case Button.SIZE:
                return self.look.size
            case _:
                return None

    def open(self, page: Button) -> None:
        """Go to one of the pages, where that may be chosen."""
        if self._may.get(page, False):
            self._open = page

    def open_first(self) -> None:
        """Go to the first page there is: size before colours (docs/reference/pupil-client.md, "Screens")."""
        self._open = next((page for page, may in self._may.items() if may), None)

    def open_next(self) -> bool:
        """Go to the page behind the one that is open; whether there is one."""
        pages = [page for page, may in self._may.items() if may]
        behind = pages[pages.index(self._open) + 1 :] if self._open in pages else []
        self._open = behind[0] if behind else None
        return self._open is not None

    def close(self) -> None:
        """Back to where the pupil was; the choice holds."""
        self._open = None

    def choose(self, choice: Colours | Size) -> None:
        """A choice on the open page."""
        if isinstance(choice, Colours) and self._may[Button.COLOURS]:
            self.look = replace(self.look, colours=choice)
        elif isinstance(choice, Size) and self._may[Button.SIZE]:
            self.look = replace(self.look, size=choice)

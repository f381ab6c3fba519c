"""The pages on which a pupil chooses size and colours: before "is this you?", from the settings, in "try it out".

Each page previews the choice by wearing it. This module knows neither the pupil nor where the choice is stored.
"""

from dataclasses import replace

from mtc_kiosk.check.arrangements import Colours, Look, Size
from mtc_kiosk.kiosk.view.controls import Button, Control
from mtc_kiosk.kiosk.view.scene import ColoursView, SizeView


class LookPages:
    """What may be chosen, what has been, and which page is open."""

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
        """The present choice."""
        match self._open:
            case Button.COLOURS:
                return self.look.colours or Colours.BOW
            case Button.SIZE:
                return self.look.size
            case _:
                return None

    def open(self, page: Button) -> None:
        """Open one of the pages, if the pupil may choose there."""
        if self._may.get(page, False):
            self._open = page

    def open_first(self) -> None:
        """Open the first page: size before colours (docs/reference/pupil-client.md, "Screens")."""
        self._open = next((page for page, may in self._may.items() if may), None)

    def open_next(self) -> bool:
        """Open the next page; False if there is none."""
        pages = [page for page, may in self._may.items() if may]
        behind = pages[pages.index(self._open) + 1 :] if self._open in pages else []
        self._open = behind[0] if behind else None
        return self._open is not None

    def close(self) -> None:
        """Close the page and keep the choice."""
        self._open = None

    def choose(self, choice: Colours | Size) -> None:
        """Choose on the open page."""
        if isinstance(choice, Colours) and self._may[Button.COLOURS]:
            self.look = replace(self.look, colours=choice)
        elif isinstance(choice, Size) and self._may[Button.SIZE]:
            self.look = replace(self.look, size=choice)

"""Whether a second screen keeps checks from beginning: a desktop beside the check, or a room that reads along.

It counts nothing itself: the window knows the displays.
"""

from collections.abc import Callable, Sequence

SENTENCE = (
    "A second screen is connected, so no pupil signs in. Disconnect it, or allow it with lockdown.allow_second_display"
    " in kiosk.yaml."
)


class SecondScreen:
    """Looks each time it is asked; ``tell`` hands staff a sentence once for each time that one is found."""

    def __init__(self, displays: Callable[[], int], *, allowed: bool, tell: Callable[[Sequence[str]], None]) -> None:
        self._displays, self._allowed, self._tell = displays, allowed, tell
        self._told = False

    def in_the_way(self) -> bool:
        """Whether there is one that is not allowed."""
        found = not self._allowed and self._displays() > 1
        if found and not self._told:
            self._tell((SENTENCE,))
        self._told = found
        return found

"""Whether a second screen prevents checks from beginning: a desktop beside the check, or a room that can read along."""

from collections.abc import Callable

from mtc_kiosk.kiosk.system.staff_log import TellStaff

SENTENCE = (
    "A second screen is connected, so no pupil signs in. Disconnect it, or allow it with lockdown.allow_second_display"
    " in kiosk.yaml."
)


class SecondScreen:
    """Checks each time it is called; ``tell`` gets a sentence for staff once each time one is found."""

    def __init__(self, displays: Callable[[], int], *, allowed: bool, tell: TellStaff) -> None:
        self._displays, self._allowed, self._tell = displays, allowed, tell
        self._reported = False

    def in_the_way(self) -> bool:
        """Whether there is a second screen that is not allowed."""
        found = not self._allowed and self._displays() > 1
        if found and not self._reported:
            self._tell((SENTENCE,))
        self._reported = found
        return found

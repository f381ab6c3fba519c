"""When an enrolled kiosk delivers again: at once where something came through, ever later where nothing does.

Values only, so that a test can go through hours.
"""

import random

DELIVERS_AGAIN_S, LONGEST_DELIVERY_S, LOOKS_EVERY_S = 1.0, 60.0, 30.0
"""When to deliver again after a first failure, and at most; and how often to look although nothing is known to wait."""


def pause_s(failures: int, soonest: float, longest: float, chance: random.Random) -> float:
    """How long to wait after so many failures in a row: twice as long each time, and never all kiosks at once."""
    most = min(longest, soonest * (1 << min(failures - 1, 10)))
    return most * (0.5 + chance.random() / 2)


class DeliveryPace:
    """The pauses between deliveries, one after another."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._failures = chance, 0

    def after(self, delivered: int, *, is_left: bool, again_s: float | None = None) -> float:
        """How many seconds to wait after a delivery. ``is_left``: something still waits, whatever stopped it.

        The count of failures begins anew as soon as one record came through, and where the desk is there and said
        after how many seconds it has room (``again_s``).
        """
        if not is_left:
            self._failures = 0
            return LOOKS_EVERY_S
        self._failures = 1 if delivered else self._failures + 1
        if again_s is not None:
            self._failures = min(self._failures, 1)
            return again_s
        return pause_s(self._failures, DELIVERS_AGAIN_S, LONGEST_DELIVERY_S, self._chance)

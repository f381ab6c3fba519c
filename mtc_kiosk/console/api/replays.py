"""Which requests were taken already: each number of each start of each kiosk is taken once.

A request names the start of the desk for which it was signed, so nothing is remembered past that: after the console's
restart, or when too much would have to be remembered, every kiosk greets the desk again.
"""

import secrets
import threading
from collections import defaultdict
from enum import Enum

WIDTH = 4096
"""How far a number may be behind the highest one: two threads of a kiosk send at once, and a network reorders."""

MOST_STARTS = 1000
"""How many starts of one kiosk are remembered: each command that a kiosk PC runs is one."""


class Fate(Enum):
    """What becomes of a request with a number."""

    TAKEN = "taken"
    REPLAYED = "replayed"
    GREET_AGAIN = "greet_again"


class Numbers:
    """The numbers of one start of a kiosk that were taken: the highest, and which of those below it."""

    def __init__(self) -> None:
        self._highest, self._below = 0, 0

    def take(self, number: int) -> bool:
        """Take a number; False if it was taken before, or is too far behind to know."""
        ahead = number - self._highest
        if ahead > 0:
            self._below = (self._below << ahead | 1) & ((1 << WIDTH) - 1) if ahead < WIDTH else 1
            self._highest = number
            return True
        if -ahead >= WIDTH:
            return False
        bit = 1 << -ahead
        if self._below & bit:
            return False
        self._below |= bit
        return True


class Replays:
    """Every number that was taken since ``boot``, which is new at each start of the desk."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: defaultdict[int, dict[str, Numbers]] = defaultdict(dict)
        self.boot = secrets.token_hex(16)

    def take(self, boot: str, kiosk: int, kiosk_boot: str, number: int) -> Fate:
        """Take a request of a kiosk that was signed for this start of the desk."""
        with self._lock:
            if boot != self.boot:
                return Fate.GREET_AGAIN
            starts = self._taken[kiosk]
            if kiosk_boot not in starts and len(starts) >= MOST_STARTS:
                self._taken.clear()
                self.boot = secrets.token_hex(16)
                return Fate.GREET_AGAIN
            return Fate.TAKEN if starts.setdefault(kiosk_boot, Numbers()).take(number) else Fate.REPLAYED

"""How much one kiosk, one address and all kiosks together may ask, so that pages are answered whatever they ask."""

import contextlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator

FIRST_GUESS_S, LATEST_COUNTS = 0.03, 0.1
"""How long a turn takes as long as none was seen, and by how much each one changes that."""

SOONER = 0.7
"""Of a turn, how much later each comes again than the one before: who comes early waits, and the lane is never idle."""

LONGEST_AGAIN_S = 30.0
"""After how many seconds at the latest somebody who was sent away may come again."""


class Rate:
    """So many requests a second of each, ``burst`` of them at once. ``clock`` counts seconds."""

    def __init__(self, a_second: float, burst: int, most_known: int, clock: Callable[[], float]) -> None:
        self._a_second, self._burst, self._most_known, self._clock = a_second, burst, most_known, clock
        self._lock = threading.Lock()
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, who: Hashable) -> bool:
        """Count a request; False if it is one too many."""
        with self._lock:
            now = self._clock()
            left, since = self._left.pop(who, (float(self._burst), now))
            left = min(float(self._burst), left + (now - since) * self._a_second)
            may = left >= 1
            self._left[who] = (left - 1 if may else left, now)
            while len(self._left) > self._most_known:
                self._left.popitem(last=False)
            return may


class TooMany(Exception):
    """As many wait for the same thing as may; there will be room in ``again_s``."""

    def __init__(self, again_s: float) -> None:
        super().__init__()
        self.again_s = again_s


class Lane:
    """Long work, ``at_once`` at a time, for which so many may wait: each waits on a thread, and others need threads.

    Whoever is sent away learns when to come again: each somewhat less than a turn after the one before, so that
    however many come, they come one after another and the lane is never idle. ``clock`` counts seconds.
    """

    def __init__(self, waiting: int, at_once: int = 1, clock: Callable[[], float] = time.monotonic) -> None:
        self._waiting, self._at_once, self._clock = waiting, at_once, clock
        self._places, self._turns = threading.BoundedSemaphore(at_once + waiting), threading.Semaphore(at_once)
        self._lock = threading.Lock()
        self._takes_s, self._promised = FIRST_GUESS_S, 0.0

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, which lasts until the end of the block; TooMany at once."""
        if not self._places.acquire(blocking=False):
            raise TooMany(self._room_in_s())
        try:
            with self._turns:
                began = self._clock()
                yield
                self._note(self._clock() - began)
        finally:
            self._places.release()

    def _note(self, took_s: float) -> None:
        """Work out anew how long a turn takes, most of all by the last ones."""
        with self._lock:
            self._takes_s += (took_s - self._takes_s) * LATEST_COUNTS

    def _room_in_s(self) -> float:
        """After how many seconds to come again: when those before have had their turns."""
        with self._lock:
            now, takes_s = self._clock(), self._takes_s / self._at_once
            self._promised = max(self._promised, now + takes_s * self._waiting) + takes_s * SOONER
            return min(self._promised - now, LONGEST_AGAIN_S)

"""How much one kiosk, one address and all kiosks together may ask, so that pages are answered whatever they ask."""

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator


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
    """As many wait for the same thing as may."""


class Lane:
    """Long work, one at a time, for which so many may wait: each waits on a thread, and others need threads too."""

    def __init__(self, waiting: int) -> None:
        self._places = threading.BoundedSemaphore(1 + waiting)
        self._turn = threading.Lock()

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, which lasts until the end of the block; TooMany at once."""
        if not self._places.acquire(blocking=False):
            raise TooMany
        try:
            with self._turn:
                yield
        finally:
            self._places.release()

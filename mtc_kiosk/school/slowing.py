"""How guessing is slowed down: the first wrong tries are free, each one after that costs a longer wait, up to a bound.

Nobody is ever locked out: a pupil could otherwise lock out a classmate, or a teacher. The caller keeps the tries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

Moment = TypeVar("Moment", datetime, timedelta)
"""When something was tried: on the wall clock, or since some moment by a clock that cannot be set."""

_SECOND = timedelta(seconds=1)
_MOST_DOUBLINGS = 20


@dataclass(frozen=True)
class Slowing:
    """The numbers of one kind of try.

    ``free`` wrong tries cost nothing; the next costs ``first``, each further one twice as long, at most ``longest``. A
    try is forgotten after ``forgotten``.
    """

    free: int
    first: timedelta
    longest: timedelta
    forgotten: timedelta

    def counted(self, wrong_at: Iterable[Moment], now: Moment) -> list[Moment]:
        """The tries that still count. One from the future (the clock was put back) does not."""
        return [at for at in wrong_at if timedelta(0) <= now - at < self.forgotten]

    def seconds_to_wait(self, wrong_at: Iterable[Moment], now: Moment) -> int:
        """The whole seconds, rounded up, until the next try is allowed; 0 if it is allowed now."""
        counted = self.counted(wrong_at, now)
        beyond = len(counted) - self.free
        if beyond <= 0:
            return 0
        wait = min(self.first * (1 << min(beyond - 1, _MOST_DOUBLINGS)), self.longest)
        left = max(counted) + wait - now
        return max(0, -(-left // _SECOND))

"""How guessing at sign-in is slowed: how long somebody waits who was wrong several times. It keeps no tries itself.

Children mistype: the first tries cost nothing. The same rule is asked of a kiosk and of a pupil whose PIN is tried.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

FREE_TRIES = 4
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(minutes=10)
_SECOND = timedelta(seconds=1)


def seconds_to_wait(wrong_at: Iterable[datetime], now: datetime) -> int:
    """How many whole seconds, rounded up, must pass before the next try; 0 where it may come at once.

    ``wrong_at`` are the wrong tries since the last right one. The fifth costs 5 seconds, each after it twice as many,
    up to a minute. A try is forgotten after ten minutes; one from the future (the clock was put back) says nothing.
    """
    counted = [at for at in wrong_at if timedelta(0) <= now - at < FORGOTTEN_AFTER]
    beyond = len(counted) - FREE_TRIES
    if beyond <= 0:
        return 0
    wait = min(FIRST_WAIT * (1 << min(beyond - 1, 4)), LONGEST_WAIT)
    left = max(counted) + wait - now
    return max(0, -(-left // _SECOND))

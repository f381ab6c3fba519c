"""What a pupil signs in with, the password of the day and a PIN, and how guessing them is slowed down.

It knows no sessions and keeps no tries. Source: docs/reference/school-side.md, "Password and PIN".
"""

import random
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import product

from mtc_kiosk.school.obstacle import ObstacleCode, refuse

DIGITS = "23456789"
"""No 0 and no 1: they look like letters."""

PAIRS = tuple(a + b for a in DIGITS for b in DIGITS if a + b not in {"69", "88"})
"""Two pairs mean something to older children, and a password stands on the board."""

LENGTH = 4
EVERY_PIN = tuple("".join(digits) for digits in product(DIGITS, repeat=LENGTH))


def draw_pins(chance: random.Random, count: int, taken: Collection[str]) -> list[str]:
    """So many PINs, all different and none of them taken; Refused where there are not so many left of the 4,096."""
    free = [pin for pin in EVERY_PIN if pin not in taken]
    if count > len(free):
        raise refuse(ObstacleCode.NO_PINS_LEFT, f"Only {len(free)} PINs are left for this day, and {count} are needed.")
    return chance.sample(free, count)


def pin_as_meant(typed: str) -> str:
    """What somebody typed as the PIN is kept: without spaces."""
    return "".join(typed.split())


def draw_password(chance: random.Random, words: Sequence[str], taken: Collection[str]) -> str:
    """A password that was not in use before: two different words, in lower case, around two digits.

    With 200 words there are 2.5 million, so one that is free is found at once.
    """
    while True:
        first, last = chance.sample(words, 2)
        password = f"{first}{chance.choice(PAIRS)}{last}"
        if password not in taken:
            return password


def password_as_meant(typed: str) -> str:
    """What somebody typed as the password is kept: without spaces, capitals made small."""
    return "".join(typed.split()).casefold()


FREE_TRIES = 4
"""Children mistype: the first wrong tries cost nothing."""

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

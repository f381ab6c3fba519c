"""What a pupil signs in with, the day's password and a PIN, and how guessing them is slowed down.

The caller stores the wrong tries. Source: docs/reference/school-side.md, "Password and PIN".
"""

import random
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import product

from mtc_kiosk.school.obstacle import ObstacleCode, refuse
from mtc_kiosk.school.slowing import Slowing

DIGITS = "23456789"
"""No 0 and no 1: they look like letters."""

PAIRS = tuple(a + b for a in DIGITS for b in DIGITS if a + b not in {"69", "88"})
"""Without two pairs that mean something to older children: the password is written on the board."""

LENGTH = 4
EVERY_PIN = tuple("".join(digits) for digits in product(DIGITS, repeat=LENGTH))


def draw_pins(chance: random.Random, count: int, taken: Collection[str]) -> list[str]:
    """Draw ``count`` different PINs that are not ``taken``; Refused if too few of the 4,096 are left."""
    free = [pin for pin in EVERY_PIN if pin not in taken]
    if count > len(free):
        raise refuse(
            ObstacleCode.NO_PINS_LEFT,
            f"Only {len(free)} PINs are left for this day, and {count} are needed. Choose fewer pupils.",
        )
    return chance.sample(free, count)


def pin_as_meant(typed: str) -> str:
    """A typed PIN in the stored form: without spaces."""
    return "".join(typed.split())


def draw_password(chance: random.Random, words: Sequence[str], taken: Collection[str]) -> str:
    """Draw a password that is not ``taken``: two different words, in lower case, around two digits.

    With 200 words there are 2.5 million, so a free one is found at once.
    """
    while True:
        first, last = chance.sample(words, 2)
        password = f"{first}{chance.choice(PAIRS)}{last}"
        if password not in taken:
            return password


def password_as_meant(typed: str) -> str:
    """A typed password in the stored form: without spaces, in lower case."""
    return "".join(typed.split()).casefold()


FREE_TRIES = 4
"""Children mistype: the first wrong tries cost nothing."""

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(minutes=10)
_SLOWING = Slowing(FREE_TRIES, FIRST_WAIT, LONGEST_WAIT, FORGOTTEN_AFTER)


def seconds_to_wait(wrong_at: Iterable[datetime], now: datetime) -> int:
    """The whole seconds, rounded up, until the next try is allowed; 0 if it is allowed now.

    ``wrong_at`` are the wrong tries since the last right one.
    """
    return _SLOWING.seconds_to_wait(wrong_at, now)

"""The school password of a day: a word, two digits, a word, such as cat29map. The words are handed in.

Source of the form: docs/reference/school-side.md, "Password and PIN". It knows no sessions.
"""

import random
from collections.abc import Collection, Sequence

DIGITS = "23456789"
"""No 0 and no 1: they look like letters."""

PAIRS = tuple(a + b for a in DIGITS for b in DIGITS if a + b not in {"69", "88"})
"""Two pairs mean something to older children, and a password stands on the board."""


def draw_password(chance: random.Random, words: Sequence[str], taken: Collection[str]) -> str:
    """A password that was not in use before: two different words, in lower case, around two digits.

    With 200 words there are 2.5 million, so one that is free is found at once.
    """
    while True:
        first, last = chance.sample(words, 2)
        password = f"{first}{chance.choice(PAIRS)}{last}"
        if password not in taken:
            return password


def as_meant(typed: str) -> str:
    """What somebody typed as the password is kept: without spaces, capitals made small."""
    return "".join(typed.split()).casefold()

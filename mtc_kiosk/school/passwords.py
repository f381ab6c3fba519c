"""Passwords of staff: which are allowed, and one made by the program to hand over. None is ever stored as it is.

A password is compared in one form (NFKC), so that the same keys give the same password on every PC.
"""

import random
import unicodedata

SHORTEST, LONGEST = 8, 128
"""In characters."""

RULE = f"Use at least {SHORTEST} characters, and not a common password, a name or a row of keys."
"""Said before a password is asked for, and when one is refused."""

_WORDS = """
password passwort passwd passcode letmein welcome iloveyou football liverpool chelsea arsenal everton rangers celtic
sunshine princess superman batman pokemon starwars michael charlie jessica ashley monkey dragon master shadow
computer internet whatever freedom trustno baseball basketball hockey killer pepper flower summer winter spring
autumn london england scotland wales chocolate butterfly rainbow unicorn minecraft fortnite teacher teaching school
primary classroom headteacher maths mathematics timestables timestable multiplication multiply check kiosk staff
admin administrator changeme secret login default guest access abcdef abcabc qazwsx zaqxsw
"""
_COMMON = frozenset(_WORDS.split())
_ROWS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv",
    "qwertz",
)
_LOOKS_LIKE = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a"})
_AROUND = "0123456789 .,;:!?#*+-_&%()/"
_LEAST_PART, _LEAST_DIFFERENT = 3, 4

_LETTERS = "bcdfghjkmnpqrtvwxz23456789"
"""Without vowels, so that no word comes out, and without what looks like something else."""
_PARTS, _PART = 3, 4


def in_one_form(typed: str) -> str:
    """A typed password as it is hashed."""
    return unicodedata.normalize("NFKC", typed) if len(typed) <= LONGEST * 4 else typed


def is_allowed(typed: str, *names: str) -> bool:
    """Whether it may be the password of somebody with these ``names`` (their own, the school's). ``RULE`` says why."""
    password = in_one_form(typed)
    if not SHORTEST <= len(password) <= LONGEST or not password.isprintable():
        return False
    bare = password.casefold()
    return (
        len(set(bare)) >= _LEAST_DIFFERENT
        and not _is_common(bare)
        and not _is_a_row(bare)
        and not any(_is_mostly(bare, part) for name in names for part in name.casefold().replace(".", " ").split())
    )


def one_time(chance: random.Random) -> str:
    """A password to hand over, such as ``kdmf-4xqp-7tzn``: 56 bits. ``chance`` must be unpredictable (SystemRandom)."""
    return "-".join("".join(chance.choice(_LETTERS) for _ in range(_PART)) for _ in range(_PARTS))


def _is_common(bare: str) -> bool:
    """Whether it is one of the words, or one with digits and signs around it, also with digits in place of letters."""
    return any(
        stem in _COMMON or _half(stem) in _COMMON
        for form in (bare, bare.strip(_AROUND).translate(_LOOKS_LIKE))
        for stem in (form, "".join(each for each in form if each.isalpha()))
    )


def _half(stem: str) -> str:
    half = len(stem) // 2
    return stem[:half] if stem == stem[:half] * 2 else stem


def _is_a_row(bare: str) -> bool:
    """Whether it is keys or letters in a row, forwards or backwards, perhaps again and again."""
    rows = [way for row in _ROWS for way in (row * 2, row[::-1] * 2)]
    left = bare
    while left:
        length = next((size for size in range(len(left), 2, -1) if any(left[:size] in row for row in rows)), 0)
        if not length:
            return len(left) <= 2
        left = left[length:]
    return True


def _is_mostly(bare: str, part: str) -> bool:
    """Whether little more than this name is left of the password."""
    return len(part) >= _LEAST_PART and part in bare and len(bare) - len(part) < SHORTEST - _LEAST_PART

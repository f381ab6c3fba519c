"""The words of school passwords: fit for eight-year-olds, and read as the file has them."""

import re
from itertools import product

from mtc_kiosk.resources import asset
from mtc_kiosk.store.school.sessions import password_words

WORDS = password_words()


def banned() -> set[str]:
    """What must never be a word of a password."""
    lines = asset("words", "banned.txt").read_text(encoding="utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


def test_every_word_has_three_small_letters() -> None:
    """Three letters from a to z, so that every password has eight characters that any keyboard has."""
    assert all(re.fullmatch("[a-z]{3}", word) for word in WORDS)


def test_no_word_comes_twice() -> None:
    """Each word is as likely as any other."""
    assert len(set(WORDS)) == len(WORDS)


def test_no_word_is_banned() -> None:
    """No crude, cruel or sad word, no name, no number, none that sounds like another."""
    assert not banned() & set(WORDS)


def test_two_words_together_spell_nothing_banned() -> None:
    """Read without the digits, no longer banned word appears across the join."""
    longer = {word for word in banned() if len(word) > 3}
    joined = [first + last for first, last in product(WORDS, WORDS)]
    assert not [both for both in joined for word in longer if word in both]


def test_there_are_enough_words() -> None:
    """With digits between them, more than a million passwords: a school never runs out."""
    assert len(WORDS) * (len(WORDS) - 1) * 62 > 1_000_000

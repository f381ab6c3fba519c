"""Reads the words that school passwords are made of. What they must be is said in the file, and tested."""

from mtc_kiosk.resources import asset


def password_words() -> tuple[str, ...]:
    """The words in the order of the file, without its notes."""
    lines = asset("words", "words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())

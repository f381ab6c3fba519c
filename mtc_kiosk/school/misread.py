"""Text that was UTF-8, was read in another encoding and saved again, so that it has two letters or signs for one.

A name is judged by the letters it would have had: they must be letters of names as European languages write them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mtc_kiosk.school.names import LONGEST_NAME, not_in_a_name, tidy

_FIRST, _LAST = "\u00c0", "\u017f"
_MORE_LETTERS = frozenset("\u01a0\u01a1\u01af\u01b0\u0218\u0219\u021a\u021b")
_BEYOND = (("\u0300", "\u036f"), ("\u1e00", "\u1eff"))
_MARKS = frozenset("\u00a0\u00b4\u00b7\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d")
_BETWEEN_NAMES = "\u00a0\u2019\u2013\u2014"
_ALSO_GENUINE = frozenset(_BETWEEN_NAMES + "\u0160\u0161\u017d\u017e")
"""What may follow a letter of a genuine name, and would be a second byte as well: space, apostrophe, dashes, carons."""

_READ_AS_OFTEN = "\u00c3\u00c2"
"""What most second letters of European languages begin with where UTF-8 is read as Windows-1252."""

_TURNS = 3
"""How often a text may have been saved wrongly: more is no text any more."""


@dataclass(frozen=True)
class Misread:
    """A text that was saved with the wrong encoding, and what it says. ``certain``: no name is written so."""

    text: str
    meant: str
    certain: bool


def misread(text: str) -> Misread | None:
    """What the text was before it was read in the wrong encoding; None where it is as it should be."""
    if text.isascii() or len(text) > LONGEST_NAME * _TURNS * _TURNS:
        return None
    for encoded in _WAYS:
        meant = _meant(encoded, text)
        if meant != text and (encoded is _windows or _is_no_name(text)):
            return Misread(text, meant, _is_certain(text))
    return None


def misread_texts(texts: Iterable[str]) -> Mapping[str, Misread]:
    """Those of a list's texts that look as if they were saved with the wrong encoding.

    One that may be a genuine name counts as certain if every text with a letter beyond ASCII turns back.
    """
    beyond = {text: misread(text) for text in texts if not text.isascii() and tidy(text)}
    found = {text: each for text, each in beyond.items() if each is not None}
    if len(found) < len(beyond):
        return found
    return {text: replace(each, certain=True) for text, each in found.items()}


def _meant(encoded: Callable[[str], bytes], text: str) -> str:
    """The text as it was before it was read in this encoding, once or more often; the same where it never was."""
    meant = turned = text
    for _ in range(_TURNS):
        try:
            turned = encoded(turned).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            break
        if all(character.isascii() or _is_of_a_name(character) for character in turned):
            meant = turned
    return meant


def _is_of_a_name(character: str) -> bool:
    if _FIRST <= character <= _LAST or character in _MORE_LETTERS or character in _MARKS:
        return True
    return any(first <= character <= last for first, last in _BEYOND)


def _is_certain(text: str) -> bool:
    """Whether no name is written so: a sign that no name has, or a pair of letters that no language has."""
    if _is_no_name(text):
        return True
    return any(
        not behind.isascii()
        and (behind not in _ALSO_GENUINE or (first in _READ_AS_OFTEN and behind not in _BETWEEN_NAMES))
        for first, behind in pairwise(text)
        if not first.isascii()
    )


def _is_no_name(text: str) -> bool:
    return not_in_a_name(tidy(text)) != "" or any("\x80" <= character <= "\x9f" for character in text)


def _windows(text: str) -> bytes:
    """The bytes that Windows-1252 has read as this text; it reads the five it has no letter for as controls."""
    return b"".join(_windows_byte(character) for character in text)


def _windows_byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _by(encoding: str) -> Callable[[str], bytes]:
    return lambda text: text.encode(encoding)


_WAYS: Sequence[Callable[[str], bytes]] = (_windows, *map(_by, ("mac_roman", "cp1250", "cp850", "cp437")))

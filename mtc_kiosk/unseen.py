"""Characters that cannot be seen, known by their Unicode category: which may be taken out, and what each is called.

One place for class lists, commands and settings files. Line ends, tabs and every kind of space count as spaces, which
is for the reader of the text to decide; they are not looked for here.
"""

import re
import unicodedata
from functools import lru_cache

_ZERO_WIDTH_SPACE, _NON_JOINER, _JOINER, _WORD_JOINER, _BYTE_ORDER_MARK = "\u200b\u200c\u200d\u2060\ufeff"
_DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""The categories of controls, formats, unassigned and private characters, halves of characters, and separators."""

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Characters of other categories that show nothing: fillers, an empty Braille cell, a joiner of accents."""

_KEYCAP = "\u20e3"
_SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MEANT_TO_BE_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Visible signs of the category Cf, written around Arabic or Syriac numbers and verses."""

_HARMLESS = dict.fromkeys(map(ord, (*_DIRECTION_MARKS, _ZERO_WIDTH_SPACE, _WORD_JOINER, _BYTE_ORDER_MARK)))
_JOINERS = re.compile(f"[{_NON_JOINER}{_JOINER}]")
_LONGEST_SHOWN = 20
_REMEMBERED = 4_096
_ITS_NAME = {
    "\t": "tab",
    "\n": "line break",
    "\r": "line break",
    "\u00a0": "non-breaking space",
    _BYTE_ORDER_MARK: "byte order mark",
    "\u2800": "blank Braille character",
}


def without_harmless(text: str) -> str:
    """The text without the unseen characters that change nothing of what it says.

    Those are marks of direction, of byte order and of where a line may break, joiners and variation selectors beside
    Latin letters. Between the letters of other scripts, and in emoji, these two change what is seen and are kept.
    """
    if text.isascii():
        return text
    text = text.translate(_HARMLESS)
    text = _SELECTORS.sub(lambda found: found[0] if _varies(found.string, found.start()) else "", text)
    return _JOINERS.sub(lambda found: found[0] if _joins(found.string, found.start()) else "", text)


def first_unseen(text: str) -> int | None:
    """The place of the first character that cannot be seen; None if there is none. Spaces do not count."""
    if text.isascii() and text.isprintable():
        return None
    suspects = {character for character in set(text) if _may_be_unseen(character)}
    if not suspects:
        return None
    return next((place for place, each in enumerate(text) if each in suspects and is_unseen(text, place)), None)


def named(character: str) -> str:
    """What an unseen character is called: ``a zero-width space``. One without a name has its number too."""
    code = f"(U+{ord(character):04X})"
    match unicodedata.category(character):
        case _ if character in _ITS_NAME:
            return f"a {_ITS_NAME[character]}"
        case "Cc":
            return f"a control character {code}"
        case "Co":
            return f"a private-use character {code}"
        case "Cs":
            return f"half a character {code}"
        case "Cn":
            return f"an unassigned character {code}"
        case "Zl" | "Zp":
            return f"a {unicodedata.name(character).lower()} {code}"
        case _ if 0xE0000 <= ord(character) < 0xE0080:
            return f"a hidden tag {code}"
    its_name = unicodedata.name(character).lower().replace("zero width", "zero-width")
    return f"{'an' if its_name[0] in 'aeiou' else 'a'} {its_name}"


def placed(text: str, place: int) -> str:
    """The character at a place in a text, by name and with what is before it: ``a zero-width space after 'Ann'``."""
    before = " ".join(without_unseen(text[:place]).split())
    if before:
        shown = before if len(before) <= _LONGEST_SHOWN else f"...{before[-_LONGEST_SHOWN:]}"
        return f"{named(text[place])} after '{shown}'"
    return f"{named(text[place])} at the beginning"


def without_unseen(text: str) -> str:
    """The text without any character that cannot be seen, to look for what else is wrong with it."""
    if first_unseen(text) is None:
        return text
    return "".join(character for place, character in enumerate(text) if not is_unseen(text, place))


def is_unseen(text: str, place: int) -> bool:
    """Whether the character at a place cannot be seen there; spaces, tabs and line ends are not such characters."""
    character = text[place]
    if not _may_be_unseen(character):
        return False
    if character in (_NON_JOINER, _JOINER):
        return not _joins(text, place)
    if _SELECTORS.match(character):
        return not _varies(text, place)
    return True


@lru_cache(_REMEMBERED)
def _may_be_unseen(character: str) -> bool:
    """Whether a character is unseen anywhere; joiners and selectors are in some places only."""
    if character in "\t\n\r" or character in _MEANT_TO_BE_SEEN:
        return False
    hidden = character in _BLANK or unicodedata.category(character) in _HIDDEN
    return hidden or _SELECTORS.match(character) is not None


def _joins(text: str, place: int) -> bool:
    """Whether a joiner here can change what is seen: it is between letters of other scripts than Latin, or in emoji."""
    return 0 < place < len(text) - 1 and all(_takes_joiners(text[beside]) for beside in (place - 1, place + 1))


def _takes_joiners(character: str) -> bool:
    return bool(_SELECTORS.match(character)) or (unicodedata.category(character)[0] in "LMS" and _is_foreign(character))


def _varies(text: str, place: int) -> bool:
    """Whether a variation selector here can change what is seen: it follows a sign or a letter that has variants."""
    if text[place + 1 : place + 2] == _KEYCAP:
        return True
    return place > 0 and unicodedata.category(text[place - 1])[0] in "LS" and _is_foreign(text[place - 1])


def _is_foreign(character: str) -> bool:
    return not (character.isascii() or character in _BLANK or unicodedata.name(character, "").startswith("LATIN "))

"""The names of people and groups: how a written one is tidied, what it may hold.

It knows one name at a time. Source: docs/reference/school-side.md, without its refusals of typographic marks.
"""

import re
import unicodedata

from mtc_kiosk.unseen import is_unseen, without_harmless

LONGEST_NAME = 128
LONGEST_GROUP = 35
_LONGEST_COMPOSED = 300

_APOSTROPHES = "\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u0060\u00b4\u2032\uff07"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_PLAIN = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_HYPHENS, "-")})
_SPACES = re.compile(r"[^\S\x1c-\x1f\x85]+")
"""Every kind of space, tab and line end, without the controls that Python counts among them."""

LOST = "?\ufffd"
"""What a program writes in place of a letter that it cannot save."""

_LONGEST_NOTHING = 10
_NOTHING = frozenset(("n/a", "n.a", "n.a."))
_MARKS_IN_NAMES = frozenset(" -'.")


def tidy(written: str) -> str:
    """The text as it is stored: composed (NFC), straight apostrophes and hyphens, single spaces, no harmless mark.

    Every kind of space becomes a plain one, non-breaking ones included. Different ways of writing a name become the
    same, so that a list imported again finds its pupils unchanged. Unseen characters that may change the meaning stay,
    to be reported.
    """
    # Compose again after removing the marks: one of them may have separated a letter from its accent.
    plain = _composed(without_harmless(_composed(written)).translate(_PLAIN))
    return _SPACES.sub(" ", plain).strip()


def _composed(text: str) -> str:
    """The text in NFC; unchanged if far too long for a name, as accents on accents take quadratic time."""
    return unicodedata.normalize("NFC", text) if len(text) <= _LONGEST_COMPOSED else text


def not_in_a_name(tidied: str) -> str:
    """The characters of a tidied text that are not allowed in a name, each once, in order; "" if there are none.

    Letters of the Latin script with their accents, digits, spaces, hyphens, apostrophes and full stops are allowed.
    """
    wrong = dict.fromkeys(character for place, character in enumerate(tidied) if not _allowed(tidied, place))
    return "".join(wrong)


def says_nothing(tidied: str) -> bool:
    """Whether a text says that there is nothing: without letter or digit, such as ``-`` and ``...``, or ``n/a``."""
    if len(tidied) > _LONGEST_NOTHING:
        return False
    return tidied.casefold() in _NOTHING or not any(each.isalnum() or each in LOST for each in tidied)


def not_in_a_group(tidied: str) -> str:
    """The same for a group's name, which may have any character that can be seen: schools write 4/B and Oak & Ash."""
    wrong = (each for place, each in enumerate(tidied) if is_unseen(tidied, place) or each == LOST[-1])
    return "".join(dict.fromkeys(wrong))


def shown(characters: str) -> str:
    """Characters as an error can show them: those that cannot be seen by their number."""
    return " ".join(c if c.isprintable() and not c.isspace() else f"U+{ord(c):04X}" for c in characters)


def same(one: str, other: str) -> bool:
    """Whether two tidied texts are the same but for capitals."""
    return one.casefold() == other.casefold()


def _allowed(name: str, place: int) -> bool:
    character = name[place]
    if character in _MARKS_IN_NAMES or character in "0123456789" or _is_latin(character):
        return True
    if is_unseen(name, place):
        return False
    # An accent without a composed letter (as in some African and Vietnamese names) follows its letter.
    return unicodedata.category(character) == "Mn" and place > 0 and (_letter_or_mark(name[place - 1]))


def _letter_or_mark(character: str) -> bool:
    return _is_latin(character) or unicodedata.category(character) == "Mn"


def _is_latin(character: str) -> bool:
    if character.isascii():
        return character.isalpha()
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN ")

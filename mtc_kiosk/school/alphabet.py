"""The school's alphabet: how names and groups are compared, and the order in which every list has them.

A letter with an accent, a stroke or a hook counts as the letter it is drawn from (Ł is under L, Ø under O, Ş under S),
as in the lists of a British school, whatever language the name is from.
"""

import re
import unicodedata
from functools import lru_cache

NameOrder = tuple[str, str, str]
"""What a name is ordered by: compare it only with others of its kind."""

_DRAWN_FROM = re.compile(
    r"LATIN SMALL (?:LETTER|LIGATURE) (?:OPEN |DOTLESS |TURNED |REVERSED )?([A-Z]{1,2})(?: WITH .+)?"
)
_BY_NAME = dict(zip("ðŋʒəƿȝĸɣɩʊʃɑɵ", "dnzewykgiusao", strict=True)) | {"þ": "th", "ɂ": "", "ʔ": ""}
"""Letters with Unicode names of their own, and the plain letters under which people look for them."""

KEPT_WORDS = 8192
"""How many names are remembered as they are compared: each page of a register asks for all of them several times."""

_NOT_HEARD = re.compile(r"[^\w\s-]")
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_NUMBERS = re.compile("([0-9]+)")


@lru_cache(maxsize=4096)
@lru_cache(maxsize=KEPT_WORDS)
def folded(text: str) -> str:
    """Words as they are compared: small plain letters and digits, one space where words or hyphens part them.

    Apostrophes and full stops count for nothing: O'Brien and OBrien are one, and so are Anne-Marie and Anne Marie.
    """
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(_base(letter) for letter in decomposed if not unicodedata.combining(letter))
    return _BETWEEN_WORDS.sub(" ", _NOT_HEARD.sub("", plain)).strip()


@lru_cache(maxsize=4096)
@lru_cache(maxsize=KEPT_WORDS)
def name_order(name: str) -> NameOrder:
    """The place of a name in a list: by its plain letters, then those without accents first, then as it is written."""
    return folded(name), unicodedata.normalize("NFD", name.casefold()), name


def group_order(group: str) -> tuple[object, ...]:
    """The place of a group: numbers in it by their size, so that 4B comes before 10A; no group at all comes last."""
    parts = [part.strip() for part in _NUMBERS.split(folded(group))]
    # Each part is a number and a text, so that a number is never compared with a text.
    sizes = tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)
    return not group, sizes, name_order(group)


@lru_cache(maxsize=1024)
def _base(letter: str) -> str:
    """The plain letters that a small letter is drawn from; itself where it is of no Latin alphabet."""
    if letter.isascii():
        return letter
    if letter in _BY_NAME:
        return _BY_NAME[letter]
    if unicodedata.category(letter) == "Lm":  # an apostrophe that counts as a letter, as Hawaiian and Tongan have it
        return ""
    drawn_from = _DRAWN_FROM.fullmatch(unicodedata.name(letter, ""))
    return drawn_from[1].lower() if drawn_from else letter

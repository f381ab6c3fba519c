"""The unique pupil number: its shape, its check letter, and the local authorities that give it out.

Source: docs/reference/school-side.md.
"""

from dataclasses import dataclass
from enum import StrEnum

LENGTH = 13
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The allowed letters, in the order of their values 0 to 22: the alphabet without I, O and S."""

_AUTHORITY = slice(1, 4)
_DIGITS = slice(4, 12)
_ASCII_DIGITS = frozenset("0123456789")

_RANGES = (
    *((201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384), (390, 394), (420, 420)),
    *((660, 681), (701, 702), (704, 708), (800, 803), (805, 808), (810, 813), (815, 816), (821, 823), (825, 826)),
    *((830, 831), (835, 841), (845, 846), (850, 852), (855, 857), (860, 861), (865, 874), (876, 896), (908, 909)),
    *((916, 916), (919, 919), (921, 921), (925, 926), (928, 929), (931, 931), (933, 933), (935, 938), (940, 943)),
    (999, 999),
)
AUTHORITIES = frozenset(f"{number}" for first, last in _RANGES for number in range(first, last + 1))
"""The local authority numbers that the national service accepts; 999 is for tests."""


class UpnFault(StrEnum):
    """What can be wrong with a number."""

    MISSING = "upn_missing"
    LENGTH = "upn_length"
    CHECK_LETTER = "upn_check_letter"
    AUTHORITY = "upn_authority"
    DIGITS = "upn_digits"
    ENDING = "upn_ending"


SAID = {
    UpnFault.MISSING: "UPN is missing",
    UpnFault.LENGTH: f"UPN must have {LENGTH} characters",
    UpnFault.CHECK_LETTER: "UPN: check letter wrong",
    UpnFault.AUTHORITY: "UPN: no local authority has the number in characters 2 to 4",
    UpnFault.DIGITS: "UPN must have digits in characters 5 to 12",
    UpnFault.ENDING: "UPN must end with a digit or a letter that is not I or O or S",
}
"""Each fault in words, without a full stop: several may share one cell."""


@dataclass(frozen=True)
class ReadUpn:
    """A UPN as it is stored, and its faults; one without any may be used."""

    upn: str
    faults: tuple[UpnFault, ...]


def read_upn(written: str) -> ReadUpn:
    """The written UPN, trimmed and in capitals, with every fault in the order of the national checks.

    One of the wrong length gets that fault only, as its characters are in the wrong places.
    """
    upn = written.strip().upper()
    if not upn:
        return ReadUpn(upn, (UpnFault.MISSING,))
    if len(upn) != LENGTH:
        return ReadUpn(upn, (UpnFault.LENGTH,))
    wrong = {
        UpnFault.CHECK_LETTER: upn[0] != check_letter(upn),
        UpnFault.AUTHORITY: upn[_AUTHORITY] not in AUTHORITIES,
        UpnFault.DIGITS: not _ASCII_DIGITS.issuperset(upn[_DIGITS]),
        UpnFault.ENDING: upn[-1] not in _ASCII_DIGITS and upn[-1] not in _LETTERS,
    }
    return ReadUpn(upn, tuple(fault for fault, is_wrong in wrong.items() if is_wrong))


def check_letter(upn: str) -> str:
    """The check letter for characters 2 to 13: the sum of each one's value times its place, modulo 23.

    A letter counts only in the last place; a character that is not allowed counts as 0.
    """
    total = sum(place * _value(character, place) for place, character in enumerate(upn[1:LENGTH], start=2))
    return _LETTERS[total % len(_LETTERS)]


def has_letter_o(upn: str) -> bool:
    """Whether a wrong UPN would be right with zeros in place of the letter O."""
    return "O" in upn and not read_upn(upn.replace("O", "0")).faults


def looks_like_upn(text: str) -> bool:
    """Whether a text has the shape of a UPN, valid or not: a letter, eleven digits, a digit or a letter."""
    upper = text.strip().upper()
    return (
        len(upper) == LENGTH
        and upper.isascii()
        and upper[0].isalpha()
        and _ASCII_DIGITS.issuperset(upper[1:-1])
        and upper[-1].isalnum()
    )


def _value(character: str, place: int) -> int:
    if character in _ASCII_DIGITS:
        return int(character)
    return _LETTERS.index(character) if place == LENGTH and character in _LETTERS else 0

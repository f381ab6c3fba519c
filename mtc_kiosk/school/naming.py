"""Find the pupils with a written name, and those with a similar one. ``office`` decides what follows.

Capitals, accents, apostrophes, hyphens and spaces make no difference (``school.alphabet``). It reads no database.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from mtc_kiosk.school.alphabet import folded
from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.pupil import Pupil, PupilDetails

CLOSE = 0.75
"""From which share of letters in common, of 1, another name is close: one letter wrong of a short name."""

_SHORTEST_GUESSED = 3


def bearers(register: Iterable[Pupil], written: str) -> tuple[Pupil, ...]:
    """The pupils with this name.

    It may be both names in either order, ``Surname, Forename``, or one of them alone; the ones in the register or those
    that the pupil goes by. Middle names may be left out; one that is written must be the pupil's.
    """
    before, comma, behind = tidy(written).partition(",")
    first, second = folded(before), folded(behind)
    if comma:
        return tuple(each for each in register if first in _surnames(each) and second in _forenames(each))
    return tuple(each for each in register if first in set(_ways(each)))


def is_one_and_other_name(one: tuple[Pupil, str], other: tuple[Pupil, str]) -> bool:
    """Whether, of two texts each written for a pupil, one is only a first name and the other only a last name."""
    (pupil, text), (second, second_text) = ((each, folded(tidy(written))) for each, written in (one, other))
    return (text in _forenames(pupil) and second_text in _surnames(second)) or (
        text in _surnames(pupil) and second_text in _forenames(second)
    )


def near(register: Iterable[Pupil], written: str, most: int) -> tuple[Pupil, ...]:
    """The pupils with a name similar to this or beginning with it, the closest first; a number resembles no name."""
    wanted = folded(tidy(written).replace(",", " "))
    if len(wanted) < _SHORTEST_GUESSED or any(character.isdigit() for character in wanted):
        return ()
    scored = ((_likeness(each, wanted), each) for each in register)
    close = sorted((pair for pair in scored if pair[0] >= CLOSE), key=lambda pair: (-pair[0], pair[1].order))
    return tuple(each for _, each in close[:most])


def _likeness(pupil: Pupil, wanted: str) -> float:
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a mistake needs it

    ways = set(_ways(pupil))
    if any(way.startswith(wanted) for way in ways):
        return 1.0
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    best = 0.0
    for way in ways:
        matcher.set_seq1(way)
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) > best:
            best = max(best, matcher.ratio())
    return best


def _surnames(details: PupilDetails) -> frozenset[str]:
    return frozenset(filter(None, map(folded, (details.surname, details.alias_surname))))


def _forenames(details: PupilDetails) -> frozenset[str]:
    """The first names that the pupil has, each without and with the middle names."""
    given = [name for name in (details.forename, details.alias_forename) if name]
    return frozenset(filter(None, map(folded, (*given, *(f"{name} {details.middle_names}" for name in given)))))


def _ways(details: PupilDetails) -> Iterator[str]:
    """Every way in which the pupil's name can be written without a comma."""
    surnames, forenames = _surnames(details), _forenames(details)
    yield from surnames
    yield from forenames
    for surname, forename in product(surnames, forenames):
        yield f"{forename} {surname}"
        yield f"{surname} {forename}"

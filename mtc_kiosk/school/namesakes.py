"""Tell namesakes apart: what a list or a slip adds to a name that another pupil has too.

Source: docs/reference/school-side.md. Unlike the national service, it compares all pupils, and ignores capitals and
accents.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from mtc_kiosk.school.alphabet import folded
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.words import date_in_words


def told_apart(pupils: Iterable[Pupil]) -> Mapping[int, str]:
    """What tells each pupil with a namesake apart, by id: date of birth, then middle names, then UPN or ref.

    Each is added only if those before it are the same too.
    """
    alike: dict[tuple[str, str], list[Pupil]] = {}
    for pupil in pupils:
        alike.setdefault(_name(pupil), []).append(pupil)
    told: dict[int, str] = {}
    for namesakes in alike.values():
        if len(namesakes) > 1:
            told |= _told_apart(namesakes)
    return told


def named_apart(pupils: Iterable[Pupil]) -> Mapping[int, str]:
    """The name of each pupil in lists, by id: ``Testerly, Amy``, with what tells namesakes apart."""
    pupils = tuple(pupils)
    apart = told_apart(pupils)
    return {pupil.id: f"{pupil.listed} ({apart[pupil.id]})" if pupil.id in apart else pupil.listed for pupil in pupils}


def _told_apart(namesakes: list[Pupil]) -> dict[int, str]:
    born = Counter(pupil.date_of_birth for pupil in namesakes)
    middle = Counter((pupil.date_of_birth, folded(pupil.middle_names)) for pupil in namesakes)
    told: dict[int, str] = {}
    for pupil in namesakes:
        parts = [f"born {date_in_words(pupil.date_of_birth)}"]
        if born[pupil.date_of_birth] > 1 and pupil.middle_names:
            parts.append(pupil.middle_names)
        if middle[pupil.date_of_birth, folded(pupil.middle_names)] > 1:
            parts.append(pupil.number)
        told[pupil.id] = ", ".join(parts)
    return told


def _name(pupil: Pupil) -> tuple[str, str]:
    """The names on the pupil's slip, for comparison."""
    return folded(pupil.alias_surname or pupil.surname), folded(pupil.called)

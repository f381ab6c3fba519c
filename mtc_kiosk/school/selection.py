"""Which pupils staff mean: named, chosen from a list, a group, or the whole register.

Pupils are found among those passed in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtc_kiosk.school.alphabet import folded, group_order
from mtc_kiosk.school.names import same, tidy
from mtc_kiosk.school.pupil import Pupil


@dataclass(frozen=True)
class AsWritten:
    """Pupils by UPN, ref or name, as typed."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class ById:
    """Pupils chosen from a list, by their ids on the register."""

    pupil_ids: tuple[int, ...]


@dataclass(frozen=True)
class InGroup:
    """Everybody in a group; its name as typed."""

    group: str


@dataclass(frozen=True)
class WholeRegister:
    """Everybody on the register."""


OnePupil = str | int
"""A pupil by UPN, ref or name as typed, or by id if chosen from a list."""

Named = AsWritten | ById
"""Pupils named one by one."""

Selection = Named | InGroup | WholeRegister


def one(pupil: OnePupil) -> Named:
    """The selection of a single pupil."""
    return ById((pupil,)) if isinstance(pupil, int) else AsWritten((pupil,))


def in_group(register: Iterable[Pupil], group: str) -> tuple[Pupil, ...]:
    """The pupils in a group; capitals and spaces in its name are ignored."""
    return tuple(pupil for pupil in register if same(pupil.group_name, tidy(group)))


def groups(register: Iterable[Pupil]) -> list[str]:
    """The groups of these pupils, sorted."""
    return sorted({pupil.group_name for pupil in register if pupil.group_name}, key=group_order)


def by_name(register: Iterable[Pupil], text: str) -> tuple[Pupil, ...]:
    """The pupils with this text in their names; capitals, accents and spaces are ignored."""
    wanted = _plain(text)
    return tuple(pupil for pupil in register if _has_name(pupil, wanted))


def matching(register: Iterable[Pupil], text: str) -> tuple[Pupil, ...]:
    """The pupils for whom every word of the text is part of a name, the UPN or the ref; or the whole of it a name.

    Capitals, accents, apostrophes and hyphens are ignored.
    """
    words = [(folded(word), word.casefold()) for word in tidy(text).split()]
    wanted = _plain(text)
    return tuple(pupil for pupil in register if _has_words(pupil, words) or (wanted and _has_name(pupil, wanted)))


def _has_words(pupil: Pupil, words: Sequence[tuple[str, str]]) -> bool:
    names = folded(
        f"{pupil.forename} {pupil.middle_names} {pupil.surname} {pupil.alias_forename} {pupil.alias_surname}"
    )
    numbers = f"{pupil.upn or ''} {pupil.ref or ''}".casefold()
    return all((plain and plain in names) or word in numbers for plain, word in words)


def _has_name(pupil: Pupil, wanted: str) -> bool:
    return wanted in _plain(pupil.listed) or wanted in _plain(pupil.called_in_full)


def _plain(text: str) -> str:
    return folded(tidy(text)).replace(" ", "")

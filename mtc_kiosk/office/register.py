"""The register as a list to look through: found by any part of a name, UPN or ref, in any order, by group."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.scope import in_scope
from mtc_kiosk.school.alphabet import group_order
from mtc_kiosk.school.namesakes import told_apart
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import groups, in_group, matching
from mtc_kiosk.store.school.register import pupils

NO_GROUP = "-"
"""What a search says for the pupils who are in no group."""


class Order(StrEnum):
    """What a list is ordered by."""

    NAME = "name"
    BORN = "born"
    UPN = "upn"
    REF = "ref"
    GROUP = "group"


_KEYS: Mapping[Order, Callable[[Pupil], Any]] = {
    Order.BORN: lambda pupil: pupil.date_of_birth,
    Order.UPN: lambda pupil: (pupil.upn is None, pupil.upn or ""),
    Order.REF: lambda pupil: (pupil.ref is None, (pupil.ref or "").casefold()),
    Order.GROUP: lambda pupil: group_order(pupil.group_name),
}


@dataclass(frozen=True)
class Search:
    """What is looked for: ``text`` is any part of a name, UPN or ref, ``group`` a group's name or ``NO_GROUP``.

    ``left``: those who have left, instead of those who are here.
    """

    text: str = ""
    group: str = ""
    left: bool = False
    order: Order = Order.NAME
    descending: bool = False


@dataclass(frozen=True)
class RegisterList:
    """The pupils found. ``apart`` tells namesakes apart, by id; ``groups`` are all of them, with their counts.

    ``here`` counts those who have not left, ``left`` those who have, ``in_none`` those here who are in no group.
    """

    pupils: tuple[Pupil, ...]
    apart: Mapping[int, str]
    groups: tuple[tuple[str, int], ...]
    here: int
    left: int
    in_none: int


def look_up(home: OpenHome, search: Search) -> RegisterList:
    """The pupils of the register, of those whom the account may see, who are looked for."""
    register = in_scope(home, May.SEE_PUPILS, pupils(home.db, with_left=True))
    here = tuple(pupil for pupil in register if not pupil.has_left)
    found = tuple(pupil for pupil in register if pupil.has_left) if search.left else here
    if search.group:
        found = in_group(found, "" if search.group == NO_GROUP else search.group)
    if search.text.strip():
        found = matching(found, search.text)
    if search.order in _KEYS:
        found = tuple(sorted(found, key=_KEYS[search.order], reverse=search.descending))
    elif search.descending:
        found = found[::-1]
    counts = Counter(pupil.group_name for pupil in here)
    return RegisterList(
        found,
        told_apart(register if search.left else here),
        tuple((group, counts[group]) for group in groups(here)),
        len(here),
        len(register) - len(here),
        counts[""],
    )

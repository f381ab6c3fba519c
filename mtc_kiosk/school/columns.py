"""The columns of a class list, recognised by their headings.

The rows below are not read. Under the national scheme the six national columns must have their own order and spelling;
otherwise columns are recognised by name in any order, those of other systems too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from mtc_kiosk.school.column_faults import ColumnFault, NotColumns
from mtc_kiosk.school.fault import Fault
from mtc_kiosk.school.headings import (
    ERRORS,
    FIELD_OF,
    NATIONAL,
    PASSED_OVER,
    SYSTEMS,
    SYSTEMS_ALONE,
    TITLES,
    Field,
    heading_key,
    known_key,
)
from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.next_step import Hint, NextStep, Step

REQUIRED = (Field.SURNAME, Field.FORENAME, Field.DATE_OF_BIRTH, Field.SEX)
_IN_ORDER = ", ".join(TITLES[field] for field in NATIONAL)
UNUSED_SHOWN = 5
"""How many headings that are not used one sentence names."""

HEADINGS_LOOKED_FOR = 3
"""A row in which so many headings are known is the row of headings: reports put a title above it."""


__all__ = ["ERRORS", "NATIONAL", "PASSED_OVER", "SYSTEMS", "TITLES", "ColumnFault", "Field", "NotColumns"]


class Layout(StrEnum):
    """How the columns were recognised, which decides how strictly the rows are read."""

    NATIONAL = "national"
    BY_NAME = "by_name"


@dataclass(frozen=True)
class Columns:
    """Which column, counted from 0, holds what; ``width`` is the number of headings, ``unused`` those not needed."""

    layout: Layout
    places: Mapping[Field, int]
    width: int
    unused: tuple[str, ...]

    @property
    def last_needed(self) -> int:
        """The last of the columns that no row may do without."""
        numbers = [self.places[field] for field in (Field.UPN, Field.REF) if field in self.places]
        return max(*(self.places[field] for field in REQUIRED), min(numbers))


@dataclass(frozen=True)
class Mapped:
    """A column that a teacher has named: what it holds, and its heading.

    ``place`` counts from 0, where the column itself was chosen: its heading may be blank, or another's too.
    """

    field: Field
    heading: str
    place: int | None = None


def recognise(headings: Sequence[str], mapped: Sequence[Mapped], *, national: bool) -> Columns:
    """Recognise the columns; NotColumns if the headings are not understood.

    ``national`` is the school's scheme: there a UPN column is needed, and only the national columns are allowed.
    Otherwise, or if a heading is one that only other systems use or a column was mapped, columns are recognised by
    name.
    """
    tidied = [tidy(heading) for heading in headings]
    last_mapped = max((each.place for each in mapped if each.place is not None), default=-1)
    while len(tidied) - 1 > last_mapped and not tidied[-1]:
        tidied.pop()
    if national and not mapped and not any(known_key(heading) in SYSTEMS_ALONE for heading in tidied):
        return _national(tidied)
    if not mapped and not any(known_key(heading) in FIELD_OF for heading in tidied):
        raise NotColumns((_no_heading(),), _advice(()), (*REQUIRED, Field.UPN))
    columns = _by_name(tidied, mapped, national=national)
    if not mapped:
        _refuse_another_order(tidied, columns)
    return columns


def known(headings: Iterable[str], mapped: Sequence[Mapped]) -> int:
    """How many of the headings are known, or were mapped: a row of headings has HEADINGS_LOOKED_FOR or more."""
    named = {heading_key(each.heading) for each in mapped}
    keys = {known_key(heading) for heading in headings if tidy(heading) and heading_key(heading) not in named}
    there = {heading_key(heading) for heading in headings} & named
    return len(there) + sum(1 for key in keys if key in FIELD_OF)


def number_places(headings: Sequence[str], mapped: Sequence[Mapped]) -> dict[Field, int]:
    """Which columns hold a UPN and a ref, as ``recognise`` takes them; columns that are not there are left out."""
    places, _ = _mapped_places(headings, mapped)
    _place_by_name(headings, places, (Field.UPN, Field.REF))
    return {field: place for field, place in places.items() if field in (Field.UPN, Field.REF)}


def read_map(written: str, headings: Sequence[str]) -> Mapped | None:
    """Read ``--map``: a column's name and its heading in the file, either way round; None if it is neither.

    If both sides could be either, the first is the column and the second the heading.
    """
    left, found, right = written.partition("=")
    if not found or not left.strip() or not right.strip():
        return None
    keys = {heading_key(heading) for heading in headings}
    ways = [
        Mapped(FIELD_OF[heading_key(name)], heading.strip())
        for name, heading in ((left, right), (right, left))
        if heading_key(name) in FIELD_OF
    ]
    there = [way for way in ways if heading_key(way.heading) in keys]
    return next(iter(there or ways), None)


def _by_name(headings: Sequence[str], mapped: Sequence[Mapped], *, national: bool) -> Columns:
    places, faults = _mapped_places(headings, mapped)
    keys = [known_key(heading) for heading in headings]
    _place_by_name(headings, places, SYSTEMS)
    if national:
        places.pop(Field.REF, None)
    used = sorted(places.values())
    chosen = {each.place for each in mapped}
    twice = {headings[p]: None for p in used if p not in chosen and _is_there_twice(headings, keys, p)}
    faults.extend(Fault(ColumnFault.TWICE, f"There is more than one column '{_short(name)}'") for name in twice)
    unused = tuple(h for place, h in enumerate(headings) if place not in used and h and h != ERRORS)
    missing = _missing(places, (*REQUIRED, Field.UPN), national=national)
    faults.extend([*_not_used(unused), *_are_missing(missing, national=national)] if missing else [])
    if faults:
        raise NotColumns(faults, _advice(headings, faults, tuple(missing)), missing)
    ours = not mapped and all(heading in ("", ERRORS, *TITLES.values()) for heading in headings)
    return Columns(Layout.NATIONAL if ours else Layout.BY_NAME, places, len(headings), unused)


def _place_by_name(headings: Sequence[str], places: dict[Field, int], fields: Iterable[Field]) -> None:
    """Find the columns that are not placed yet; a heading as it is known goes before one that means the same."""
    keys = [known_key(heading) for heading in headings]
    order = sorted(range(len(headings)), key=lambda place: heading_key(headings[place]) != keys[place])
    for field in (field for field in fields if field not in places):
        names = map(heading_key, SYSTEMS[field])
        free = [place for place in order if place not in places.values()]
        place = next((place for name in names for place in free if keys[place] == name), None)
        if place is not None:
            places[field] = place


def _mapped_places(headings: Sequence[str], mapped: Sequence[Mapped]) -> tuple[dict[Field, int], list[Fault]]:
    """Where each column is that was mapped, and what is wrong with those that are nowhere."""
    keys = [heading_key(heading) for heading in headings]
    faults: list[Fault] = []
    places: dict[Field, int] = {}
    for each in mapped:
        if each.field in places:
            faults.append(Fault(ColumnFault.TWICE, f"{TITLES[each.field]} is mapped more than once"))
        elif each.place is not None and each.place < len(headings):
            places[each.field] = each.place
        elif heading_key(each.heading) in keys:
            places[each.field] = keys.index(heading_key(each.heading))
        else:
            near = get_close_matches(each.heading, headings, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            faults.append(Fault(ColumnFault.NOT_MAPPED, f"No column has the heading {each.heading}{hint}"))
    return places, faults


def _is_there_twice(headings: Sequence[str], keys: Sequence[str], place: int) -> bool:
    """Whether another heading could as well be this one: written alike, or where none is, meaning the same."""
    own = heading_key(headings[place])
    return ([heading_key(h) for h in headings] if own == keys[place] else [*keys]).count(keys[place]) > 1


def _not_used(unused: Sequence[str]) -> list[Fault]:
    """That some columns were not recognised: one of them may be the one that is missing."""
    named = [f"'{_short(heading)}'" for heading in unused]
    if not named:
        return []
    if len(named) == 1:
        return [Fault(ColumnFault.UNKNOWN, f"{named[0]} is not a column we use")]
    more = f" and {len(named) - UNUSED_SHOWN} more" if len(named) > UNUSED_SHOWN else ""
    return [Fault(ColumnFault.UNKNOWN, f"These are not columns we use: {', '.join(named[:UNUSED_SHOWN])}{more}")]


def _refuse_another_order(headings: Sequence[str], columns: Columns) -> None:
    """NotColumns where the six national headings are all there, and the cells below may well be mixed up."""
    named = [heading for heading in headings if heading not in ("", ERRORS)]
    in_order = [TITLES[field] for field in NATIONAL]
    found = [heading for heading in named if heading in in_order]
    if columns.layout is Layout.NATIONAL and set(found) == set(in_order) and found != in_order:
        raise NotColumns((_another_order(),), _advice(headings))


def _another_order() -> Fault:
    return Fault(ColumnFault.ORDER, f"The columns must be in this order: {_IN_ORDER}")


def _national(headings: Sequence[str]) -> Columns:
    """The national columns, as the national service takes them: these six, spelt so and in this order."""
    titles = {TITLES[field]: field for field in NATIONAL}
    if not {heading_key(title) for title in titles} & set(map(heading_key, headings)):
        raise NotColumns((_no_heading(),), _advice(()))
    places, faults = _placed(headings, titles)
    missing = _missing(places, NATIONAL, national=True)
    faults.extend(_are_missing(missing, national=True))
    order = [places[field] for field in NATIONAL if field in places]
    if order != sorted(order):
        faults.append(_another_order())
    if faults:
        raise NotColumns(faults, _advice(headings, faults, tuple(missing)), missing)
    return Columns(Layout.NATIONAL, places, len(headings), ())


def _no_heading() -> Fault:
    return Fault(ColumnFault.MISSING, f"None of the first rows has the headings of a class list: {_IN_ORDER}")


def _placed(headings: Sequence[str], titles: Mapping[str, Field]) -> tuple[dict[Field, int], list[Fault]]:
    """The place of each title spelt exactly, and what is wrong with every other heading."""
    by_key = {heading_key(title): title for title in titles}
    places: dict[Field, int] = {}
    faults: list[Fault] = []
    for place, heading in enumerate(headings):
        title = by_key.get(heading_key(heading))
        if heading in ("", ERRORS):
            continue
        if title is None:
            faults.extend(_not_used((heading,)))
        elif titles[title] in places:
            faults.append(Fault(ColumnFault.TWICE, f"There is more than one column '{title}'"))
        else:
            places[titles[title]] = place
            if heading != title:
                faults.append(Fault(ColumnFault.SPELLING, f"Change the heading '{_short(heading)}' to '{title}'"))
    return places, faults


def _missing(places: Mapping[Field, int], needed: Sequence[Field], *, national: bool) -> dict[Field, str]:
    """The columns that are needed and not there, with what a sentence calls each."""
    missing = {field: TITLES[field] for field in needed if field not in places}
    if not national and Field.REF in places:
        missing.pop(Field.UPN, None)
    if not national and Field.UPN in missing:
        either = f"{TITLES[Field.UPN]} or {TITLES[Field.REF]}"
        missing[Field.UPN] = either
    return missing


def _are_missing(missing: Mapping[Field, str], *, national: bool) -> list[Fault]:
    """A fault for each column that is missing; a school under its own scheme may do without numbers."""
    numbers = None if national else NextStep(Step.NUMBER)
    return [
        Fault(ColumnFault.MISSING, f"There is no column {title}", field, numbers if field is Field.UPN else None)
        for field, title in missing.items()
    ]


def _advice(headings: Sequence[str], faults: Sequence[Fault] = (), missing: Sequence[Field] = ()) -> tuple[Hint, ...]:
    """What to do: how to name a column by hand, with a heading that may well be the one; or which to delete."""
    if faults and all(fault.code is ColumnFault.TWICE for fault in faults):
        return (Hint("Delete or rename all but one"),)
    wanted = next(iter(missing), Field.SURNAME)
    unknown = [h for h in headings if h not in ("", ERRORS) and known_key(h) not in FIELD_OF]
    surnames = [h for h in headings if FIELD_OF.get(known_key(h)) is Field.SURNAME]
    example = next(iter(unknown if missing else (*surnames, *filter(None, headings))), None)
    if missing and example is None:
        return (Hint("Add the column", NextStep(Step.NAME_COLUMN, (TITLES[wanted],))),)
    heading = _short(example or "Last name")
    return (Hint("Change the headings", NextStep(Step.NAME_COLUMNS, (TITLES[wanted], heading))),)


def _short(heading: str) -> str:
    return heading if len(heading) <= 40 else f"{heading[:37]}..."

"""Figures that several reports have: of rows of results, without insight."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from mtc_kiosk.export.results import ResultRow
from mtc_kiosk.insight.groups import Group, two_ways
from mtc_kiosk.insight.groups import groups as as_groups
from mtc_kiosk.insight.national import HIGHEST, NationalYear
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.alphabet import group_order

SEXES: Mapping[str, str] = {"F": "Girls", "M": "Boys"}
"""The words for the register's letters, in the order of a table."""

NO_GROUP = "No group"


def scored(rows: Sequence[ResultRow]) -> tuple[ResultRow, ...]:
    """Those with a score."""
    return tuple(row for row in rows if row.result.score is not None)


def length(rows: Sequence[ResultRow]) -> int | None:
    """How many questions the checks had; None unless all had the same number and the same rules."""
    kinds = {(row.result.out_of, row.result.changed_rules) for row in scored(rows)}
    return next(iter(kinds))[0] if len(kinds) == 1 else None


def days(home: OpenHome, rows: Sequence[ResultRow]) -> tuple[date, date] | None:
    """The first and the last of the school's days on which a check that counts was finished."""
    found = [home.timetable.day(row.result.completed_at) for row in rows if row.result.completed_at is not None]
    return (min(found), max(found)) if found else None


def by_group_and_sex(rows: Sequence[ResultRow]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """The school's groups, with the pupils in none as the last; and girls and boys, who may be in one report with them.

    Both are empty where checks cannot be compared.
    """
    out_of = length(rows)
    if out_of is None:
        return (), ()
    names = sorted({row.pupil.group_name for row in scored(rows)}, key=group_order)
    cells = {(name, sex): _scores(rows, name, sex) for name in names for sex in SEXES}
    groups, sexes = two_ways(cells, out_of)
    return _renamed(groups, {"": NO_GROUP}), _renamed(sexes, SEXES)


def by_sex(rows: Sequence[ResultRow]) -> tuple[Group, ...]:
    """Girls and boys of one group; empty where checks cannot be compared."""
    out_of = length(rows)
    if out_of is None:
        return ()
    return _renamed(as_groups({sex: _scores(rows, None, sex) for sex in SEXES}, out_of), SEXES)


def years_beside(rows: Sequence[ResultRow], years: Mapping[int, NationalYear]) -> Mapping[int, NationalYear]:
    """The national years that may stand beside these results: none unless the checks had the national rules."""
    is_national = length(rows) == HIGHEST and not any(row.result.changed_rules for row in scored(rows))
    return years if is_national else {}


def year_beside(years: Mapping[int, NationalYear], wanted: int | None) -> NationalYear | None:
    """The year that is wanted; else the newest with its whole distribution, else the newest."""
    if wanted is not None:
        return years.get(wanted)
    return max(years.values(), key=lambda one: (one.is_whole, one.year), default=None)


def _scores(rows: Sequence[ResultRow], group: str | None, sex: str) -> list[int]:
    return [
        row.result.score
        for row in rows
        if row.result.score is not None
        if group is None or row.pupil.group_name == group
        if row.pupil.sex == sex
    ]


def _renamed(found: Sequence[Group], names: Mapping[str, str]) -> tuple[Group, ...]:
    return tuple(replace(one, name=names.get(one.name, one.name)) for one in found)

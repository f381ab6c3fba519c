"""A school's figures for readers who may know no child's score, such as governors: nothing of fewer than five pupils.

Readers are taken to add and subtract whatever is shown, to have the pages of any of the school's groups of five or
more, and the page of one smaller group: its own teacher's. So the pupils of groups under five are in no figure, unless
all those groups but any one still have five. And a count is shown only where it is none or five in each *part*: what
such pages leave over. By sex there are figures only where each part has none of a sex, or five.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from statistics import fmean, median
from typing import NamedTuple

from mtc_kiosk.insight.class_figures import Row, by_table
from mtc_kiosk.insight.class_fit import Marks
from mtc_kiosk.insight.groups import FEWEST, Group, may_be_shown, two_ways

Band = tuple[int, int, int]
"""The lowest score, the highest one, and how many pupils had one of them."""


Part = frozenset[str]
"""Groups whose pupils together some reader may tell apart from the others."""

FEWEST_ALIKE = 10
"""Of fewer pupils who were asked a table it is not said that all of them, or none, were right."""


class MarksOf(NamedTuple):
    """A pupil's marks, with the group ("" for none)."""

    group: str
    marks: Marks


@dataclass(frozen=True)
class ScoreOf:
    """A pupil's score, with the group ("" for none) and the sex."""

    group: str
    sex: str
    score: int


@dataclass(frozen=True)
class SchoolFigures:
    """Figures of ``pupils`` together. ``by_group`` has every group; a small count of full marks is None."""

    pupils: int
    average: float
    middle: float
    full_marks: int | None
    bands: tuple[Band, ...]
    by_group: tuple[Group, ...]
    by_sex: tuple[Group, ...]


def in_figures(groups: Sequence[str]) -> frozenset[str]:
    """The groups whose pupils are in the figures, from the group of each pupil with a score."""
    sizes = Counter(groups)
    small = {name: size for name, size in sizes.items() if not may_be_shown(size)}
    others = sum(small.values()) - max(small.values(), default=0)
    return frozenset(sizes if may_be_shown(others) else sizes.keys() - small.keys())


def parts(groups: Iterable[str]) -> tuple[Part, ...]:
    """Each group of five or more; the smaller ones together, and without each one of them. ``groups`` has each pupil's.

    What any pages leave over of a figure is of one or more of these.
    """
    sizes = Counter(groups)
    small = frozenset(name for name, size in sizes.items() if not may_be_shown(size))
    without_one = (small - {name} for name in sorted(small))
    return tuple(part for part in (*(frozenset({name}) for name in sizes.keys() - small), small, *without_one) if part)


def school_figures(scores: Sequence[ScoreOf], out_of: int, order: Sequence[str]) -> SchoolFigures | None:
    """The figures; None if they would be of fewer than five pupils. ``order`` has every group, as listed."""
    counted = in_figures([one.group for one in scores])
    own = [one for one in scores if one.group in counted]
    if not may_be_shown(len(own)):
        return None
    cells: dict[tuple[str, str], list[int]] = {}
    for one in sorted(own, key=lambda one: (order.index(one.group), one.sex)):
        cells.setdefault((one.group, one.sex), []).append(one.score)
    by_group, by_sex = two_ways(cells, out_of)
    left_out = (Group(name, None, None, None, None) for name in order if name not in counted)
    points = [one.score for one in own]
    by_part = parts(one.group for one in own)
    of_part = [[one for one in own if one.group in part] for part in by_part]
    if any(0 < sum(one.sex == kind.name for one in there) < FEWEST for there in of_part for kind in by_sex):
        by_sex = tuple(Group(kind.name, None, None, None, None) for kind in by_sex)
    full = sum(score == out_of for score in points)
    full_is_shown = all(kept(sum(one.score == out_of for one in there), len(there)) is not None for there in of_part)
    return SchoolFigures(
        pupils=len(own),
        average=fmean(points),
        middle=float(median(points)),
        full_marks=full if full_is_shown else None,
        bands=bands({name: [one.score for one in own if one.group == name] for name in counted}, out_of),
        by_group=(*(by_group if full_is_shown else _without_full_marks(by_group)), *left_out),
        by_sex=by_sex if _sexes_of_full_marks(of_part, out_of) else _without_full_marks(by_sex),
    )


def bands(scores: Mapping[str, Sequence[int]], out_of: int) -> tuple[Band, ...]:
    """The scores of each group in bands, from the highest down to none; no band for fewer than five pupils in all.

    Bands begin at fixed scores, so that none says what anybody had, and are put together until each has five pupils,
    and none or five of each part: as many bands as there can be, the highest ones as short as they can be.
    """
    everybody = [(name, score) for name, own in scores.items() for score in own]
    if not may_be_shown(len(everybody)):
        return ()
    by_part = parts(name for name, _ in everybody)
    starts = band_starts(out_of)[:-1]
    for count in range(len(starts), 0, -1):
        for chosen in combinations(starts, count):
            edges = [out_of + 1, *chosen, 0]
            cut = [
                (low, above - 1, Counter(name for name, score in everybody if low <= score < above))
                for above, low in pairwise(edges)
            ]
            if all(_is_of_many(counts, by_part) for _, _, counts in cut):
                return tuple((low, high, counts.total()) for low, high, counts in cut)
    return ((0, out_of, len(everybody)),)


def band_starts(out_of: int) -> tuple[int, ...]:
    """Where bands may begin: 25, 20, 15, 10 and 0 of 25 questions, in proportion of others."""
    return tuple(sorted({out_of, *(-(-out_of * fifths // 5) for fifths in (4, 3, 2)), 0}, reverse=True))


def rows_of_school(pupils: Sequence[MarksOf]) -> tuple[Row, ...]:
    """The tables by their first number that may be shown: those of which each part was asked of none or of five pupils.

    And not where all of fewer than ten whom it was asked were right, or none: it would say so of each of them.
    """
    by_part = parts(one.group for one in pupils)
    rows_of = [by_table([one.marks]) for one in pupils]
    found = by_table([one.marks for one in pupils])
    return tuple(
        row for place, row in enumerate(found) if row.asked and _row_is_of_many(pupils, rows_of, place, by_part)
    )


def kept(count: int, of: int | None = None) -> int | None:
    """A count; None where it, or what is left of the whole, is one to four."""
    small = range(1, FEWEST)
    return None if count in small or (of is not None and of - count in small) else count


def counts_kept(counts: Mapping[str, int]) -> Mapping[str, int]:
    """The counts of five or more; none where the others could be had from all of them together."""
    shown = {name: count for name, count in counts.items() if may_be_shown(count)}
    rest = sum(counts.values()) - sum(shown.values())
    return shown if kept(rest) is not None else {}


def _row_is_of_many(
    pupils: Sequence[MarksOf], rows_of: Sequence[Sequence[Row]], place: int, by_part: Sequence[Part]
) -> bool:
    """Whether a table may be shown; ``rows_of`` has each pupil's own rows."""
    asked = [(one.group, rows[place]) for one, rows in zip(pupils, rows_of, strict=True) if rows[place].asked]
    for part in by_part:
        there = [row for group, row in asked if group in part]
        alike = all(row.right == row.asked for row in there) or not any(row.right for row in there)
        if there and (not may_be_shown(len(there)) or (alike and len(there) < FEWEST_ALIKE)):
            return False
    return True


def _is_of_many(counts: Mapping[str, int], by_part: Sequence[Part]) -> bool:
    """Whether five or more are counted, and none or five of each part."""
    of_parts = [sum(counts.get(name, 0) for name in part) for part in by_part]
    return any(of_parts) and all(count == 0 or may_be_shown(count) for count in of_parts)


def _sexes_of_full_marks(of_part: Sequence[Sequence[ScoreOf]], out_of: int) -> bool:
    """Whether in each part the full marks of a sex, and the rest of it, are of none or of five."""
    for there in of_part:
        for sex in {one.sex for one in there}:
            scores = [one.score for one in there if one.sex == sex]
            if kept(sum(score == out_of for score in scores), len(scores)) is None:
                return False
    return True


def _without_full_marks(found: Sequence[Group]) -> tuple[Group, ...]:
    return tuple(replace(one, full_marks=None) for one in found)

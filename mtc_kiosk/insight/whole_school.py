"""A school's figures for readers who may know no child's score, such as governors: nothing of fewer than five pupils.

Readers are taken to add and subtract whatever is shown, and to have the pages of the school's groups as well. So the
pupils of groups under five are in no figure at all, unless all those groups together have five or more. By sex there
are figures only where each group has none of a sex, or five.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from mtc_kiosk.insight.groups import FEWEST, Group, may_be_shown, two_ways

Band = tuple[int, int, int]
"""The lowest score, the highest one, and how many pupils had one of them."""


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
    small = {name for name, size in sizes.items() if not may_be_shown(size)}
    return frozenset(sizes if may_be_shown(sum(sizes[name] for name in small)) else sizes.keys() - small)


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
    full = sum(score == out_of for score in points)
    return SchoolFigures(
        pupils=len(own),
        average=fmean(points),
        middle=float(median(points)),
        full_marks=kept(full, len(own)),
        bands=bands(points, out_of),
        by_group=(*_without_small_counts(by_group, full, len(own)), *left_out),
        by_sex=_without_small_counts(by_sex, full, len(own)),
    )


def bands(scores: Sequence[int], out_of: int) -> tuple[Band, ...]:
    """The scores in bands of five pupils or more, from the highest down; none for fewer than five in all.

    Below the last band nobody has a score.
    """
    counts = Counter(scores)
    found: list[Band] = []
    highest, pupils = out_of, 0
    for score in range(out_of, -1, -1):
        pupils += counts[score]
        if may_be_shown(pupils):
            found.append((score, highest, pupils))
            highest, pupils = score - 1, 0
    if found and pupils:
        _, first, before = found.pop()
        found.append((0, first, before + pupils))
    return tuple(found)


def kept(count: int, of: int | None = None) -> int | None:
    """A count; None where it, or what is left of the whole, is one to four."""
    small = range(1, FEWEST)
    return None if count in small or (of is not None and of - count in small) else count


def counts_kept(counts: Mapping[str, int]) -> Mapping[str, int]:
    """The counts of five or more; none where the others could be had from all of them together."""
    shown = {name: count for name, count in counts.items() if may_be_shown(count)}
    rest = sum(counts.values()) - sum(shown.values())
    return shown if kept(rest) is not None else {}


def _without_small_counts(found: Sequence[Group], full: int, pupils: int) -> tuple[Group, ...]:
    """The groups with their full marks only if none of the counts, and none had by subtraction, is one to four."""
    shown = [(one.full_marks or 0, one.pupils or 0) for one in found if not one.is_hidden]
    rest = full - sum(own for own, _ in shown), pupils - sum(size for _, size in shown)
    if all(kept(own, size) is not None for own, size in (*shown, rest)):
        return tuple(found)
    return tuple(replace(one, full_marks=None) for one in found)

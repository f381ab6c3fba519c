"""Groups side by side, with what must not be shown: a group of fewer than five, and any figure that gives it away.

A hidden group can be had by subtraction: the whole less the groups that are shown. So where what is hidden together is
fewer than five pupils, or one group alone, the next smallest group is hidden as well. Arrangements are never a group
on what is shared: they reveal a child's needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

FEWEST = 5
"""A group of fewer pupils is not shown."""


@dataclass(frozen=True)
class Group:
    """A group with its figures; all of them None where it is hidden, its size as well."""

    name: str
    pupils: int | None
    average: float | None
    middle: float | None
    full_marks: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether its figures are kept back."""
        return self.pupils is None


WHY_HIDDEN = f"Groups of fewer than {FEWEST} pupils are not shown, nor figures from which one could be worked out."


def groups(scores: Mapping[str, Sequence[int]], out_of: int, *, whole_is_shown: bool = True) -> tuple[Group, ...]:
    """The groups in the order given, which together are everybody, once each.

    ``whole_is_shown``: the figures of all together are on the same page, or on another that the reader may have.
    """
    sizes = {name: len(own) for name, own in scores.items()}
    hidden = _hidden(sizes, whole_is_shown)
    return tuple(
        Group(name, None, None, None, None) if name in hidden or not own else _group(name, own, out_of)
        for name, own in scores.items()
    )


def two_ways(
    cells: Mapping[tuple[str, str], Sequence[int]], out_of: int
) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Groups by two things in one report, such as class and sex, where everybody together is shown too.

    ``cells`` has the scores of everybody by both, each pupil once. Whoever knows a class can subtract it, so the second
    groups are hidden unless each class, and all classes together that are hidden, have none or five of each.
    """
    first = {name: [score for (one, _), own in cells.items() if one == name for score in own] for name, _ in cells}
    second = {name: [score for (_, one), own in cells.items() if one == name for score in own] for _, name in cells}
    shown = groups(first, out_of)
    rest = {name for name, own in first.items() if not may_be_shown(len(own))}
    blocks = [*({name} for name in first.keys() - rest), rest]
    sizes = (sum(len(cells.get((name, kind), ())) for name in block) for block in blocks for kind in second)
    if any(0 < size < FEWEST for size in sizes):
        return shown, tuple(Group(name, None, None, None, None) for name in second)
    return shown, groups(second, out_of)


def may_be_shown(pupils: int) -> bool:
    """Whether figures of so many pupils together may be shared."""
    return pupils >= FEWEST


def _hidden(sizes: Mapping[str, int], whole_is_shown: bool) -> set[str]:
    hidden = {name for name, size in sizes.items() if 0 < size < FEWEST}
    if not hidden or not whole_is_shown:
        return hidden
    others = sorted((size, name) for name, size in sizes.items() if size >= FEWEST)
    while others and sum(sizes[name] for name in hidden) < FEWEST:
        hidden.add(others.pop(0)[1])
    return hidden


def _group(name: str, scores: Sequence[int], out_of: int) -> Group:
    full = sum(score == out_of for score in scores)
    return Group(name, len(scores), fmean(scores), float(median(scores)), full)

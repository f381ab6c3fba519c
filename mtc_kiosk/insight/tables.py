"""One pupil's tables: the probability that the pupil has not got each of them, by exact sums.

A pupil has an ability, and in each table (a fact's first number) an effect of their own, mostly a small one. Beside
that a table may be *lost*: its facts succeed in a small share of the times they otherwise would, where the table is the
first number, or whichever way round. All of these take a few values (``grid``), so that each probability is a sum.
docs/insight.md has the mathematics, and what is approximate: at most two tables are lost whichever way round, and a
fact is lost once even if both its tables are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from operator import mul

from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.class_fit import Marks
from mtc_kiosk.insight.grid import LOST, LOST_EITHER, SMOOTH, WEIGHTS, Grid, Line, Lines

PAIRED = 5
"""Of how many tables, those most likely to be lost, every pair is tried."""

PAIRED_FROM = 0.01
"""A table is paired if it is at least this likely to be lost, beside nothing being lost."""

NEGLIGIBLE = 1e-4
"""Assumptions less probable than this are left out."""


@dataclass(frozen=True)
class TableChance:
    """One table of one pupil. ``not_got`` is the probability that the pupil has not got it.

    ``lost`` is the probability that this table in particular is lost.
    """

    table: int
    not_got: float
    lost: float


@dataclass(frozen=True)
class _Part:
    """A table under one assumption: for each of its effects, weight times likelihood; and their sum."""

    effects: Sequence[int]
    lines: Lines
    likelihood: Line


@dataclass(frozen=True)
class _Case:
    """One assumption about what is lost whichever way round: its weight by ability, and the tables it changes.

    ``share`` is the place in ``LOST`` of the share that is left.
    """

    tables: tuple[int, ...]
    share: int
    weight: Line
    changed: Mapping[int, _Part]
    total: float

    @classmethod
    def merged(cls, cases: Sequence["_Case"]) -> "_Case":
        """Several that change nothing of a table, as one."""
        return cls((), 0, _added(case.weight for case in cases), {}, fsum(case.total for case in cases))


def table_chances(marks: Marks, grid: Grid) -> tuple[TableChance, ...]:
    """The chances of every table, from one pupil's answers."""
    return _Pupil(marks, grid).chances()


class _Pupil:
    """The sums for one pupil."""

    def __init__(self, marks: Marks, grid: Grid) -> None:
        self.grid = grid
        self.asked: dict[int, list[tuple[int, Lines]]] = defaultdict(list)
        for item, right in marks:
            self.asked[item.table].append((item.factor2, grid.likelihoods(item, right)))
        self.tables = sorted({*TABLES, *self.asked})
        self.plain = {table: self._part(table, (), 0) for table in self.tables}
        start = grid.prior
        for part in self.plain.values():
            start = _times(start, part.likelihood)
        self.start = start

    def chances(self) -> tuple[TableChance, ...]:
        """Every table's chances."""
        singles = self._singles()
        cases = [_Case((), 0, self.start, {}, sum(self.start)), *singles, *self._pairs(singles)]
        total = sum(case.total for case in cases)
        cases = [case for case in cases if case.total > NEGLIGIBLE * total]
        return tuple(self._chance(table, cases) for table in TABLES)

    def _chance(self, table: int, cases: Sequence[_Case]) -> TableChance:
        total = sum(case.total for case in cases)
        unchanged = [case for case in cases if table not in case.changed]
        parts = [(_Case.merged(unchanged), self.plain[table])] if unchanged else []
        parts += [(case, case.changed[table]) for case in cases if table in case.changed]
        not_got = lost = 0.0
        for case, part in parts:
            others = () if table in case.tables else case.tables
            share = [one / of for one, of in zip(case.weight, part.likelihood, strict=True)]
            for effect, line in zip(part.effects, part.lines, strict=True):
                there = _times(share, line)
                not_got += sum(there[: self.grid.limit(table, effect, others, case.share)])
                lost += sum(there) if effect >= len(SMOOTH) else 0.0
        not_got += sum(self._nearly(table, case) for case in unchanged if case.tables)
        return TableChance(table, min(1.0, not_got / total), min(1.0, lost / total))

    def _nearly(self, table: int, case: _Case) -> float:
        """The weight of what has not got a table only because it shares a fact with another that is lost.

        The case is one that changes none of the table's answers.
        """
        part, found = self.plain[table], 0.0
        for effect, line in zip(part.effects, part.lines, strict=True):
            start, end = self.grid.limit(table, effect), self.grid.limit(table, effect, case.tables, case.share)
            found += sum(case.weight[at] / part.likelihood[at] * line[at] for at in range(start, end))
        return found

    def _singles(self) -> list[_Case]:
        odds = LOST_EITHER / (1 - LOST_EITHER) / len(LOST)
        return [self._case((table,), share, odds) for table in TABLES for share in range(len(LOST))]

    def _pairs(self, singles: Sequence[_Case]) -> Iterator[_Case]:
        odds = (LOST_EITHER / (1 - LOST_EITHER)) ** 2 / len(LOST)
        weight: dict[int, float] = defaultdict(float)
        for case in singles:
            weight[case.tables[0]] += case.total
        enough = PAIRED_FROM * sum(self.start)
        possible = [table for table, there in weight.items() if there > enough]
        likely = sorted(possible, key=lambda table: (-weight[table], table))[:PAIRED]
        for pair in combinations(sorted(likely), 2):
            for share in range(len(LOST)):
                yield self._case(pair, share, odds)

    def _case(self, lost: tuple[int, ...], share: int, odds: float) -> _Case:
        touched = {table for table, asked in self.asked.items() if any(second in lost for second, _ in asked)}
        changed = {table: self._part(table, lost, share) for table in sorted({*lost, *touched})}
        weight = [odds * one for one in self.start]
        for table, part in changed.items():
            before = self.plain[table].likelihood
            weight = [one * new / old for one, new, old in zip(weight, part.likelihood, before, strict=True)]
        return _Case(lost, share, weight, changed, sum(weight))

    def _part(self, table: int, lost: tuple[int, ...], share: int) -> _Part:
        """A table's sums over its own effects; the facts that ``lost`` touches have the one effect of being lost."""
        gone = len(SMOOTH) + share
        effects = (gone,) if table in lost else range(len(WEIGHTS))
        asked = self.asked.get(table, ())
        lines: Lines = []
        for effect in effects:
            line = [1.0 if table in lost else WEIGHTS[effect]] * len(self.grid.prior)
            for second, likelihoods in asked:
                line = _times(line, likelihoods[gone if second in lost else effect])
            lines.append(line)
        return _Part(effects, lines, _added(lines))


def _times(one: Line, other: Line) -> Line:
    return list(map(mul, one, other))


def _added(lines: Iterable[Line]) -> Line:
    return list(map(fsum, zip(*lines, strict=True)))

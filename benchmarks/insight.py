"""What insight finds and how often it is wrong, on made-up classes with a known truth (docs/insight.md has the tables).

``python -m benchmarks.insight`` prints each table with its bars; the exit code is 1 if one is missed.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from benchmarks.insight_pupils import ABILITIES, HEALTHY, OF_A_TABLE, Plant
from benchmarks.insight_study import (
    ACTS,
    PATTERN_OF,
    PUPILS,
    Atom,
    Row,
    Said,
    atom,
    by_the_model,
    has_lost,
    healthy,
    likelihood_ratio,
    study,
)
from mtc_kiosk.insight.claims import Sure

CONFIDENT = 1.959964
EDGES = (0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.01)
FEWEST_IN_A_BIN = 1_000
FALSE_CLEAR, FALSE_LIKELY, DETECTED = 0.02, 0.10, 0.9
UNDER_THE_MODEL, UNDER_OTHERS = 0.05, 0.10
CLASS_S, PUPIL_S = 1.0, 0.2
LEVELS = {"clear": (Sure.CLEAR,), "likely or clear": (Sure.CLEAR, Sure.LIKELY)}


@dataclass
class Bars:
    """The bars that were missed."""

    missed: list[str]

    def check(self, name: str, met: bool) -> str:
        """``met`` or ``MISSED``."""
        if not met:
            self.missed.append(name)
        return "met" if met else "MISSED"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the study and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--classes", type=int, default=300, help="classes for each kind of facts")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    bars = Bars([])
    began = time.perf_counter()
    tables = {spread: list(study(asked.classes, asked.seed, OF_A_TABLE, spread=spread)) for spread in (False, True)}
    others = {
        spread: list(study(asked.classes // 3, asked.seed, (*PATTERN_OF, *HEALTHY[1:]), spread=spread))
        for spread in (False, True)
    }
    took = time.perf_counter() - began
    everyone = [row for part in (*tables.values(), *others.values()) for row in part]
    print(f"{len(everyone):,} pupils in classes of {PUPILS}, seed {asked.seed}, Python {sys.version.split()[0]}")
    false_claims(everyone, bars)
    for spread, rows in tables.items():
        detection(rows, "facts of different hardness" if spread else "facts all alike", bars)
    by_chances([row for rows in tables.values() for row in rows], bars)
    pattern_detection(others, bars)
    model = list(by_the_model(asked.classes * 10, asked.seed))
    calibration("drawn from the model", model, UNDER_THE_MODEL, bars)
    calibration("tables lost, facts of different hardness", _all_said(tables[True]), UNDER_OTHERS, bars)
    calibration("other plants, facts of different hardness", _all_said(others[True]), UNDER_OTHERS, bars)
    apart = [row for row in tables[False] if row.made.ability != min(ABILITIES)]
    calibration("tables lost, facts all alike, abilities 80 and 95%", _all_said(apart), None, bars)
    calibration("tables lost, facts all alike, all abilities", _all_said(tables[False]), None, bars)
    evenly = list(study(asked.classes // 3, asked.seed, OF_A_TABLE, spread=False, evenly=True))
    calibration("tables lost, facts all alike, any ability from 50 to 97%", _all_said(evenly), UNDER_OTHERS, bars)
    brier(_all_said(tables[True]), "facts of different hardness", bars)
    brier(_all_said(tables[False]), "facts all alike", bars)
    print(f"\n{took / len(everyone) * PUPILS:.2f} s a class with the making of its pupils")
    print(f"\nMissed: {', '.join(bars.missed) or 'none'}")
    return 1 if bars.missed else 0


def _all_said(rows: Iterable[Row]) -> list[Said]:
    return [said for row in rows for said in row.claims]


def wilson_upper(times: int, of: int) -> float:
    """The upper end of Wilson's 95% interval."""
    if not of:
        return 1.0
    share, square = times / of, CONFIDENT**2
    middle = share + square / (2 * of)
    spread = CONFIDENT * sqrt(share * (1 - share) / of + square / (4 * of**2))
    return (middle + spread) / (1 + square / of)


def false_claims(rows: Sequence[Row], bars: Bars) -> None:
    """How many pupils without a plant carry any false claim, of any kind."""
    print("\n## False claims in a report of a pupil without a plant\n")
    print("| ability | facts | pupils | false clear | at most | bar 2% | false likely or clear | at most | bar 10% |")
    print("|---|---|---|---|---|---|---|---|---|")
    for ability, spread in [(ability, spread) for ability in ABILITIES for spread in (False, True)]:
        own = [row for row in rows if healthy(row) and (row.made.ability, row.spread) == (ability, spread)]
        own = [row for row in own if row.made.plant is Plant.NONE]
        _false_line(f"{ability:.0%} | {'differ' if spread else 'alike'}", own, bars)
    for plant in HEALTHY[1:]:
        _false_line(f"{plant} | ", [row for row in rows if row.made.plant is plant], bars)


def _false_line(name: str, rows: Sequence[Row], bars: Bars) -> None:
    cells = []
    for bar, sure in zip((FALSE_CLEAR, FALSE_LIKELY), LEVELS.values(), strict=True):
        times = sum(row.is_false(*sure) for row in rows)
        upper = wilson_upper(times, len(rows))
        cells += [f"{times / len(rows):.2%}", f"{upper:.2%}", bars.check(f"false claims, {name}", upper <= bar)]
    print(f"| {name} | {len(rows):,} | {' | '.join(cells)} |")


@dataclass
class Beside:
    """Detections of ours, and of the tests that know and do not know the ability."""

    pupils: int = 0
    ours: float = 0.0
    best: float = 0.0
    blind: float = 0.0
    falsely: float = 0.0

    def add(self, other: "Beside") -> None:
        """Add another's."""
        self.pupils += other.pupils
        self.ours += other.ours
        self.best += other.best
        self.blind += other.blind
        self.falsely += other.falsely

    def cells(self) -> str:
        """What was found, and beside each test the ratio."""
        parts = [f"{self.pupils:,}", f"{self.ours / self.pupils:.1%}"]
        for other in (self.best, self.blind):
            parts += [f"{other / self.pupils:.1%}", f"{self.ours / other:.2f}" if other else "-"]
        return " | ".join([*parts, f"{self.falsely / self.pupils:.3%}"])


Key = TypeVar("Key")
HEADER = "pupils | found | best, knowing the ability | ratio | best, not knowing it | ratio | falsely"
RULE = "|---" * 7


def beside_the_best(rows: Iterable[Row], sure: Sequence[Sure], key: Callable[[Atom], Key]) -> dict[Key, Beside]:
    """Detections of lost tables by a key, at equal false accusations of the same table.

    Equal within each generator, ability and number of chances. Each planted pupil also says how often a pupil without
    the plant would have answered so: the likelihood ratio is the weight (importance sampling), so that false
    accusations are measured however rare they are.
    """
    strata: dict[object, list[Atom]] = defaultdict(list)
    for one in (atom(row) for row in rows if has_lost(row)):
        made = one.row.made
        strata[made.plant, made.acts, made.ability, one.row.spread, one.chances].append(one)
    found: dict[Key, Beside] = defaultdict(Beside)
    for atoms in strata.values():
        accused = [one.row.of(one.row.made.table).sure in sure for one in atoms]
        falsely = [one.plain if is_accused else 0.0 for one, is_accused in zip(atoms, accused, strict=True)]
        best = _accused_by(atoms, [one.plain for one in atoms], sum(falsely))
        blind = _accused_by(atoms, [one.rank for one in atoms], sum(falsely))
        for one, *values in zip(atoms, accused, best, blind, falsely, strict=True):
            found[key(one)].add(Beside(1, *map(float, values)))
    return found


def _accused_by(atoms: Sequence[Atom], ranks: Sequence[float], left: float) -> list[float]:
    """The chance that a test accuses each pupil: in the order of its ranks, ties by a coin, to this many falsely."""
    shares = [0.0] * len(atoms)
    order = sorted(range(len(atoms)), key=lambda place: ranks[place])
    start = 0
    while start < len(order):
        alike = [place for place in order[start:] if ranks[place] <= ranks[order[start]] * (1 + 1e-9)]
        weight = sum(atoms[place].plain for place in alike)
        share = min(1.0, left / weight) if weight else 1.0
        left = max(0.0, left - weight)
        for place in alike:
            shares[place] = share
        start += len(alike)
    return shares


def detection(rows: Sequence[Row], name: str, bars: Bars) -> None:
    """Lost tables found, beside the best possible tests at equal false accusations."""
    print(f"\n## Lost tables, {name}\n\n| | | {HEADER} | bar 0.90 |\n|---|---{RULE}|---|")
    for level, sure in LEVELS.items():
        whole = Beside()
        for plant, one in sorted(beside_the_best(rows, sure, lambda one: one.row.made.plant).items(), key=str):
            print(f"| {level} | {plant} | {one.cells()} | |")
            whole.add(one)
        for ability, one in sorted(beside_the_best(rows, sure, lambda one: one.row.made.ability).items(), key=str):
            print(f"| {level} | ability {ability:.0%} | {one.cells()} | |")
        met = bars.check(f"detection, {name}, {level}", whole.ours >= DETECTED * whole.blind)
        print(f"| {level} | all | {whole.cells()} | {met}, not knowing the ability |")


def by_chances(rows: Sequence[Row], bars: Bars) -> None:
    """The same by how many questions of the form the plant could act in: a form may simply not ask."""
    print(
        f"\n## Lost tables by the chances that the form gave\n\n| | chances | ability | {HEADER} |\n|---|---|---{RULE}|"
    )
    for level, sure in LEVELS.items():
        found = beside_the_best(rows, sure, lambda one: (min(one.chances, 7), one.row.made.ability))
        for (chances, ability), one in sorted(found.items(), key=str):
            print(f"| {level} | {chances}{' or more' if chances == 7 else ''} | {ability:.0%} | {one.cells()} |")
        whole = Beside()
        for one in found.values():
            whole.add(one)
        met = bars.check(f"detection, all, {level}", whole.ours >= DETECTED * whole.best)
        print(f"| {level} | all | all | {whole.cells()}, {met} knowing the ability |")


def pattern_detection(studies: dict[bool, list[Row]], bars: Bars) -> None:
    """The plants that are of no table, beside the likelihood-ratio test at equal false accusations."""
    print("\n## Ways of answering\n")
    print(f"| | | {HEADER} | bar 0.90 |\n|---|---{RULE}|---|")
    for level, sure in LEVELS.items():
        for plant in PATTERN_OF:
            whole = Beside()
            for rows in studies.values():
                for ability in ABILITIES:
                    for acts in ACTS:
                        whole.add(_of_pattern([row for row in rows if row.made.ability == ability], plant, acts, sure))
            met = bars.check(f"{plant}, {level}", whole.ours >= DETECTED * whole.best)
            print(f"| {level} | {plant} | {whole.cells()} | {met} |")


def _of_pattern(rows: Sequence[Row], plant: Plant, acts: float, sure: Sequence[Sure]) -> Beside:
    pattern = PATTERN_OF[plant]

    def accused(row: Row) -> bool:
        return any(one.pattern is pattern and one.sure in sure for one in row.found)

    plain = [row for row in rows if row.made.plant is Plant.NONE]
    planted = [row for row in rows if row.made.plant is plant and row.made.acts == acts]
    falsely = sum(map(accused, plain))
    ratios = sorted((likelihood_ratio(row, plant, acts) for row in plain), reverse=True)
    limit = ratios[falsely] if falsely < len(ratios) else 0.0
    best = sum(likelihood_ratio(row, plant, acts) > limit for row in planted)
    share = falsely / len(plain) if plain else 0.0
    return Beside(len(planted), float(sum(map(accused, planted))), float(best), float(best), share * len(planted))


def calibration(name: str, said: Sequence[Said], within: float | None, bars: Bars) -> None:
    """How often what was said was true, by how probable it was said to be; the bar is for bins of 1,000 or more."""
    print(f"\n## Said and true: {name}\n")
    print("| said | claims | on average | true | off |\n|---|---|---|---|---|")
    bins: dict[int, list[Said]] = defaultdict(list)
    for one in said:
        bins[next(place for place, edge in enumerate(EDGES) if one.not_got < edge)].append(one)
    for place in sorted(bins):
        own = bins[place]
        mean = sum(one.not_got for one in own) / len(own)
        true = sum(one.true for one in own) / len(own)
        verdict = ""
        if within is not None and len(own) >= FEWEST_IN_A_BIN:
            verdict = bars.check(f"calibration, {name}", abs(mean - true) <= within)
        cells = f"{len(own):,} | {mean:.1%} | {true:.1%} | {true - mean:+.1%} {verdict}"
        print(f"| below {min(EDGES[place], 1):.0%} | {cells} |")


def brier(said: Sequence[Said], name: str, bars: Bars) -> None:
    """The mean square of what was said less what was true, beside the raw share of wrong answers."""
    ours, raw = (
        sum((value - one.true) ** 2 for value, one in zip(values, said, strict=True)) / len(said)
        for values in ([one.not_got for one in said], [one.raw for one in said])
    )
    print(f"\nBrier score, {name}: {ours:.4f}, raw percentages {raw:.4f}: {bars.check(f'Brier, {name}', ours < raw)}")


if __name__ == "__main__":
    sys.exit(main())

"""Pulls the plug over and over, and shows that nothing acknowledged is lost; each figure beside its bar.

``python -m benchmarks.power_cut [--cuts 1000] [--kills 30] [--seed 1]``. Exit code 1 when a bar is missed. A cut is
simulated between two operations of the disk while the journal writes two whole checks; the next start is the real one,
with Python's own SQLite. A kill is a real SIGKILL of a process that keeps checks on this PC's disk as fast as it can.
``--synchronous normal`` shows what the simulation finds where a commit does not wait for the disk.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from benchmarks.cuts import Found, cut_first_start, cut_power
from benchmarks.kills import Killed, kill

OLDEST_LOST_MS = 100.0
"""Nothing typed longer than this before a cut is lost (the issue's bar)."""


@dataclass(frozen=True)
class Figure:
    """One line of the table; ``met`` is None where a figure has no bar."""

    name: str
    measured: str
    bar: str = "-"
    met: bool | None = None


def figures_of_first_starts(opened: Sequence[bool]) -> list[Figure]:
    """The table's lines on cuts in the first start."""
    refused = opened.count(False)
    return [
        Figure("cuts in a home's first start", f"{len(opened)}"),
        Figure("databases that would not open", f"{refused}", "0", refused == 0),
    ]


def figures_of_cuts(found: Sequence[Found]) -> list[Figure]:
    """The table's lines on simulated cuts."""
    refused, faults = sum(one.refused for one in found), [fault for one in found for fault in one.faults]
    losing = sum(one.lost > 0 for one in found)
    return [
        Figure("simulated power cuts", f"{len(found)}"),
        Figure("turns acknowledged before them", f"{sum(one.acknowledged for one in found)}"),
        Figure("cuts that lost an acknowledged turn", f"{losing}", "0", losing == 0),
        Figure("acknowledged turns lost", f"{sum(one.lost for one in found)}", "0", losing == 0),
        Figure("databases that would not open", f"{refused}", "0", refused == 0),
        Figure("other faults", f"{len(faults)} {'; '.join(sorted(set(faults)))}".strip(), "0", not faults),
    ]


def figures_of_kills(killed: Sequence[Killed]) -> list[Figure]:
    """The table's lines on processes that were killed."""
    if not killed:
        return []
    lost, faults = sum(one.lost for one in killed), [fault for one in killed for fault in one.faults]
    oldest, waits = max(one.oldest_lost_ms for one in killed), [wait for one in killed for wait in one.waits_ms]
    cuts = quantiles(waits, n=100)
    return [
        Figure("processes killed (SIGKILL)", f"{len(killed)}"),
        Figure("turns acknowledged before that", f"{sum(one.acknowledged for one in killed)}"),
        Figure("acknowledged turns lost", f"{lost}", "0", lost == 0),
        Figure("oldest turn lost, before the kill", f"{oldest:.1f} ms", "100 ms", oldest < OLDEST_LOST_MS),
        Figure("given to kept, median / 99 %", f"{cuts[49]:.1f} / {cuts[98]:.1f} ms"),
        Figure("other faults", f"{len(faults)} {'; '.join(sorted(set(faults)))}".strip(), "0", not faults),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Cut, kill, print the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--synchronous", choices=("full", "normal"), default="full")
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    found = [cut_power(asked.seed * 1_000_000 + n, synchronous=asked.synchronous) for n in range(asked.cuts)]
    chance = random.Random(asked.seed)
    killed = [kill(after=chance.randint(50, 1500)) for _ in range(asked.kills)]
    opened = [cut_first_start(asked.seed * 1_000_000 + n) for n in range(asked.cuts // 10)]
    figures = [*figures_of_cuts(found), *figures_of_first_starts(opened), *figures_of_kills(killed)]
    for figure in figures:
        met = "" if figure.met is None else "met" if figure.met else "MISSED"
        print(f"{figure.name:<40} {figure.measured:>22} {figure.bar:>8} {met}")
    print(f"{time.monotonic() - began:.0f} s")
    return 0 if all(figure.met is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Pulls the plug over and over, and shows that nothing acknowledged is lost; each figure beside its bar.

``python -m benchmarks.power_cut [--cuts 1000] [--kills 30] [--seed 1]``. Exit code 1 when a bar is missed. A cut is
simulated between two operations of the disk while the journal writes two whole checks; the next start is the real one,
with Python's own SQLite. A kill is a real SIGKILL of a process that keeps checks on this PC's disk as fast as it can.
``--synchronous normal`` shows what the simulation finds where a commit does not wait for the disk.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from statistics import quantiles

from benchmarks.quick_pupil import SETTINGS, form, whole_check
from benchmarks.simulated_disk import SimulatedDisk
from benchmarks.typist import SEED, WALL_MS, attempt_id, new_attempt
from mtc_kiosk.check.events import Resumed
from mtc_kiosk.check.facts import Fact
from mtc_kiosk.check.machine import hear
from mtc_kiosk.check.replay import counting_answers, replay
from mtc_kiosk.store.database import DatabaseRefused, open_database, snapshot
from mtc_kiosk.store.home import Home, open_home
from mtc_kiosk.store.journal import Journal, Kept, NewAttempt, Stamp, StoredAttempt, Trouble

CHECKS = (11, 12)
"""The seeds of the forms of the two checks that a simulated run keeps, one after the other."""

LARGEST_GROUP = 6
OLDEST_LOST_MS = 100.0
"""Nothing typed longer than this before a cut is lost (the issue's bar)."""

PATIENCE_S = 30.0


@dataclass(frozen=True)
class Found:
    """What a start behind a cut found. ``acknowledged`` and ``lost`` count turns; ``lost`` of the acknowledged."""

    acknowledged: int = 0
    lost: int = 0
    refused: bool = False
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One line of the table; ``met`` is None where a figure has no bar."""

    name: str
    measured: str
    bar: str = "-"
    met: bool | None = None


def cut_power(seed: int, *, synchronous: str = "full") -> Found:
    """Keep two checks on a simulated disk, cut its power at an operation drawn by ``seed``, and start again."""
    chance = random.Random(seed)
    with _folder() as folder, _simulated(folder, chance.randint(1, _operations()), seed) as disk:
        acknowledged = _keep_until_cut(disk, folder, chance, synchronous)
        for path, content in disk.survivors(chance).items():
            Path(path).write_bytes(content)
        return _start_again(Home(folder), acknowledged)


def _keep_until_cut(disk: SimulatedDisk, folder: Path, chance: random.Random, synchronous: str) -> int:
    """Keep turns in groups of any size; the last ticket that the journal said is kept."""
    heard, kept = threading.Event(), 0
    journal = Journal(Home(folder), wake=heard.set, connect=partial(disk.connect, synchronous=synchronous))
    tickets, in_trouble = iter(_tickets(journal)), False
    last: int | None = 0
    while last is not None and not in_trouble:
        for _ in range(chance.randint(1, LARGEST_GROUP)):
            last = next(tickets, None)
        while last is not None and kept < last and not in_trouble:
            heard.wait(PATIENCE_S)
            heard.clear()
            for news in journal.news():
                kept = news.ticket if isinstance(news, Kept) else kept
                in_trouble = in_trouble or isinstance(news, Trouble)
    if in_trouble:
        journal.abandon()
    else:
        journal.close(PATIENCE_S)
    return max([kept, *(news.ticket for news in journal.news() if isinstance(news, Kept))])


def _tickets(journal: Journal) -> Iterator[int]:
    """Give one turn after the other of both checks."""
    for count, seed in enumerate(CHECKS):
        new = NewAttempt(attempt_id(count), "try", form(seed), SETTINGS, "kiosk")
        for number, turn in enumerate(whole_check(seed)):
            stamp = Stamp(run=1, now_us=turn[-1].at, wall_ms=WALL_MS + turn[-1].at // 1000)
            yield journal.begin(new, turn, stamp) if number == 0 else journal.keep(new.id, turn, stamp)


def _start_again(home: Home, acknowledged: int) -> Found:
    """Open what is left as the program does, and compare it with what was said to be kept."""
    try:
        open_database(home).close()
    except DatabaseRefused:
        return Found(acknowledged, refused=True)
    journal, here = Journal(home), 0
    faults: list[str] = []
    for count, seed in enumerate(CHECKS):
        try:
            stored = journal.load_attempt(attempt_id(count))
        except KeyError:
            break
        turns = _whole_turns(stored.facts, whole_check(seed))
        here += turns or 0
        faults += _faults(home, stored, turns)
    journal.close()
    return Found(acknowledged, lost=max(0, acknowledged - here), faults=tuple(faults))


def _whole_turns(facts: Sequence[Fact], turns: Sequence[Sequence[Fact]]) -> int | None:
    """How many of the first turns these facts are; None where they are no number of whole turns."""
    left = list(facts)
    for count, turn in enumerate(turns):
        if not left:
            return count
        if left[: len(turn)] != list(turn):
            return None
        del left[: len(turn)]
    return None if left else len(turns)


def _faults(home: Home, stored: StoredAttempt, turns: int | None) -> Iterator[str]:
    if turns is None:
        yield "not a number of whole turns"
        return
    if stored.broken_at is not None:
        yield f"a chain broken at row {stored.broken_at}"
    with snapshot(home.database) as db:
        query = "select number, response, at_us from answer where attempt_id = ? and by <> 'void' order by number"
        rows = db.execute(query, (stored.id,)).fetchall()
    if rows != [(answered.number, answered.response, answered.at) for answered in counting_answers(stored.facts)]:
        yield "answers that do not follow from the events"
    machine = replay(stored.form, stored.settings, stored.facts).machine
    machine, _ = hear(machine, Resumed(machine.at, 60_000, stored.started_at, 1))
    if machine.held is None and machine.outcome is None:
        yield "a check that is neither held nor over"


@dataclass(frozen=True)
class Killed:
    """What a kill left. ``oldest_lost_ms``: how long before the kill the oldest lost turn was given."""

    acknowledged: int
    lost: int
    oldest_lost_ms: float
    waits_ms: tuple[float, ...]
    faults: tuple[str, ...]


def kill(after: int) -> Killed:
    """Let a process keep checks until it has given so many turns, kill it, and look at what is on the disk."""
    with _folder() as folder:
        home = open_home(folder)
        open_database(home).close()
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks.typist", str(folder)], stdout=subprocess.PIPE, text=True
        ) as typist:
            assert typist.stdout is not None
            said = [next(typist.stdout).split() for _ in range(after)]
            killed_ns = time.monotonic_ns()
            typist.kill()
            said += [line.split() for line in typist.stdout if line.endswith("\n")]
        return _what_is_left(home, said, killed_ns)


def _what_is_left(home: Home, said: Sequence[Sequence[str]], killed_ns: int) -> Killed:
    given = {int(ticket): int(ns) for what, ticket, ns in said if what == "given"}
    kept = {int(ticket): int(ns) for what, ticket, ns in said if what == "kept"}
    open_database(home).close()
    journal, turns, here = Journal(home), whole_check(SEED), 0
    faults: list[str] = []
    for count in range(len(given) // len(turns) + 1):
        try:
            stored = journal.load_attempt(new_attempt(count).id)
        except KeyError:
            break
        whole = _whole_turns(stored.facts, turns)
        here += whole or 0
        faults += _faults(home, stored, whole)
    journal.close()
    lost = [killed_ns - ns for ticket, ns in given.items() if ticket > here and ns < killed_ns]
    return Killed(
        acknowledged=max(kept, default=0),
        lost=max(0, max(kept, default=0) - here),
        oldest_lost_ms=max(lost, default=0) / 1e6,
        waits_ms=tuple((ns - given[ticket]) / 1e6 for ticket, ns in kept.items()),
        faults=tuple(faults),
    )


@cache
def _base() -> bytes:
    """The bytes of a database without a check in it."""
    with _folder() as folder:
        open_database(Home(folder)).close()
        return Home(folder).database.read_bytes()


@cache
def _operations() -> int:
    """About how many operations both checks take, to the end of the journal in good order."""
    with _folder() as folder, _simulated(folder, None, 0) as disk:
        _keep_until_cut(disk, folder, random.Random(0), "full")
        return disk.operations


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="power-cut-") as folder:
        yield Path(folder)


@contextmanager
def _simulated(folder: Path, cut_at: int | None, seed: int) -> Iterator[SimulatedDisk]:
    disk = SimulatedDisk(f"simulated-{seed}", {str(Home(folder).database): _base()}, cut_at)
    try:
        yield disk
    finally:
        disk.unplug()


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
    figures = [*figures_of_cuts(found), *figures_of_kills(killed)]
    for figure in figures:
        met = "" if figure.met is None else "met" if figure.met else "MISSED"
        print(f"{figure.name:<40} {figure.measured:>22} {figure.bar:>8} {met}")
    print(f"{time.monotonic() - began:.0f} s")
    return 0 if all(figure.met is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())

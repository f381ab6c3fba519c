"""Kills of a real process that keeps checks, and whether the next start finds everything it reported as kept."""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.cuts import faults_of, temporary_folder, whole_turns
from benchmarks.quick_pupil import whole_check
from benchmarks.typist import SEED, new_attempt
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.journal.journal import Journal


@dataclass(frozen=True)
class Killed:
    """The outcome of a kill. ``oldest_lost_ms``: how long before the kill the oldest lost transition was given."""

    acknowledged: int
    lost: int
    oldest_lost_ms: float
    waits_ms: tuple[float, ...]
    faults: tuple[str, ...]


def kill(after: int) -> Killed:
    """Let a process keep checks until it has given ``after`` transitions, kill it, and check what is on the disk."""
    with temporary_folder() as folder:
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
        whole = whole_turns(stored.facts, turns)
        here += whole or 0
        faults += faults_of(home, stored, whole)
    journal.close()
    lost = [killed_ns - ns for ticket, ns in given.items() if ticket > here and ns < killed_ns]
    return Killed(
        acknowledged=max(kept, default=0),
        lost=max(0, max(kept, default=0) - here),
        oldest_lost_ms=max(lost, default=0) / 1e6,
        waits_ms=tuple((ns - given[ticket]) / 1e6 for ticket, ns in kept.items()),
        faults=tuple(faults),
    )

"""How long the reports of insight take, from the database to the finished page.

``python -m benchmarks.reports [--pupils 700]``. Exit code 1 where a bar is missed. The school has classes of 30, whose
pupils have 50 to 100% right, each class on 30 forms. Each report is measured *warm*, by a console that has made it
before; *for the first time* by a console that has shown the results; and *cold*, by a program that keeps nothing: a
command, without the start of Python. Checks were proven before, as they are when they come in.
"""

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.school_of_700 import NOW, open_made_up
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.export.reports import html
from mtc_kiosk.office.open import OpenHome, configuration_of, find, opened
from mtc_kiosk.office.reports import FILE, class_report, governors_report, pupil_report, side_by_side, sides
from mtc_kiosk.office.results import PAGE, show_results
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.opened import Memory
from mtc_kiosk.store.home.home import Home

RUNS, FEWER_RUNS = 7, 3
"""Of a report with a bar, and of others."""

CLASS = 30
RIGHT = (0.5, 0.7, 0.8, 0.9, 0.95, 1.0, 0.6)
CLASS_MS, PUPIL_MS = 1_000, 200
"""The bars."""

Took = tuple[float, float]
"""Milliseconds by the clock, and of the processor."""

Report = Callable[[OpenHome, str], object]


def into_classes(home: Home) -> None:
    """Put the pupils into classes, by their ids."""
    with contextlib.closing(connect(home.database)) as db:
        db.execute("begin")
        for (pupil_id,) in db.execute("select id from pupil").fetchall():
            name = f"{4 + (pupil_id - 1) // (3 * CLASS)}{'ABC'[(pupil_id - 1) // CLASS % 3]}"
            db.execute("update pupil set group_name = ? where id = ?", (name, pupil_id))
        db.execute("commit")


def medians(runs: Iterable[Took]) -> Took:
    """The median of each."""
    walls, processors = zip(*runs, strict=True)
    return median(walls), median(processors)


class Timed:
    """Opens a home as a console does, which keeps ``memory``, or as a command does, which keeps nothing."""

    def __init__(self, home: Home) -> None:
        self.home: Home = find(home.root)
        self.configuration: Configuration = configuration_of(self.home)

    @contextlib.contextmanager
    def open(self, memory: Memory | None) -> Iterator[OpenHome]:
        """The home, open for the command line."""
        with opened(self.home, self.configuration, COMMAND_LINE, memory=memory) as home:
            yield home

    def took(self, report: Report, memory: Memory | None) -> Took:
        """What one report took."""
        with self.open(memory) as home:
            began, spent = time.perf_counter(), time.process_time()
            report(home, PAGE if memory is not None else FILE)
            return (time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000

    def cold(self, report: Report, runs: int) -> Took:
        """The median of programs that keep nothing."""
        return medians(self.took(report, None) for _ in range(runs))

    def warm(self, report: Report, runs: int) -> Took:
        """The median of a console that made this report before."""
        memory: Memory = {}
        self.took(report, memory)
        return medians(self.took(report, memory) for _ in range(runs))

    def first(self, report: Report, runs: int) -> Took:
        """The median of consoles that have shown the results, and make this report for the first time."""
        took = []
        for _ in range(runs):
            memory: Memory = {}
            with self.open(memory) as home:
                show_results(home, PAGE)
            took.append(self.took(report, memory))
        return medians(took)


def reports(home: OpenHome) -> Iterator[tuple[str, Report, float | None]]:
    """The reports with their bars, each to the finished page."""
    yield "class of 30", lambda home, where: html.class_page(class_report(home, where, "4A")), CLASS_MS
    yield "pupil", lambda home, where: html.pupil_page(pupil_report(home, where, 7)), PUPIL_MS
    keys = [side.key for side in sides(home)]
    if len(keys) > 2:
        yield (
            "two classes side by side",
            lambda home, where: html.side_by_side_page(side_by_side(home, where, keys[1], keys[2])),
            None,
        )
    yield "governors", lambda home, where: html.governors_page(governors_report(home, where)), None
    yield "all pupils", lambda home, where: html.class_page(class_report(home, where)), None


def figures(home: Home, name: str) -> Iterator[tuple[str, Took, float | None]]:
    """What is measured, in milliseconds, and its bar."""
    timed = Timed(home)
    with timed.open(None) as office:
        show_results(office, FILE)  # the checks are proven
        made = list(reports(office))
    for what, report, bar in made:
        runs = RUNS if bar is not None else FEWER_RUNS
        yield f"{name}: {what}, warm", timed.warm(report, runs), bar
        yield f"{name}: {what}, for the first time", timed.first(report, runs), bar
        yield f"{name}: {what}, cold", timed.cold(report, runs), bar


def main() -> int:
    """Print each figure; 1 where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pupils", type=int, default=700)
    count = options.parse_args().pupils
    os.environ["MTC_KIOSK_NOW"] = (NOW + timedelta(hours=8)).isoformat()
    missed = False
    print(f"load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for pupils in sorted({CLASS, 3 * CLASS, count}):
            home = open_made_up(Path(folder) / str(pupils), pupils, seeds=CLASS, right=RIGHT)
            into_classes(home)
            for name, (wall, processor), bar in figures(home, f"{pupils} pupils"):
                missed |= bar is not None and wall > bar
                beside = "" if bar is None else f"   at most {bar:.0f} ms{'   MISSED' if wall > bar else ''}"
                print(f"{name:<60}{wall:8.0f} ms{processor:8.0f} of the processor{beside}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""How late the kiosk is at a deadline, beside a bare loop: ``python -m benchmarks.waiting``.

First the window's wait alone, on a real X server: deadlines at random intervals, in turn with those of a bare loop on
the same thread. Then whole kiosks with questions and pauses of a second in which nothing is pressed, and a bare loop in
a process beside them. Every core is kept busy, and the priority is the ordinary one; for the wait alone also quiet and
raised. Bar: at ordinary priority and busy, the 99th percentile is at most 1.3 times the bare loop's. It ends with exit
code 1 where that is missed, or where anything was early.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import bare_loop
from benchmarks.conditions import busy_cores, home_with, reckon, through_pages
from benchmarks.screen import environment, fifo_allowed, injector, kiosk, x_server
from mtc_kiosk.kiosk.system.thread_priority import SLICE_NS, ask_for_turns, raise_priority
from mtc_kiosk.kiosk.system.window import SdlWindow, Window

BAR = 1.3
GAPS_NS = (3_000_000, 25_000_000)
QUESTIONS = 25
WINDOW, BARE, BARE_SPUN, BEFORE = "the kiosk's wait", "bare loop", "bare loop, spins 0.15 ms", "bare loop, spins 2 ms"
SPINS_NS = {BARE: 0, BARE_SPUN: bare_loop.SPIN_NS, BEFORE: 2_000_000}
TITLE = "mtc_kiosk"
LATE = "select json_extract(data, '$.late_us') / 1e3 from event where type = ?"
MEASURES = ("least", "median", "p95", "p99", "max")

Lateness = dict[str, list[float]]
"""Milliseconds by what was late."""


def alone(deadlines: int, *, raised: bool) -> Lateness:
    """Time the window's wait and each bare loop, in turn, on this thread and on the display of this process."""
    chance = random.Random()
    window = SdlWindow((400, 300), grab=False)
    priority = raise_priority(wanted=raised)
    window.may_spin(raised=priority.raised)
    late: Lateness = {name: [] for name in (WINDOW, *SPINS_NS)}
    for _ in range(deadlines):
        for name in chance.sample(list(late), len(late)):
            if not priority.raised:
                ask_for_turns(SLICE_NS if name == WINDOW else 0)  # a bare loop has a program's usual turns
            until_ns = time.perf_counter_ns() + chance.randint(*GAPS_NS)
            late_ns = _by(window, until_ns) if name == WINDOW else bare_loop.sleep_until(until_ns, SPINS_NS[name])
            late[name].append(late_ns / 1e6)
    window.close()
    return late


def _by(window: Window, until_ns: int) -> int:
    """Wait for the moment as the kiosk's loop does, whatever comes before it."""
    while True:
        happened = window.wait(until_ns, exactly=True)
        late_ns = time.perf_counter_ns() - until_ns
        if late_ns >= 0 or not happened:
            return late_ns  # below zero where it came back early for nothing


def alone_on_a_screen(deadlines: int, *, raised: bool, busy: bool) -> Lateness:
    """The same, in a process and on an X server of its own."""
    command = [sys.executable, "-m", "benchmarks.waiting", "--alone", str(deadlines), *(["--raised"] if raised else [])]
    with busy_cores(busy), x_server(fifo=raised) as display:
        program = subprocess.run(command, env=environment(display), stdout=subprocess.PIPE, check=True)
    late: Lateness = json.loads(program.stdout.splitlines()[-1])
    return late


def whole_kiosks(checks: int, at_once: int, *, busy: bool) -> Lateness:
    """Checks at ordinary priority in which every question times out, and a bare loop beside them."""
    late: Lateness = {"question": [], "pause": [], BARE: []}
    with busy_cores(busy), bare_loop.beside(late[BARE]), ThreadPoolExecutor(at_once) as threads:
        for questions, pauses in threads.map(lambda _: _check(), range(checks)):
            late["question"] += questions
            late["pause"] += pauses
    return late


def _check() -> tuple[list[float], list[float]]:
    with x_server() as display, injector(display) as fingers, tempfile.TemporaryDirectory() as folder:
        home = home_with(Path(folder), priority=False, pause="1", question="1")
        with kiosk(display, home, "try", more={"SDL_AUDIODRIVER": "dummy"}) as running:
            fingers.wait_for_window(TITLE, timeout_s=60)
            attempt, seq, asked = str(running.wait_for("select id from attempt")[0][0]), 0, 0
            while asked < QUESTIONS:
                seq, shown = through_pages(running, fingers, attempt, seq)
                if shown is None:
                    break
                asked += not shown["practice"]
            running.wait_for("select 1 from answer where number = ?", (asked,))
            questions, pauses = ([ms for (ms,) in running.rows(LATE, (kind,))] for kind in ("TimedOut", "PauseEnded"))
            return questions, pauses


def bare_p99(late: Lateness) -> float:
    """The 99th percentile of the bare loops that do not spin for long, all together."""
    return reckon([ms for name in (BARE, BARE_SPUN) for ms in late.get(name, [])], "p99")


def table(name: str, late: Lateness, *, holds: bool) -> tuple[list[str], bool]:
    """A condition's rows in Markdown, and whether it meets its bar."""
    rows, met, bare = [], True, bare_p99(late)
    for what, values in late.items():
        ours = what not in SPINS_NS
        ratio = reckon(values, "p99") / bare
        kept = not ours or (reckon(values, "least") >= 0 and (not holds or ratio <= BAR))
        met = met and kept
        figures = " | ".join(f"{reckon(values, measure):.3g}" for measure in MEASURES)
        beside = f"{ratio:.2f}{'' if kept else ' **missed**'}" if ours else ""
        rows.append(f"| {name} | {what} | {len(values)} | {figures} | {beside} | {BAR if ours and holds else ''} |")
    return rows, met


HEAD = (
    f"| condition | what (ms late) | n | {' | '.join(MEASURES)} | p99 by the bare loop's | bar |",
    f"|---|---|---|{'---|' * len(MEASURES)}---|---|",
)


def conditions(deadlines: int, checks: int, at_once: int) -> Iterator[tuple[str, Lateness, bool]]:
    """Measure one condition after the other: its name, its lateness, and whether the bar applies there."""
    for raised, busy in ((False, True), (False, False), (True, True), (True, False)):
        if raised and not fifo_allowed():
            continue
        name = f"wait, {'busy' if busy else 'quiet'}, {'raised' if raised else 'ordinary'} priority"
        yield name, alone_on_a_screen(deadlines, raised=raised, busy=busy), busy and not raised
    if checks:
        yield "whole kiosk, busy, ordinary priority", whole_kiosks(checks, at_once, busy=True), True


def measure(deadlines: int, checks: int, at_once: int) -> bool:
    """Measure every condition and print the table; whether all that must hold does."""
    all_met = True
    print("\n".join(HEAD))
    for name, late, holds in conditions(deadlines, checks, at_once):
        rows, met = table(f"{name} (load {os.getloadavg()[0]:.1f})", late, holds=holds)
        print("\n".join(rows), flush=True)
        all_met = all_met and met
    return all_met


def main() -> None:
    """Measure, print a table, and end with 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deadlines", type=int, default=1000, help="of each way of waiting, per condition")
    parser.add_argument("--checks", type=int, default=8, help="whole checks of 25 questions; 0 for none")
    parser.add_argument("--at-once", type=int, default=2, help="kiosks that run at the same time")
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--raised", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.alone is not None:
        print(json.dumps(alone(wanted.alone, raised=wanted.raised)))
        return
    all_met = measure(wanted.deadlines, wanted.checks, wanted.at_once)
    sys.exit(0 if all_met else 1)


if __name__ == "__main__":
    main()

"""The real window, measured: ``python -m benchmarks.real_window`` prints a table with the bar beside each figure.

A kiosk under Xvfb, keys pressed by a second process with its own stamps (XTEST), the window's changes reported by the X
server (DAMAGE). Quiet and with both cores kept busy; with the raised priority that the program asks for, and, to be
reported only, without it. Traps avoided: the window has the focus first, doubled digits are among the keys, and no
press comes within 30 ms of the one before. ``--syncing`` measures a kiosk enrolled at a desk, with nothing to deliver
and with records that it delivers all the while.
"""

import argparse
import contextlib
import itertools
import json
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks import bare_loop, cold_start, console_parts, desk_parts, waiting
from benchmarks.conditions import busy_cores, home_with, reckon, through_pages
from benchmarks.heard import delays_ms
from benchmarks.school_of_700 import NOW
from benchmarks.screen import Injector, RunningKiosk, fifo_allowed, injector, kiosk, x_server
from mtc_kiosk.store.made_up import NOW as NOW_IS
from mtc_kiosk.store.made_up import open_made_up_home

TITLE = "mtc_kiosk"
GAP_MS = 32.0
DELIVERING = ", delivering"
BACKLOG = 500
"""Records to deliver for each question asked: more than a desk takes meanwhile."""
KILLED_AFTER = 13
DOUBLED = [digit for one in "123456789" for digit in (one, one, "BackSpace", "BackSpace")]
SINGLE = [key for digit in "7038" for key in (digit, "BackSpace")]
KEYS = DOUBLED + SINGLE
NAMES = {"BackSpace": "Backspace", "Return": "Enter"}


@dataclass
class Figures:
    """The figures of one condition, in milliseconds unless stated."""

    question_late: list[float] = field(default_factory=list)
    pause_late: list[float] = field(default_factory=list)
    drift: list[float] = field(default_factory=list)
    key_stamp: list[float] = field(default_factory=list)
    key_pixels: list[float] = field(default_factory=list)
    durable: list[float] = field(default_factory=list)
    pressed: int = 0
    wrong: int = 0
    waits_for_disk: int = 0
    memory_mb: float = 0
    resident_mb: float = 0
    last_page: list[float] = field(default_factory=list)
    kept_after_kill: float = math.nan
    offered_again: float = math.nan
    processor_percent: float = 0
    cold_start_s: list[float] = field(default_factory=list)
    sound: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    load: float = 0
    priority: str = ""

    @property
    def question_by_bare(self) -> float:
        """The 99th percentile of the time-outs as so many times that of a bare loop, which ran beside the kiosk."""
        return reckon(self.question_late, "p99") / reckon(self.bare, "p99")

    @property
    def pause_by_bare(self) -> float:
        """The same of the pauses."""
        return reckon(self.pause_late, "p99") / reckon(self.bare, "p99")


@dataclass(frozen=True)
class Bar:
    """One figure: how to compute it, and its bar in each condition; None if there is none."""

    name: str
    values: str
    measure: str
    quiet: float | None
    busy: float | None
    busy_ordinary: float | None = None

    def limit(self, condition: str) -> float | None:
        """The bar in the condition of this name; at ordinary priority most figures are only reported.

        So is the processor's share of a kiosk that delivers records all the while: that is work of its own.
        """
        if DELIVERING in condition and self.values == "processor_percent":
            return None
        if "raised" in condition:
            return self.busy if "busy" in condition else self.quiet
        return self.busy_ordinary if "busy" in condition else None


BARS = (
    Bar("question: acting on the time-out, less 6.000 s (ms)", "question_late", "least", 0.0, 0.0),
    Bar("", "question_late", "median", 0.1, None),
    Bar("", "question_late", "p99", 2.0, 4.0),
    Bar("its p99 by that of a bare loop beside it", "question_by_bare", "value", None, None, waiting.BAR),
    Bar("pause: acting on its end, less 3.000 s (ms)", "pause_late", "median", 0.1, None),
    Bar("", "pause_late", "p99", 2.0, 4.0),
    Bar("its p99 by that of a bare loop beside it", "pause_by_bare", "value", None, None, waiting.BAR),
    Bar("a bare loop beside the kiosk: late by (ms)", "bare", "median", None, None),
    Bar("", "bare", "p99", None, None),
    Bar("drift over a check, flips apart (ms)", "drift", "max", 1.0, None),
    Bar("recorded time of a key, less its true time (ms)", "key_stamp", "mean", 0.6, None),
    Bar("", "key_stamp", "sd", 0.3, 1.0),
    Bar("", "key_stamp", "p99", 2.0, None),
    Bar("key to pixels changed in the window (ms)", "key_pixels", "p95", 8.0, None),
    Bar("", "key_pixels", "p99", 17.0, 25.0),
    Bar("keys lost, doubled or out of order", "wrong", "count", 0, 0),
    Bar("answer durable after Enter (ms)", "durable", "p95", 25.0, 100.0),
    Bar("pauses lengthened by the disk", "waits_for_disk", "count", None, None),
    Bar("sound: from its cause to the mixer (ms)", "sound", "median", None, None),
    Bar("", "sound", "p95", 50.0, 50.0),
    Bar("", "sound", "max", None, None),
    Bar("memory, PSS (MB)", "memory_mb", "value", 100.0, None),
    Bar("memory, RSS (MB)", "resident_mb", "value", None, None),
    Bar("processor while a question is shown (% of a core)", "processor_percent", "value", 1.0, None),
    Bar("last Enter to the last page (ms)", "last_page", "median", None, None),
    Bar("killed after question 13: answers kept", "kept_after_kill", "value", None, None),
    Bar("checks offered again after that", "offered_again", "value", None, None),
    Bar("cold start to a usable first screen (s)", "cold_start_s", "median", 0.8, None),
)


def measured(figures: Figures, bar: Bar) -> float:
    """One number of a condition."""
    values = getattr(figures, bar.values)
    if bar.measure in ("count", "value"):
        return float(values)
    return reckon(values, bar.measure)


def storm(running: RunningKiosk, fingers: Injector, questions: int, figures: Figures) -> None:
    """Press keys all through each question's six seconds, and let it time out."""
    attempt, seq, asked = str(running.wait_for("select id from attempt")[0][0]), 0, 0
    presses: list[tuple[str, int, int | None]] = []
    while asked < questions:
        seq, shown = through_pages(running, fingers, attempt, seq)
        if shown is None:
            break
        if shown["practice"]:
            fingers.tap("1", "Return")
            continue
        asked += 1
        if asked == 1:
            _weigh(running.process.pid, figures, fingers)
            continue
        keys = list(itertools.islice(itertools.cycle(KEYS), int(5200 / GAP_MS)))
        presses += fingers.tap(*keys, gap_ms=GAP_MS, hold_ms=GAP_MS / 2)
    running.wait_for("select 1 from answer where number = ?", (questions,))
    _compare(running, attempt, presses, figures)
    _lateness(running, attempt, figures)


def _weigh(pid: int, figures: Figures, fingers: Injector) -> None:
    """Processor and memory while a question is shown and nothing is pressed."""
    kiosk_process = psutil.Process(pid)
    before, began = sum(kiosk_process.cpu_times()[:2]), time.monotonic()
    time.sleep(5)
    used = sum(kiosk_process.cpu_times()[:2]) - before
    figures.processor_percent = 100 * used / (time.monotonic() - began)
    memory = kiosk_process.memory_full_info()
    figures.memory_mb = max(figures.memory_mb, memory.pss / 1e6)
    figures.resident_mb = max(figures.resident_mb, memory.rss / 1e6)


def _compare(running: RunningKiosk, attempt: str, presses: list[tuple[str, int, int | None]], figures: Figures) -> None:
    """Compare what was recorded with what was pressed: every key once, in order, at its time."""
    anchor_ns = running.events(attempt, "Began")[0][1]["clock_anchor_ns"]
    recorded = running.rows("select input, at_us from input where attempt_id = ? order by seq", (attempt,))
    figures.pressed += len(presses)
    pressed, kept = [NAMES.get(key, key) for key, _, _ in presses], [key for key, _ in recorded]
    if pressed != kept:
        figures.wrong += abs(len(pressed) - len(kept)) or sum(a != b for a, b in zip(pressed, kept, strict=True))
        first = next((at for at, (a, b) in enumerate(zip(pressed, kept, strict=False)) if a != b), len(kept))
        about = (pressed[first - 3 : first + 3], kept[first - 3 : first + 3])
        print(f"{len(pressed)} pressed, {len(kept)} recorded; first at {first}: {about}", file=sys.stderr)
        return
    for (_, pressed_ns, changed_ns), (_, at_us) in zip(presses, recorded, strict=True):
        figures.key_stamp.append((anchor_ns + at_us * 1000 - pressed_ns) / 1e6)
        if changed_ns is not None:
            figures.key_pixels.append((changed_ns - pressed_ns) / 1e6)


def _lateness(running: RunningKiosk, attempt: str, figures: Figures) -> None:
    figures.question_late += [data["late_us"] / 1e3 for _, data in running.events(attempt, "TimedOut")]
    pauses = running.events(attempt, "PauseEnded")
    figures.pause_late += [data["late_us"] / 1e3 for _, data in pauses]
    figures.waits_for_disk += sum(data["waited_us"] > 0 for _, data in pauses)
    if not running.events(attempt, "ReadingEnded"):  # the audio version's pauses are as long as the speech in them
        figures.drift.append(abs(_drift_us(running, attempt)) / 1e3)
    _sounds(running, attempt, figures)


def _sounds(running: RunningKiosk, attempt: str, figures: Figures) -> None:
    rows = running.rows("select at_us, type, data from event where attempt_id = ? order by seq", (attempt,))
    figures.sound += delays_ms((at_us, kind, json.loads(data)) for at_us, kind, data in rows)


def _drift_us(running: RunningKiosk, attempt: str) -> int:
    """How far the loop is behind a perfect schedule at the end of a check in which every question timed out.

    From the first pause to the moment the loop acted on the last time-out, less the pauses, the questions and the time
    that each first flip took.
    """
    settings = json.loads(running.rows("select settings from attempt where id = ?", (attempt,))[0][0])["timings"]
    steps = [(at, d) for at, d in running.events(attempt, "StepBegan") if d["practice"] is False]
    asked = {d["number"]: at for at, d in steps if d["step"] == "asking"}
    flips = sum(at - asked[d["number"]] for at, d in running.events(attempt, "Shown") if not d["practice"])
    last_at, last = running.events(attempt, "TimedOut")[-1]
    ideal: int = len(asked) * (settings["pause"] + settings["question"])
    ended: int = last_at + last["late_us"] - steps[0][0] - flips
    return ended - ideal


def quick(running: RunningKiosk, fingers: Injector, questions: int, figures: Figures) -> None:
    """Answer each question at once with Enter: how long until the answer is on the disk."""
    attempt, seq, asked = str(running.wait_for("select id from attempt")[0][0]), 0, 0
    while asked < questions:
        seq, shown = through_pages(running, fingers, attempt, seq)
        if shown is None:
            break
        asked += not shown["practice"]
        pressed = fingers.tap("4", "2", "Return", gap_ms=100)
    running.wait_for("select 1 from answer where number = ?", (questions,))
    _, entered_ns, changed_ns = pressed[-1]
    figures.last_page += [(changed_ns - entered_ns) / 1e6] if changed_ns is not None else []
    time.sleep(0.5)
    _sounds(running, attempt, figures)
    figures.durable += [data["after_us"] / 1e3 for _, data in running.events(attempt, "Saved")]
    pauses = running.events(attempt, "PauseEnded")
    figures.pause_late += [data["late_us"] / 1e3 for _, data in pauses]
    figures.waits_for_disk += sum(data["waited_us"] > 0 for _, data in pauses)


def killed(display: str, fingers: Injector, figures: Figures) -> None:
    """Kill the kiosk with SIGKILL after question 13 and start it again: what it kept, and what it shows."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with kiosk(display, home, "try") as running:
            fingers.wait_for_window(TITLE)
            quick(running, fingers, KILLED_AFTER, Figures())
            running.process.kill()
            running.process.wait()
        with kiosk(display, home, "try") as running:
            fingers.wait_for_window(TITLE)
            running.wait_for("select 1 from event where type = 'Held'")
            figures.kept_after_kill = running.rows("select count(*) from answer where by <> 'void'")[0][0]
            figures.offered_again = running.rows("select count(*) from attempt where outcome is null")[0][0]


class Wanted(NamedTuple):
    """How a kiosk is set, and what is beside it; see ``condition``."""

    pause: str
    priority: bool
    arrangements: str
    console: bool
    backlog: int | None


@contextlib.contextmanager
def _at_a_check(display: str, fingers: Injector, wanted: Wanted, figures: Figures) -> Iterator[RunningKiosk]:
    """A kiosk with a new home, and with a desk where it is enrolled, as a check begins."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as beside:
        home, enrolled = Path(name) / "home", None
        if wanted.console or wanted.backlog is not None:
            open_made_up_home(home)
        home_with(Path(name), priority=wanted.priority, pause=wanted.pause, arrangements=wanted.arrangements)
        if wanted.console:
            beside.enter_context(console_parts.beside(home))
        if wanted.backlog is not None:
            with_desk = desk_parts.beside(home, wanted.backlog, wanted.pause, wanted.arrangements)
            enrolled = beside.enter_context(with_desk)
        opens = kiosk(display, home, "try" if enrolled is None else "run", more={"SDL_AUDIODRIVER": "dummy"})
        running = beside.enter_context(opens)
        usable_ns = fingers.wait_for_window(TITLE)
        if enrolled is not None:
            enrolled.begin(running, fingers)
        else:
            figures.cold_start_s.append((usable_ns - running.started_ns) / 1e9)
        yield running


def condition(
    *,
    busy: bool,
    priority: bool,
    storms: int,
    questions: int,
    arrangements: str = "",
    console: bool = False,
    backlog: int | None = None,
) -> Figures:
    """Everything under one condition; ``console``: one serves five readers from the same home meanwhile.

    ``backlog``: the kiosk is enrolled at a desk, and so many records wait for it when a check begins.
    """
    figures = Figures()
    fifo = priority and fifo_allowed()
    with (
        busy_cores(busy),
        x_server(fifo=fifo) as display,
        injector(display, fifo=fifo) as fingers,
        bare_loop.beside(figures.bare) if not priority else contextlib.nullcontext(),
    ):
        for number in range(storms + 1):
            home = Wanted("1" if number < storms else "3", priority, arrangements, console, backlog)
            with _at_a_check(display, fingers, home, figures) as running:
                (storm if number < storms else quick)(running, fingers, questions, figures)
                detail = running.rows("select data from event where type = 'Noted' limit 1")[0][0]
                figures.priority = json.loads(detail)["detail"].partition("priority=")[2]
        if priority and backlog is None:
            killed(display, fingers, figures)
        figures.cold_start_s += _cold_starts(display, fingers, 5) if not busy and backlog is None else []
    figures.load = os.getloadavg()[0]
    return figures


def _cold_starts(display: str, fingers: Injector, count: int) -> list[float]:
    """Start and kill, with the program's files in the page cache."""
    taken = []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as folder, kiosk(display, Path(folder) / "home", "try") as running:
            taken.append((fingers.wait_for_window(TITLE) - running.started_ns) / 1e9)
    return taken


def table(named: dict[str, Figures]) -> tuple[str, bool]:
    """The table in Markdown, and whether every bar is met."""
    lines = ["| figure | | " + " | ".join(f"{name} | bar" for name in named) + " |"]
    lines.append("|---|---|" + "---|---|" * len(named))
    met = True
    for bar in BARS:
        cells = []
        for name, figures in named.items():
            value = measured(figures, bar)
            limit = bar.limit(name)
            kept = limit is None or math.isnan(value) or (value >= limit if bar.measure == "least" else value <= limit)
            met = met and kept
            cells.append(f"{value:.3g} | {'' if limit is None else limit}{'' if kept else ' **missed**'}")
        lines.append(f"| {bar.name} | {bar.measure} | " + " | ".join(cells) + " |")
    for name, values in (("max", "question_late"), ("max", "pause_late"), ("max", "key_stamp"), ("max", "key_pixels")):
        row = [f"{reckon(getattr(f, values), name):.3g} |" for f in named.values()]
        lines.append(f"| {values.replace('_', ' ')} (ms) | {name} | " + " | ".join(row) + " |")
    counts = [f"{len(f.question_late)} time-outs, {f.pressed} keys, {len(f.durable)} answers |" for f in named.values()]
    lines.append("| n | | " + " | ".join(counts) + " |")
    lines.append("| load, 1 min | | " + " | ".join(f"{f.load:.1f} |" for f in named.values()) + " |")
    lines.append("| priority got | | " + " | ".join(f"{f.priority} |" for f in named.values()) + " |")
    return "\n".join(lines), met


def main() -> None:
    """Run the conditions one after the other and print the table; exit code 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few questions only, to see that it runs")
    parser.add_argument("--only", choices=["quiet", "busy"], help="one of the two loads")
    parser.add_argument("--raised-only", action="store_true", help="leave out the ordinary priority")
    parser.add_argument("--storms", type=int, default=3, help="checks with keys pressed throughout, per condition")
    parser.add_argument("--arrangements", default="", help="such as QNR,ATA: everybody has these")
    beside = parser.add_mutually_exclusive_group()
    beside.add_argument("--console", action="store_true", help="a console serves five readers from the same home")
    beside.add_argument("--syncing", action="store_true", help="an enrolled kiosk, with and without records to deliver")
    wanted = parser.parse_args()
    questions = 3 if wanted.short else 25
    if wanted.syncing:
        os.environ[NOW_IS] = (NOW + timedelta(hours=1)).isoformat()
    backlogs = {", outbox empty": 0, DELIVERING: BACKLOG * questions} if wanted.syncing else {"": None}
    if shutil.which("chrt") is None or not fifo_allowed():
        print("This system refuses the raised priority: the figures are those of an ordinary process.")
    named: dict[str, Figures] = {}
    loads = itertools.product(((False, True), (True, True), (False, False), (True, False)), backlogs.items())
    for (busy, priority), (outbox, backlog) in loads:
        name = f"{'busy' if busy else 'quiet'}, {'raised' if priority else 'ordinary'} priority{outbox}"
        if (wanted.only and not name.startswith(wanted.only)) or (wanted.raised_only and not priority):
            continue
        storms = 1 if wanted.short or not priority else wanted.storms
        named[name] = condition(
            busy=busy,
            priority=priority,
            storms=storms,
            questions=questions,
            arrangements=wanted.arrangements,
            console=wanted.console,
            backlog=backlog,
        )
        print(f"done: {name}", file=sys.stderr, flush=True)
    text, met = table(named)
    print(text)
    if wanted.syncing:
        sys.exit(0 if met or wanted.short else 1)
    if not wanted.raised_only and wanted.only != "quiet":
        met = waiting.measure(100 if wanted.short else 1000, checks=0 if wanted.short else 8, at_once=2) and met
    starts, quick_to_start = cold_start.reported(3 if wanted.short else 15)
    print(starts)
    sys.exit(0 if (met and quick_to_start) or wanted.short else 1)


if __name__ == "__main__":
    main()

"""How long the kiosk takes to start beside a bare window: ``python -m benchmarks.cold_start``; 1 where a bar is missed.

From the start of the process until the X server has the window's pixels and the window has the focus. A bare window
(``benchmarks.bare_window``), a kiosk of a school and "try it out" start in turn, so that a slow moment of the machine
is shared by all. Files are in the page cache, modules are compiled as an installed program is, and the home has been
used before.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import bare_window
from benchmarks.screen import Injector, environment, injector, x_server

MOST_TIMES_BARE = 1.3
TITLE = "mtc_kiosk"
PASSCODE = "made-up passcode"
BARE, SCHOOL, TRY = "bare window", "run, at a school", "try it out"


def compiled(display: str, folder: Path) -> dict[str, str]:
    """The environment for a program that compiles its modules into a folder at its first start."""
    given = environment(display, PYTHONPYCACHEPREFIX=str(folder))
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    return given


def started_s(given: Mapping[str, str], fingers: Injector, command: Sequence[str], title: str) -> float:
    """Start a program, wait for its window, end it: the seconds between."""
    began_ns = time.perf_counter_ns()
    process = subprocess.Popen(command, env=given, stderr=subprocess.DEVNULL)
    try:
        return (fingers.wait_for_window(title) - began_ns) / 1e9
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def used_home(folder: Path) -> Path:
    """A home with a passcode and without an open session."""
    home = folder / "home"
    command = [sys.executable, "-m", "mtc_kiosk", "passcode", "set", "--home", str(home)]
    subprocess.run(command, check=True, capture_output=True, input=PASSCODE, text=True)
    return home


def commands(home: Path, number: int) -> dict[str, tuple[list[str], str]]:
    """What is started, by its name: the command, and the title of its window.

    "Try it out" has another kiosk's name each time: under the same one its unfinished check would come up again.
    """
    ours = [sys.executable, "-m", "mtc_kiosk"]
    return {
        BARE: ([sys.executable, bare_window.__file__], bare_window.TITLE),
        SCHOOL: ([*ours, "run", "--home", str(home)], TITLE),
        TRY: ([*ours, "try", "--kiosk", f"trying-{number}", "--home", str(home)], TITLE),
    }


def measure(display: str, fingers: Injector, count: int) -> dict[str, list[float]]:
    """Seconds of so many starts of each, in turn; one of each before that, which is not counted."""
    taken: dict[str, list[float]] = {BARE: [], SCHOOL: [], TRY: []}
    with tempfile.TemporaryDirectory() as folder:
        home, given = used_home(Path(folder)), compiled(display, Path(folder) / "compiled")
        for number in range(count + 1):
            for name, (command, title) in commands(home, number).items():
                seconds = started_s(given, fingers, command, title)
                taken[name] += [seconds] if number else []
    return taken


def ratio(taken: Mapping[str, Sequence[float]], name: str) -> float:
    """How many times as long as a bare window a start takes, by the medians."""
    return statistics.median(taken[name]) / statistics.median(taken[BARE])


def reported(count: int) -> tuple[str, bool]:
    """So many starts of each: the table in Markdown, and whether each bar is met."""
    with x_server() as display, injector(display) as fingers:
        taken = measure(display, fingers, count)
    lines = ["| start | median (s) | least | most | times a bare window | bar |", "|---|---|---|---|---|---|"]
    met = True
    for name, seconds in taken.items():
        times, bar = ratio(taken, name), MOST_TIMES_BARE if name != BARE else None
        met = met and (bar is None or times <= bar)
        figures = f"{statistics.median(seconds):.3f} | {min(seconds):.3f} | {max(seconds):.3f} | {times:.2f}"
        lines.append(f"| {name} | {figures} | {'' if bar is None else bar} |")
    return "\n".join((*lines, f"load, 1 minute: {os.getloadavg()[0]:.1f}")), met


def main() -> None:
    """Print the medians and ratios; exit code 1 where a ratio is over the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=15, help="starts of each")
    text, met = reported(parser.parse_args().count)
    print(text)
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()

"""Hostile files, each given to the real command as a process: seconds and peak memory beside their bars.

``python -m benchmarks.hostile_files [--only NAME]``. Exit code 1 where a bar is missed, a command ends otherwise
than it should, says more than a few lines, or leaves a traceback. Every file is made anew in a temporary folder.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hostile_cases import CASES, Case

MOST_SECONDS, MOST_MB = 10, 300
MOST_SAID = 4_000
"""Characters. A refusal is a sentence or two, not a page."""

_MEASURE = """
import json, os, resource, subprocess, sys, time
began = time.monotonic()
try:
    done = subprocess.run(sys.argv[1:], capture_output=True, stdin=subprocess.DEVNULL, timeout=40)
except subprocess.TimeoutExpired:
    done = subprocess.CompletedProcess([], -1, b"It never ended.", b"")
took, used = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
said = (done.stdout + done.stderr).decode("utf-8", "replace")
print(json.dumps([done.returncode, took, used.ru_utime + used.ru_stime, used.ru_maxrss, len(said), said[:2000]]))
"""
"""A small process starts the command: a child's peak counts what its parent held when it began."""


@dataclass(frozen=True)
class Measured:
    """What one command did. ``processor`` is seconds of the processor's time, ``peak`` is megabytes."""

    code: int
    seconds: float
    processor: float
    peak: float
    length: int
    said: str

    def misses(self, case: Case) -> list[str]:
        """What is not as it should be, in words."""
        found = []
        if self.processor > MOST_SECONDS:
            found.append("too slow")
        if self.peak > MOST_MB:
            found.append("too much memory")
        if self.code != case.code:
            found.append(f"exit code {self.code}")
        if "Traceback" in self.said or self.length > (case.most_said or MOST_SAID):
            found.append("says too much")
        return found


def measure(command: list[str], home: Path) -> Measured:
    """Run ``mtc-kiosk`` with these arguments in a home."""
    program = [sys.executable, "-c", _MEASURE, sys.executable, "-m", "mtc_kiosk", "--home", str(home), *command]
    done = subprocess.run(program, capture_output=True, check=True, env=_environment())
    code, seconds, processor, peak, length, said = json.loads(done.stdout)
    return Measured(code, seconds, processor, peak / 1024, length, said)


def run(case: Case, folder: Path) -> Measured:
    """Make the file of a case and give it to its command."""
    given = folder / case.file
    case.make(given)
    return measure([part.replace("FILE", str(given)) for part in case.command], folder / "home")


def main() -> int:
    """Run every case; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="one case, by the beginning of its name")
    only = parser.parse_args().only
    missed = 0
    print(f"| file | command | processor, s (bar {MOST_SECONDS}) | s | MB (bar {MOST_MB}) | it says |")
    print("|---|---|---|---|---|---|")
    for case in CASES:
        if only and not case.name.startswith(only):
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = run(case, Path(folder))
            misses = found.misses(case)
            missed += bool(misses)
            said = found.said.replace(f"{folder}{os.sep}", "").strip().splitlines()
            words = f"{said[0][:160] if said else ''}{' **' + ', '.join(misses) + '**' if misses else ''}"
            verb = " ".join(part for part in case.command if part != "FILE")
            figures = f"{found.processor:.1f} | {found.seconds:.1f} | {found.peak:.0f}"
            print(f"| {case.name} | `{verb}` | {figures} | {words} |", flush=True)
    return 1 if missed else 0


def _environment() -> Mapping[str, str]:
    return {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}


if __name__ == "__main__":
    sys.exit(main())

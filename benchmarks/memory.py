"""What a kiosk holds over a day of pupils, and what of the processor a question takes, beside their bars.

``python -m benchmarks.memory [--pupils 216]`` ends with 1 where a bar is missed; Linux with Xvfb. Pupils of every look
with sound sit down one after another in one process (``pupils_day`` says what of it is virtual); then a real kiosk asks
questions in real time. PSS divides what is shared, such as Python's own library while other programs run: RSS, which
does not, is beside it.
"""

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from benchmarks.processor import SIZE, shares
from benchmarks.pupils_day import EARLY
from benchmarks.screen import environment, x_server

PUPILS = 216
QUESTIONS = 6
BAR_MB = 100.0
BAR_PERCENT = 1.0
COUNTED = ("files", "threads", "x_resources")
"""What must be the same after the last pupil as after the first few."""

# A school's PC has no numpy; if it is there, sqlite-utils imports it and 8 MB with it.
_WITHOUT_NUMPY = (
    "import runpy, sys; sys.modules['numpy'] = None; runpy.run_module('benchmarks.pupils_day', run_name='__main__')"
)

Row = dict[str, Any]


def weighings(pupils: int) -> list[Row]:
    """The measurements over so many pupils, printed as they come."""
    rows: list[Row] = []
    with x_server(SIZE) as display:
        command = [sys.executable, "-c", _WITHOUT_NUMPY, str(pupils)]
        kiosk = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=environment(display, SDL_AUDIODRIVER="dummy")
        )
        assert kiosk.stdout is not None
        for line in kiosk.stdout:
            if not line.startswith("{"):
                continue
            row = json.loads(line)
            if not rows:
                print("| " + " | ".join(name.replace("_mb", " (MB)").replace("_", " ") for name in row) + " |")
                print("|" + "---|" * len(row))
            print("| " + " | ".join(f"{value:.0f}" for value in row.values()) + " |", flush=True)
            rows.append(row)
        if kiosk.wait() != 0:
            raise RuntimeError(f"The kiosk ended with exit code {kiosk.returncode}.")
    return rows


def memory(pupils: int) -> bool:
    """Measure a day of pupils; True if it meets the bar and left nothing behind."""
    rows = weighings(pupils)
    most = max(row["most_mb"] for row in rows)
    early = next(row for row in rows if row["pupils"] == EARLY)
    left = {name: (early[name], rows[-1][name]) for name in COUNTED if early[name] != rows[-1][name]}
    print(f"most PSS at any moment (MB): {most:.1f} (bar {BAR_MB:.0f}{'' if most <= BAR_MB else ', **missed**'})")
    print(f"files, threads, X resources after {EARLY} and {pupils} pupils: {left or 'the same'}")
    return most <= BAR_MB and not left


def processor(questions: int) -> bool:
    """The processor's share in a question, without and with sound; True if it meets the bar."""
    kept = True
    for arrangements in ("", "QNR,ATA"):
        percent = shares(questions, arrangements)
        total = sum(percent.values())
        kept = kept and total <= BAR_PERCENT
        threads = ", ".join(f"{name} {share:.2f}" for name, share in percent.items())
        verdict = "" if total <= BAR_PERCENT else ", **missed**"
        print(f"processor in a question, {arrangements or 'no sound'} (% of a core): {total:.2f}", end=" ")
        print(f"(bar {BAR_PERCENT:.0f}{verdict}): {threads}", flush=True)
    return kept


def main() -> None:
    """Measure both, print, and end with 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", type=int, default=PUPILS, help="how many, each look in turn; at least 11")
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="over how many the processor is measured")
    wanted = parser.parse_args()
    if wanted.pupils <= EARLY:
        parser.error(f"--pupils is more than {EARLY}.")
    met = [memory(wanted.pupils), processor(wanted.questions)]
    print(f"load (1 minute): {os.getloadavg()[0]:.1f}")
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    main()

"""Waiting without a kiosk: a loop that sleeps until a moment, to be measured beside the kiosk's own.

``python -m benchmarks.bare_loop`` runs such a loop as a separate process. It ends with its input, and prints how late
each of its moments was, in milliseconds, as JSON. It has the priority, the turns and the timers of any program.
"""

import contextlib
import json
import random
import select
import subprocess
import sys
import time
from collections.abc import Iterator

SPIN_NS = 150_000
GAPS_NS = (10_000_000, 60_000_000)


def sleep_until(until_ns: int, spin_ns: int = 0) -> int:
    """Sleep until this moment and spin for the last of it; how late that was."""
    while (left_ns := until_ns - time.perf_counter_ns()) > 0:
        if left_ns > spin_ns:
            select.select([], [], [], (left_ns - spin_ns) / 1e9)
    return time.perf_counter_ns() - until_ns


@contextlib.contextmanager
def beside(late_ms: list[float]) -> Iterator[None]:
    """Run the loop as a process for the length of the block; its lateness goes to the list."""
    command = [sys.executable, "-m", "benchmarks.bare_loop"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield
        finally:
            late_ms += json.loads(process.communicate()[0])


def main() -> None:
    """Sleep until moments until the input ends."""
    chance, late_ms = random.Random(), []
    while not select.select([sys.stdin], [], [], 0)[0]:
        for spin_ns in (0, SPIN_NS):
            late_ms.append(sleep_until(time.perf_counter_ns() + chance.randint(*GAPS_NS), spin_ns) / 1e6)
    print(json.dumps(late_ms))


if __name__ == "__main__":
    main()

"""Starts the processes of these tests, from the checkout's own folder."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]


@contextmanager
def process(module: str, *arguments: object) -> Iterator["subprocess.Popen[str]"]:
    """A module of these tests in a process of its own, which is ended at the latest behind the ``with``."""
    started = subprocess.Popen(
        [sys.executable, "-m", f"tests.store.{module}", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    with started:
        try:
            yield started
        finally:
            started.kill()


def tell(running: "subprocess.Popen[str]", line: object) -> None:
    """Give a process a line of input."""
    assert running.stdin is not None
    running.stdin.write(f"{line}\n")
    running.stdin.flush()


def heard_from(running: "subprocess.Popen[str]") -> str:
    """The next line that a process says; waits for it."""
    assert running.stdout is not None
    return running.stdout.readline().rstrip("\n")


def say(line: str) -> None:
    """Tell the test something, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

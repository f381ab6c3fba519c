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


def say(line: str) -> None:
    """Tell the test something, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

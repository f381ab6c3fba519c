"""A real X server, a real kiosk on it, and a second process that presses keys: what tests and benchmarks share."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FIFO = ("chrt", "-f", "20")
POLL_S = 0.01
READS_PAGE_S = 0.8
"""How long to look at a page before pressing its button; the kiosk takes an earlier press for a double press."""


class NoXServer(RuntimeError):
    """Xvfb is not installed."""


def fifo_allowed() -> bool:
    """Whether this machine lets us run processes in real-time priority."""
    return (
        shutil.which("chrt") is not None
        and subprocess.run([*FIFO, "true"], capture_output=True, check=False).returncode == 0
    )


@contextlib.contextmanager
def x_server(size: tuple[int, int] = (1366, 768), *, fifo: bool = False, screens: int = 1) -> Iterator[str]:
    """Start a virtual X server with screens of this size; gives its display, such as ``:7``."""
    if shutil.which("Xvfb") is None:
        raise NoXServer("Xvfb is not installed (Debian package xvfb).")
    read, write = os.pipe()
    command = [
        *(FIFO if fifo else ()),
        "Xvfb",
        "-displayfd",
        str(write),
        *(word for number in range(screens) for word in ("-screen", str(number), f"{size[0]}x{size[1]}x24")),
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def environment(display: str, **more: str) -> dict[str, str]:
    """The environment of a program that is to open its window there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SDL_")}
    kept.pop("WAYLAND_DISPLAY", None)
    return {**kept, "DISPLAY": display, **more}


@dataclass
class Injector:
    """The second process. It stamps every press, on the clock that the kiosk reads too."""

    process: "subprocess.Popen[str]"

    def ask(self, **command: Any) -> Any:
        """Send a command, wait for its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("The injector has ended.")
        return json.loads(line)

    def tap(self, *keys: str, gap_ms: float = 60, hold_ms: float = 20) -> list[tuple[str, int, int | None]]:
        """Press and release keys one after the other: (key, ns just before the press, ns when the window changed)."""
        return [tuple(row) for row in self.ask(do="tap", keys=list(keys), gap_ms=gap_ms, hold_ms=hold_ms)]

    def turn_page(self, *keys: str) -> list[tuple[str, int, int | None]]:
        """Look at a new page, then press the button that has the focus, or these keys."""
        time.sleep(READS_PAGE_S)
        return self.tap(*(keys or ("Return",)))

    def wait_for_window(self, title: str, timeout_s: float = 20) -> int:
        """Wait until a window with this title has pixels and the focus; the ns when it had them."""
        return int(self.ask(do="window", title=title, timeout_s=timeout_s))

    def hold(self, *keys: str, seconds: float) -> None:
        """Hold keys together."""
        self.ask(do="hold", keys=list(keys), seconds=seconds)

    def click(self, x: int, y: int) -> None:
        """Click with the left mouse button."""
        self.ask(do="click", x=x, y=y)


@contextlib.contextmanager
def injector(display: str, *, fifo: bool = False) -> Iterator[Injector]:
    """Start the second process on a display."""
    command = [*(FIFO if fifo else ()), sys.executable, "-m", "benchmarks.injector", display]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(display)
    )
    try:
        yield Injector(process)
    finally:
        with process:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(timeout=10)


@dataclass
class RunningKiosk:
    """A kiosk in a process of its own, and a look into its database."""

    process: "subprocess.Popen[bytes]"
    home: Path
    started_ns: int
    _database: sqlite3.Connection | None = field(default=None, repr=False)

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Read the database as any other program may; nothing while it does not exist yet."""
        path = self.home / "mtc.db"
        try:
            if self._database is None:
                if not path.exists():
                    return []
                self._database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)
            return self._database.execute(query, parameters).fetchall()
        except sqlite3.OperationalError:
            return []

    def close(self) -> None:
        """Close the connection to the database."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def events(self, attempt: str, kind: str) -> list[tuple[int, dict[str, Any]]]:
        """(at_us, data) of an attempt's events of a type."""
        found = self.rows(
            "select at_us, data from event where attempt_id = ? and type = ? order by seq", (attempt, kind)
        )
        return [(at_us, json.loads(data)) for at_us, data in found]

    def wait_for(self, query: str, parameters: Sequence[object] = (), timeout_s: float = 15) -> list[tuple[Any, ...]]:
        """Wait until a query has rows; TimeoutError names the query."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            rows = self.rows(query, parameters)
            if rows:
                return rows
            if self.process.poll() is not None:
                raise RuntimeError(f"The kiosk ended with exit code {self.process.returncode}.")
            time.sleep(POLL_S)
        raise TimeoutError(f"No row within {timeout_s} s: {query} {tuple(parameters)}")

    def wait_for_step(self, attempt: str, after_seq: int, timeout_s: float = 15) -> tuple[int, str, dict[str, Any]]:
        """Wait for the next ``StepBegan`` or ``Shown`` after a row: (seq, type, data)."""
        query = (
            "select seq, type, data from event where attempt_id = ? and seq > ?"
            " and type in ('StepBegan', 'Shown', 'Finished', 'Held') order by seq limit 1"
        )
        seq, kind, data = self.wait_for(query, (attempt, after_seq), timeout_s)[0]
        return seq, kind, json.loads(data)


@contextlib.contextmanager
def kiosk(
    display: str, home: Path, *arguments: str, more: Mapping[str, str] | None = None, stderr: int | None = None
) -> Iterator[RunningKiosk]:
    """Start ``mtc-kiosk`` with these arguments on a display; killed at the end if it still runs."""
    command = [sys.executable, "-m", "mtc_kiosk", *arguments, "--home", str(home)]
    started_ns = time.perf_counter_ns()
    process = subprocess.Popen(command, env=environment(display, **(more or {})), stderr=stderr)
    running = RunningKiosk(process, home, started_ns)
    try:
        yield running
    finally:
        running.close()
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()

"""A console in a process of its own, as a person starts it, and plain sockets to talk to it."""

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]
PATIENCE_S = 60


@dataclass
class Serving:
    """A console that runs: its process, the port that it printed, and how other PCs reach it, if they do."""

    process: "subprocess.Popen[str]"
    port: int
    lan: dict[str, Any] = field(default_factory=dict)

    def connect(self, sends: bytes = b"") -> socket.socket:
        """A new connection, on which this much was sent."""
        made = socket.create_connection(("127.0.0.1", self.port), PATIENCE_S)
        made.sendall(sends)
        return made

    def asked(self, path: str = "/static/console.css", host: str = "", more: str = "", body: bytes = b"") -> bytes:
        """The whole answer to a request on a connection of its own."""
        method = "POST" if body else "GET"
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: {host or f'127.0.0.1:{self.port}'}\r\n{length}{more}"
        with self.connect(head.encode() + b"Connection: close\r\n\r\n" + body) as connection:
            return read_all(connection)


def read_all(connection: socket.socket) -> bytes:
    """What comes in until the other side closes."""
    pieces = []
    while piece := connection.recv(65_536):
        pieces.append(piece)
    return b"".join(pieces)


def status(answer: bytes) -> int:
    """The status of an answer."""
    return int(answer.split(b" ", 2)[1])


def command(*arguments: object) -> list[str]:
    """The program with these arguments."""
    return [sys.executable, "-m", "mtc_kiosk", *map(str, arguments)]


@contextlib.contextmanager
def serving(*arguments: object) -> Iterator[Serving]:
    """A command that serves a console, such as ``console --home X``, once it answers; ended at the latest here."""
    started = subprocess.Popen(
        command(*arguments, "--port", 0, "--no-browser", "--json"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    with started:
        try:
            assert started.stdout is not None
            said = json.loads(started.stdout.readline())
            port = int(said["data"]["url"].rstrip("/").rpartition(":")[2])
            yield Serving(started, port, said["data"].get("lan", {}))
        finally:
            started.kill()


def refused(*arguments: object) -> str:
    """The one sentence with which a command refuses, with exit code 1."""
    done = subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=PATIENCE_S, check=False, cwd=CHECKOUT
    )
    assert (done.returncode, done.stdout) == (1, ""), done
    (line,) = done.stderr.splitlines()
    return line


def seconds_to_end(running: Serving, number: int) -> float:
    """How long a console takes to end, with exit code 0, once it is sent a signal."""
    began = time.monotonic()
    running.process.send_signal(number)
    assert running.process.wait(PATIENCE_S) == 0
    return time.monotonic() - began

"""A console of a made-up home in a process of its own, and readers of it in another, for benchmarks.

``python -m benchmarks.console_parts serve HOME`` and ``read URL COUNT``; each ends with its standard input. The
readers ask for a page every two seconds each, as the room does, and print the milliseconds that each answer took.
"""

import contextlib
import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from benchmarks.conditions import reckon
from benchmarks.school_of_700 import NOW, issue, register
from mtc_kiosk.cli.console import console_on
from mtc_kiosk.cli.demo import VISITOR
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import open_home
from mtc_kiosk.store.made_up import NOW as NOW_IS
from mtc_kiosk.store.made_up import open_made_up_home

ROOM = "room"
EVERY_S = 2.0
READERS = 5
PATIENCE_S = 60


class Browser:
    """Gets pages of one console over one connection, as a browser does, without running or keeping anything."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE_S)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> tuple[int, str, bytes]:
        """The status, the type and the content of a page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        try:
            self._connection.request("GET", path, headers=headers if self._cookies else {})
            answer = self._connection.getresponse()
        except http.client.RemoteDisconnected:  # an idle connection that the console had closed: another, as a browser
            self._connection.close()
            self._connection.request("GET", path, headers=headers if self._cookies else {})
            answer = self._connection.getresponse()
        content = answer.read()
        for header in answer.headers.get_all("Set-Cookie", []):
            name, _, value = header.partition(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status in (302, 303):
            return self.get(urlsplit(urljoin(self._url, answer.headers["Location"])).path)
        return answer.status, answer.headers.get_content_type(), content

    def timed(self, path: str) -> float:
        """The milliseconds until all of a page is there."""
        began = time.perf_counter()
        status, _, _ = self.get(path)
        took = (time.perf_counter() - began) * 1000
        assert status == 200, (path, status)
        return took

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextlib.contextmanager
def served(home: Path, environ: dict[str, str] | None = None) -> Iterator[tuple[str, int]]:
    """The address of a console of the home, open to every visitor, and the id of its process."""
    with _part(environ, "serve", home) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process.pid


@contextlib.contextmanager
def read_by(url: str, count: int = READERS) -> Iterator[list[float]]:
    """Let readers ask for a page; the list has the milliseconds of each answer once the block has ended."""
    took: list[float] = []
    with _part(None, "read", url, count) as process:
        yield took
        said, _ = process.communicate()
        took += json.loads(said)


@contextlib.contextmanager
def beside(home: Path, pupils: int = 700) -> Iterator[None]:
    """A console with readers of its room beside whatever else uses the home, which is made up and gets these pupils."""
    made = open_made_up_home(home)
    with contextlib.closing(open_database(made)) as db:
        register(db, pupils)
        issue(db, pupils)
    environ = {**os.environ, NOW_IS: (NOW + timedelta(hours=1)).isoformat()}
    with served(home, environ) as (url, _), read_by(urljoin(url, ROOM)) as took:
        yield
    print(f"beside it: {len(took)} answers, p95 {reckon(took, 'p95'):.0f} ms", file=sys.stderr)


@contextlib.contextmanager
def _part(environ: dict[str, str] | None, *arguments: object) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "benchmarks.console_parts", *map(str, arguments)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ)
    with process:
        try:
            yield process
        finally:
            if process.stdin is not None and not process.stdin.closed:
                process.stdin.close()


def _serve(home: Path) -> None:
    sys.modules["numpy"] = None  # type: ignore[assignment]  # a school's PC has none; openpyxl would import it
    with console_on(open_home(home), 0, VISITOR) as (url, _):
        print(url, flush=True)
        sys.stdin.read()


def _read(url: str, count: int) -> None:
    took: list[float] = []
    ended = threading.Event()

    def reader() -> None:
        browser = Browser(url)
        ended.wait(random.uniform(0, EVERY_S))
        while not ended.is_set():
            took.append(browser.timed(urlsplit(url).path))
            ended.wait(EVERY_S)
        browser.close()

    readers = [threading.Thread(target=reader) for _ in range(count)]
    for one in readers:
        one.start()
    sys.stdin.read()
    ended.set()
    for one in readers:
        one.join()
    print(json.dumps(took))


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        _serve(Path(sys.argv[2]))
    else:
        _read(sys.argv[2], int(sys.argv[3]))

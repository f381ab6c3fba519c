"""The console of a school of 700, beside its bars: pages, the room's update, memory, and how soon it is there.

``python -m benchmarks.console [--pupils 700] [--demo]``. Exit code 1 where a bar is missed. The routes are those of the
app itself: each page is found by following links from the first one, and one that no link leads to is named. With
``--demo`` it also starts the demonstration, and takes the time to 25 finished checks.
"""

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import psutil
from flask import Flask
from werkzeug.exceptions import HTTPException

from benchmarks.conditions import reckon
from benchmarks.console_parts import Browser, read_by, served
from benchmarks.school_of_700 import NOW, open_made_up
from mtc_kiosk.console.app import create_app
from mtc_kiosk.console.desk import Desk
from mtc_kiosk.console.guard import mark_of
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.proofs import prove_missing

PAGE_MS, ROOM_MS, MEMORY_MB, START_S, DEMO_S = 150.0, 50.0, 120.0, 1.2, 60.0
TIMES, STARTS, READ_S = 20, 5, 30
NOT_PAGES = ("static", "font")
ROOM, SIGN_IN = "/room", "/sign-in"
A_CLASS, A_PUPIL = "/results/class", "/results/pupils/<int:pupil_id>"
OF_30 = 30
BARS = {SIGN_IN: None, A_CLASS: 1000.0, A_PUPIL: 200.0, "/results/side-by-side": 1000.0, "/results/governors": 1000.0}
"""Where a page has another bar than the rest: a password is hashed slowly on purpose, and insight is reckoned anew."""


class Figure(NamedTuple):
    """One figure, its unit, and its bar, None if it is only reported; ``processor`` is what of it the console used."""

    name: str
    value: float
    unit: str
    bar: float | None
    processor: float | None = None

    def __str__(self) -> str:
        missed = self.bar is not None and not self.value <= self.bar
        bar = "" if self.bar is None else f"   at most {self.bar:g}{'   MISSED' if missed else ''}"
        used = "" if self.processor is None else f"{self.processor:.1f} of the processor"
        return f"{self.name:<58}{self.value:9.1f} {self.unit:<3}{used:<24}{bar}"


def used_s(process: psutil.Process) -> float:
    """The seconds of the processor that a process has used."""
    return sum(process.cpu_times()[:2])


def kind_of(app: Flask, url: str) -> str | None:
    """The rule that answers an address; None for one of another place, or of no page."""
    parts = urlsplit(url)
    with contextlib.suppress(HTTPException):
        rule, _ = app.url_map.bind(parts.netloc or "here").match(parts.path, "GET", return_rule=True)
        return None if rule.endpoint in NOT_PAGES else str(rule.rule)
    return None


def pages(app: Flask, url: str) -> tuple[dict[str, str], set[str]]:
    """An address of each page, by its rule, and of each file to keep; both as far as links lead to them."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    waiting = ["/", *sorted(rule.rule for rule in rules if rule.endpoint not in NOT_PAGES)]
    found: dict[str, str] = {}
    other: set[str] = set()
    browser = Browser(url)
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(app, urljoin(url, path))
        if kind is None or kind in found or kind in other:
            continue
        status, mime, content = browser.get(path)
        if status != 200 or mime != "text/html":
            other |= {kind}
            continue
        found[kind] = path
        for link in re.findall(rb'<a\b[^>]*?\bhref="([^"#]+)"', content):
            there = urlsplit(urljoin(urljoin(url, path), unescape(link.decode())))
            if f"{there.scheme}://{there.netloc}/" == url:
                waiting.append(f"{there.path}?{there.query}" if there.query else there.path)
    browser.close()
    return found, other


def of_pages(app: Flask, url: str, console: psutil.Process) -> Iterator[Figure]:
    """Each page, asked for one after another."""
    found, _ = pages(app, url)
    browser = Browser(url)
    for kind, linked in sorted(found.items()):
        path = f"{A_CLASS}?group=G1" if kind == A_CLASS else linked  # of 30, and not of the whole school
        browser.get(path)
        before = used_s(console)
        took = [browser.timed(path) for _ in range(TIMES)]
        used = (used_s(console) - before) * 1000 / TIMES
        yield Figure(f"{kind}, p95", reckon(took, "p95"), "ms", BARS.get(kind, PAGE_MS), used)
    browser.close()
    got = {str(rule.rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    left = {rule for rule in got if rule not in found and kind_of(app, urljoin(url, rule)) is not None}
    for rule in sorted(left):
        print(f"not measured, as it is no page or no link leads to it: {rule}")


def of_room(app: Flask, url: str, console: psutil.Process) -> Iterator[Figure]:
    """What the room asks for by itself, by five readers."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    polled = [rule.rule for rule in rules if mark_of(app, rule.endpoint).polls and rule.rule.startswith(ROOM)]
    for path in sorted(polled):
        before = used_s(console)
        with read_by(urljoin(url, path)) as took:
            time.sleep(READ_S)
        used = (used_s(console) - before) * 1000 / max(1, len(took))
        yield Figure(f"{path}, five readers, p95 of {len(took)}", reckon(took, "p95"), "ms", ROOM_MS, used)


def of_start(home: Path, environ: dict[str, str]) -> Iterator[Figure]:
    """From the command to the first page, several times."""
    took, used = [], []
    for _ in range(STARTS):
        began = time.perf_counter()
        command = [sys.executable, "-m", "mtc_kiosk", "console", "--port", "0", "--no-browser", "--json"]
        with subprocess.Popen([*command, "--home", str(home)], stdout=PIPE, stderr=DEVNULL, env=environ) as process:
            assert process.stdout is not None
            url = json.loads(process.stdout.readline())["data"]["url"]
            browser = Browser(url)
            browser.get("/")
            took.append(time.perf_counter() - began)
            used.append(used_s(psutil.Process(process.pid)))
            browser.close()
            process.terminate()
    yield Figure(
        f"start to the first page, median of {STARTS}", reckon(took, "median"), "s", START_S, reckon(used, "median")
    )


def of_demo() -> Iterator[Figure]:
    """From ``mtc-kiosk demo`` to 25 finished checks."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "mtc_kiosk", "demo", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if " 25 of " in line:
                yield Figure("demo: 25 checks finished", time.perf_counter() - began, "s", DEMO_S)
                break
        process.terminate()


def figures(home: Home, environ: dict[str, str]) -> Iterator[Figure]:
    """Everything that is measured of a school."""
    app = create_app(Desk(home, frozenset(), None))
    yield from of_start(home.root, environ)
    with served(home.root, environ) as (url, pid):
        console = psutil.Process(pid)
        yield from of_pages(app, url, console)
        yield from of_room(app, url, console)
        yield Figure("memory, RSS", console.memory_info().rss / 1e6, "MB", MEMORY_MB)


def main() -> int:
    """Print each figure; 1 where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pupils", type=int, default=700)
    options.add_argument("--demo", action="store_true", help="start the demonstration as well")
    wanted = options.parse_args()
    environ = {**os.environ, "MTC_KIOSK_NOW": (NOW + timedelta(hours=4)).isoformat()}
    os.environ["MTC_KIOSK_NOW"] = environ["MTC_KIOSK_NOW"]
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        home = open_made_up(Path(folder) / "home", wanted.pupils)
        with contextlib.closing(connect(home.database)) as db:
            prove_missing(db, device_key(home))  # as they are proven one by one on a day of checks
            db.execute("update pupil set group_name = 'G' || (1 + id / ?)", (OF_30,))
            db.conn.commit()
        print(f"{wanted.pupils} pupils, load {os.getloadavg()[0]:.1f}", flush=True)
        for figure in figures(home, environ):
            missed |= figure.bar is not None and not figure.value <= figure.bar
            print(figure, flush=True)
    del os.environ["MTC_KIOSK_NOW"]
    for figure in of_demo() if wanted.demo else ():
        missed |= figure.bar is not None and not figure.value <= figure.bar
        print(figure, flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Homes that send and receive, made once and copied."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import stamina

from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.device_key import NAME, device_key
from mtc_kiosk.store.home.home import Home
from tests.record.examples import WALL_MS
from tests.record.homes import SchoolHome, attempt, school_home

CHECKS = 3


@pytest.fixture(scope="session")
def sent_from(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which three pupils took the check; what they did waits to be sent."""
    root = tmp_path_factory.mktemp("sync") / "hall"
    with school_home(root) as home:
        for number in range(1, CHECKS + 1):
            home.add_pupil(number)
            home.seal(home.take(attempt(number, number), started_ms=WALL_MS + number * 60_000))
    return root


@pytest.fixture(scope="session")
def received_at(tmp_path_factory: pytest.TempPathFactory, sent_from: Path) -> Path:
    """A home that has accepted the other's device and knows its pupils."""
    root = tmp_path_factory.mktemp("sync") / "desk"
    sender = device_key(Home(sent_from))
    with school_home(root) as home:
        for number in range(1, CHECKS + 1):
            home.add_pupil(number)
        at = "2027-06-07T08:00:00.000Z"
        row = (sender.fingerprint, sender.public, "hall-1", at, at)
        home.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
    return root


@pytest.fixture
def copies(sent_from: Path, received_at: Path, tmp_path: Path) -> Iterator[Callable[[str], SchoolHome]]:
    """Gives an open copy of ``hall``, which sends, or ``desk``, which receives."""
    opened: list[SchoolHome] = []

    def copy(name: str) -> SchoolHome:
        source = {"hall": sent_from, "desk": received_at}[name]
        root = tmp_path / f"{name}-{len(opened)}"
        root.mkdir()
        for file in ("mtc.db", NAME):
            shutil.copyfile(source / file, root / file)
        home = Home(root)
        with school_home(tmp_path / "any") as any_home:
            sealer = replace(any_home.sealer, key=device_key(home))
        opened.append(SchoolHome(home, open_database(home), sealer))
        return opened[-1]

    yield copy
    for each in opened:
        each.db.close()


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A stick of 32 kB that can be mounted anew; skipped where this account may mount none."""
    point = tmp_path / "small-stick"
    point.mkdir()
    if os.name != "posix" or shutil.which("mount") is None:
        pytest.skip("a small stick: this system mounts none")
    mounted = _mount("-t", "tmpfs", "-o", "size=32k", "tmpfs", str(point))
    if mounted.returncode != 0:
        pytest.skip("a small stick: this account may not mount one")
    yield point
    subprocess.run(["umount", str(point)], check=True, timeout=20)


def remount(point: Path, options: str) -> None:
    """Make the stick larger, or one that may only be read."""
    assert _mount("-o", f"remount,{options}", str(point)).returncode == 0


def _mount(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["mount", *arguments], check=False, capture_output=True, timeout=20)


@pytest.fixture(autouse=True)
def _no_waits() -> Iterator[None]:
    """A delivery that is tried again does not wait in between."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield

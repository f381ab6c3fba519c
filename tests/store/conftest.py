"""Homes with a database in them, made once and copied."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home, open_home


def copied(home: Home, root: Path) -> Home:
    """A home with a copy of another's database, which nobody has open."""
    root.mkdir(exist_ok=True)
    shutil.copyfile(home.database, root / home.database.name)
    return Home(root)


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with an empty database, which nobody may write to."""
    home = open_home(tmp_path_factory.mktemp("store") / "home")
    open_database(home).close()
    return home


@pytest.fixture
def new_home(empty_home: Home, tmp_path: Path) -> Callable[[], Home]:
    """Makes homes, each with an empty database of its own."""
    made = 0

    def make() -> Home:
        nonlocal made
        made += 1
        return copied(empty_home, tmp_path / f"home-{made}")

    return make


@pytest.fixture
def home(new_home: Callable[[], Home]) -> Home:
    """A home with an empty database."""
    return new_home()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; skipped where this account may mount none."""
    point = tmp_path / "disk"
    point.mkdir()
    if os.name != "posix" or shutil.which("mount") is None:
        pytest.skip("a small disk: this system mounts none")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(point)], check=False, capture_output=True, timeout=20
    )
    if mounted.returncode != 0:
        pytest.skip("a small disk: this account may not mount one")
    yield point
    subprocess.run(["umount", str(point)], check=True, timeout=20)

"""The bench of the kiosk's tests, and a school whose pupils sign in at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtc_kiosk.store.home.home import open_home
from tests.kiosk.conftest import bench

from .school import School

__all__ = ["bench"]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Callable[..., School]]:
    """Makes a school with one made-up pupil, whose arrangements are the text of its file; and kiosk.yaml."""
    made: list[School] = []

    def make(arrangements: str, kiosk: str = "") -> School:
        made.append(School(open_home(tmp_path / f"school-{len(made)}"), arrangements, kiosk))
        return made[-1]

    yield make
    for each in made:
        each.close()

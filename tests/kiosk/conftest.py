"""The bench that journeys are taken on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mtc_kiosk.store.home.home import open_home

from .virtual import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    """Makes benches in a home of their own; they are switched off at the end."""
    made: list[Bench] = []

    def make(**wanted: Any) -> Bench:
        made.append(Bench(open_home(tmp_path / f"home-{len(made)}"), **wanted))
        return made[-1]

    yield make
    for each in made:
        each.close()

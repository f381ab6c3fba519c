"""One class of robot pupils, taken once, that several tests look at."""

from pathlib import Path

import pytest

from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.robots.simulation import Plan, Taken, run
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home

PUPILS, SEED = 22, 3


def taken_in(home: Home, pupils: int, seed: int, day: int = 1) -> tuple[Taken, ...]:
    """What a class of robots leaves behind in a home."""
    open_database(home).close()
    return tuple(run(home, Plan(pupils, seed, day, FormRules(), Settings())))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home of made-up pupils."""
    return open_made_up_home(tmp_path_factory.mktemp("class") / "home")


@pytest.fixture(scope="session")
def taken(home: Home) -> tuple[Taken, ...]:
    """Two pupils of each kind who took the check there."""
    return taken_in(home, PUPILS, SEED)


@pytest.fixture(scope="session")
def database(home: Home, taken: tuple[Taken, ...]) -> Path:
    """The database file they left."""
    assert taken
    return home.database

"""A made-up home that every test of the office can have."""

import contextlib
from pathlib import Path

import pytest

from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from tests.store.a_school import ASchool


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home of three made-up pupils: the first two in 4A, the third in 4B."""
    home = open_made_up_home(tmp_path / "home")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4A")
        school.pupils(1, "4B")
    return home

"""What the tests of the console share."""

from pathlib import Path

import pytest

from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty made-up home."""
    made = open_made_up_home(tmp_path / "home")
    open_database(made).close()
    return made

"""One desk that runs and one kiosk of it, for every test that changes nothing of them."""

from collections.abc import Iterator

import pytest

from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.made_up import open_made_up_home

from .lan_desk import AKiosk, LanDesk, a_kiosk, lan_desk


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanDesk]:
    """A desk that runs."""
    home = open_made_up_home(tmp_path_factory.mktemp("desk") / "home")
    open_database(home).close()
    with lan_desk(home) as running:
        yield running


@pytest.fixture
def kiosk(desk: LanDesk) -> Iterator[AKiosk]:
    """A new kiosk of it."""
    with a_kiosk(desk, "hall-1") as joined:
        yield joined

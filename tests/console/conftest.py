"""What the tests of the console share."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mtc_kiosk.console.app import create_app
from mtc_kiosk.console.desk import Desk
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from tests.console.crawl import every_page
from tests.console.desk import HOST, Visitor, console_of
from tests.console.furnished import AT, copied, furnish, kiosks_on
from tests.console.markup import Page


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty made-up home."""
    made = open_made_up_home(tmp_path / "home")
    open_database(made).close()
    return made


@pytest.fixture(scope="session")
def furnished_once(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A school in the middle of its day, which no test changes."""
    return furnish(tmp_path_factory.mktemp("console") / "home")


@pytest.fixture
def furnished(furnished_once: Home, tmp_path: Path) -> Iterator[Home]:
    """The same school once more, for one test, with two PCs that are on."""
    home = copied(furnished_once, tmp_path / "school")
    with kiosks_on(home):
        yield home


@dataclass(frozen=True)
class LookedAt:
    """Somebody with every role, the school that they looked at, and each page of it. No test changes any of them."""

    visitor: Visitor
    home: Home
    pages: dict[str, Page]


@pytest.fixture(scope="session")
def looked_at(furnished_once: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LookedAt]:
    """Every page, asked for once for all tests that only read them."""
    home = copied(furnished_once, tmp_path_factory.mktemp("looked-at") / "school")
    with kiosks_on(home):
        visitor = console_of(home, *Role, at=AT)
        yield LookedAt(visitor, home, every_page(visitor, home))


@pytest.fixture
def everyone(furnished: Home) -> Visitor:
    """Somebody with every role there is."""
    return console_of(furnished, *Role, at=AT)


@pytest.fixture
def nobody(furnished: Home) -> Visitor:
    """Somebody who is not signed in."""
    desk = Desk(furnished, frozenset({HOST}), None, {"MTC_KIOSK_NOW": AT})
    visitor = Visitor(create_app(desk), desk)
    visitor.at(AT)
    return visitor

"""The robots' journal on a disk that is behind: what the kiosk reads in the database does not hang on chance."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlite_utils

from mtc_kiosk.check.facts import Began, Fact, StepBegan, StepName
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.robots.settled_journal import SettledJournal
from mtc_kiosk.store.db import database
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.journal.journal import NewAttempt, Stamp
from tests.check.robot import FORM, PLAIN

BEHIND_S = 0.05
STAMP = Stamp(run=1, now_us=0, wall_ms=1_812_358_800_000)
NEW = NewAttempt("00000000-0000-4000-8000-000000000001", Kind.TRY, FORM, PLAIN, "PC1")
BEGAN: Sequence[Fact] = (Began(0, "2027-06-07T09:00:00.000Z", 1),)
OPENS = StepBegan(0, StepName.INTRO, page=Page.QUESTIONS_INTRO)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    made = open_home(tmp_path / "home")
    database.open_database(made).close()
    return made


def test_behind_a_page_all_is_on_the_disk(home: Home) -> None:
    """Before a check begins the kiosk asks the database about the attempt, which must be there by then."""
    ready = threading.Event()

    def opened(path: Path) -> sqlite_utils.Database:
        ready.wait()
        return database.connect(path)

    journal = SettledJournal(home, connect=opened)
    threading.Timer(BEHIND_S, ready.set).start()
    journal.begin(NEW, BEGAN, STAMP)
    journal.keep(NEW.id, [OPENS], STAMP)
    journal.news()
    assert OPENS in journal.load_attempt(NEW.id).facts
    assert journal.close()

"""The journal's thread, alone: what it says of a fault that was not foreseen."""

from pathlib import Path
from typing import NoReturn

from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.batch_writer import Batch, Stamp
from mtc_kiosk.store.journal.news import Trouble
from mtc_kiosk.store.journal.writer_thread import WriterThread


def raises(*_: object) -> NoReturn:
    """Raise what carries a pupil's name."""
    raise RuntimeError("Testerly, Amy")


def sentence_of(scribe: WriterThread) -> str:
    """What the thread says of its only batch."""
    scribe.give(Batch(1, "no such attempt", (), Stamp(1, 0, 0)))
    scribe.end(10)
    (sentence,) = (news.sentence for news in scribe.news() if isinstance(news, Trouble))
    return sentence


def test_an_end_that_was_not_foreseen_is_reported_without_what_it_carries(home: Home) -> None:
    """The kind of exception and the place in the program: its text may be a pupil's name."""
    open_database(home).close()
    said = sentence_of(WriterThread(home.database, connect, lambda: None, raises))
    assert "RuntimeError at test_writer_thread.py:" in said
    assert "Amy" not in said


def test_a_write_that_fails_oddly_is_reported_without_what_it_carries(tmp_path: Path) -> None:
    """What the system and SQLite say is passed on; of anything else the kind alone."""
    said = sentence_of(WriterThread(tmp_path / "mtc.db", raises, lambda: None, lambda: 0))
    assert "RuntimeError" in said
    assert "Amy" not in said

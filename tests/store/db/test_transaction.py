"""A change that breaks off leaves no transaction open, wherever it is interrupted."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.made_up import open_made_up_home

STAMP = AuditStamp("2027-06-07T09:00:00.000Z", "cli")


def test_a_change_that_is_interrupted_leaves_no_transaction_open(tmp_path: Path) -> None:
    """Not even in the statement that begins it, nor in the one that takes it back; the next change goes through."""
    home = open_made_up_home(tmp_path)
    with contextlib.closing(open_database(home)) as db:
        for steps in range(3, 400):  # of SQLite's own machine, from one look at whether to go on to the next
            db.conn.set_progress_handler(lambda: 1, steps)
            with contextlib.suppress(sqlite3.OperationalError), change(db):
                audit(db, STAMP, "tested", str(steps))
            db.conn.set_progress_handler(None, 0)
            assert not db.conn.in_transaction, steps
        with change(db):
            audit(db, STAMP, "tested", "last")


def test_a_change_within_a_change_is_refused_and_spoils_nothing(tmp_path: Path) -> None:
    """The outer one is still there to be ended."""
    with contextlib.closing(open_database(open_made_up_home(tmp_path))) as db, change(db):
        with pytest.raises(sqlite3.OperationalError), change(db):
            pass
        assert db.conn.in_transaction

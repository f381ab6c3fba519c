"""A database that is kept open between requests: lent to one at a time, and looked at again when there is a reason."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.database import DatabaseRefused, connect, open_database
from mtc_kiosk.store.db.kept_open import MOST_KEPT, KeptOpen
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.home.home import Home, open_home

ACT = AuditStamp("2027-06-07T08:00:00.000Z", "test")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a database."""
    made = open_home(tmp_path / "home")
    open_database(made).close()
    return made


@pytest.fixture
def kept(home: Home) -> Iterator[KeptOpen]:
    """The home's database, kept open."""
    with closing(KeptOpen(home)) as made:
        yield made


def test_the_next_request_has_the_same_connection_and_two_at_once_have_two(kept: KeptOpen) -> None:
    """What waits is lent again; nobody shares one."""
    with kept.lent() as first:
        pass
    with kept.lent() as again, kept.lent() as beside:
        assert again is first
        assert beside is not first


def test_a_transaction_that_was_left_open_is_undone(home: Home, kept: KeptOpen) -> None:
    """The next request sees nothing of it, and others may write."""
    with kept.lent() as db:
        db.execute("begin immediate")
        audit(db, ACT, "left.open", "1")
    with closing(connect(home.database)) as other, change(other):
        assert other.execute("select count(*) from audit").fetchone() == (0,)
    with kept.lent() as db:
        assert not db.conn.in_transaction


def test_a_request_that_reads_does_not_wait_for_a_writer(home: Home, kept: KeptOpen) -> None:
    """Another program may write for long: a request that only reads is answered meanwhile."""
    with kept.lent():
        pass
    with closing(connect(home.database)) as writer, change(writer), kept.lent() as one, kept.lent() as more:
        audit(writer, ACT, "takes.long", "1")
        assert [db.execute("select count(*) from audit").fetchone() for db in (one, more)] == [(0,), (0,)]


@pytest.mark.posix_only("Windows replaces no file that a program has open")
def test_a_database_that_was_replaced_is_opened_anew(home: Home, kept: KeptOpen, tmp_path: Path) -> None:
    """As when a damaged one was set aside: no request goes on with the file that is gone."""
    with kept.lent() as before:
        pass
    other = open_home(tmp_path / "other")
    with closing(open_database(other)) as db, change(db):
        audit(db, ACT, "of.the.other", "1")
    with closing(connect(home.database)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    other.database.replace(home.database)
    with kept.lent() as db:
        assert db is not before
        assert db.execute("select action from audit").fetchone() == ("of.the.other",)


def test_a_marked_database_is_checked_before_the_next_request(home: Home, kept: KeptOpen) -> None:
    """A mark of damage is heeded although the file is open."""
    with kept.lent() as before:
        pass
    damage.suspect(home.database)
    with kept.lent() as db:
        assert db is not before
    assert not damage.is_marked(home.database)


def test_no_more_wait_than_are_needed_and_none_after_the_end(home: Home) -> None:
    """Connections of a busy minute are closed again, also one that comes back after the end."""
    kept, many = KeptOpen(home), threading.Barrier(MOST_KEPT + 3)
    lent = []

    def ask() -> None:
        with kept.lent() as db:
            lent.append(db)
            many.wait(20)

    threads = [threading.Thread(target=ask) for _ in range(MOST_KEPT + 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(_is_open(db) for db in lent) == MOST_KEPT
    with kept.lent() as last:
        kept.close()
        assert _is_open(last)
    assert not any(_is_open(db) for db in lent)


def test_a_database_that_is_gone_is_refused(home: Home, kept: KeptOpen) -> None:
    """As by every other command: nothing is made in its place."""
    with kept.lent():
        pass
    kept.close()
    for path in home.root.glob("mtc.db*"):
        path.unlink()
    with pytest.raises(DatabaseRefused), kept.lent():
        pass


def _is_open(db: object) -> bool:
    try:
        db.execute("select 1")  # type: ignore[attr-defined]
    except Exception:
        return False
    return True
